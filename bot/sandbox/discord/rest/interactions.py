"""Answering interactions: the callback, and the webhook that their token opens."""

from bot.sandbox.discord import errors
from bot.sandbox.discord.answering import acknowledge, follow_up, own_message, rewrite
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.interaction import Callback, Interaction
from bot.sandbox.discord.model import EPHEMERAL
from bot.sandbox.discord.rest.call import NOTHING, Answer, Call, Route
from bot.sandbox.discord.wire import Json

WEBHOOK = "/webhooks/{application_id}/{token}"


def callback(core: Core, call: Call) -> Answer:
    """Acknowledge an interaction."""
    part = core.world.interactions.get(call.params["token"])
    if part is None or part.id != call.number("interaction_id"):
        raise errors.unknown_interaction()
    acknowledge(core, part, call.fields, call.uploads, call.now)
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return NOTHING
    return Answer(_resource(core, part))


def _resource(core: Core, part: Interaction) -> Json:
    """Source: interactions/receiving-and-responding, "Interaction Callback Response Object"."""
    answer: Json = {"interaction": {"id": str(part.id), "type": int(part.kind)}}
    if part.original is not None:
        answer["interaction"] |= {
            "response_message_id": str(part.original.id),
            "response_message_loading": part.original.loading,
            "response_message_ephemeral": bool(part.original.flags & EPHEMERAL),
        }
    if part.original is not None and part.callback in (Callback.MESSAGE, Callback.UPDATE):
        answer["resource"] = {"type": int(part.callback), "message": core.render(part.original)}
    return answer


def _interaction(core: Core, call: Call) -> Interaction:
    """Return the interaction whose token the path holds.

    Raises:
        ApiError: 404/10015, it is unknown, unacknowledged or expired.
    """
    part = core.world.interactions.get(call.params["token"])
    if part is None or call.number("application_id") != core.world.bot.id:
        raise errors.unknown_token()
    if not part.usable(call.now, core.rules):
        raise errors.unknown_token()
    return part


def read(core: Core, call: Call) -> Answer:
    """A message of the interaction."""
    return Answer(core.render(own_message(_interaction(core, call), call.params["message_id"])))


def edit(core: Core, call: Call) -> Answer:
    """Change a message of the interaction."""
    part = _interaction(core, call)
    message = own_message(part, call.params["message_id"])
    return Answer(rewrite(core, part, message, call.fields, call.uploads, call.now))


def delete(core: Core, call: Call) -> Answer:
    """Take a message of the interaction away."""
    core.deleted(own_message(_interaction(core, call), call.params["message_id"]))
    return NOTHING


def post(core: Core, call: Call) -> Answer:
    """Write a follow-up."""
    part = _interaction(core, call)
    payload = follow_up(core, part, call.fields, call.uploads, call.now)
    return Answer(payload)


ROUTES = [
    Route("POST", "/interactions/{interaction_id}/{token}/callback", callback, open=True),
    Route("POST", WEBHOOK, post, open=True),
    Route("GET", f"{WEBHOOK}/messages/{{message_id}}", read, open=True),
    Route("PATCH", f"{WEBHOOK}/messages/{{message_id}}", edit, open=True),
    Route("DELETE", f"{WEBHOOK}/messages/{{message_id}}", delete, open=True),
]
