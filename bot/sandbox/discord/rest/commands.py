"""Registering application commands, for everyone or for one guild."""

from typing import Any

from bot.sandbox.discord import errors
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.journal import CommandsChanged
from bot.sandbox.discord.rest.call import NOTHING, Answer, Call, Route
from bot.sandbox.discord.validation import commands as validation
from bot.sandbox.discord.wire import Json

LOCALISATIONS = ("name_localizations", "description_localizations")


def _scope(core: Core, call: Call) -> int | None:
    """Return the guild that the path names, None for everyone's commands.

    Raises:
        ApiError: Another's application, or an unknown guild.
    """
    if call.number("application_id") != core.world.bot.id:
        raise errors.missing_access()
    if "guild_id" not in call.params:
        return None
    if call.number("guild_id") not in core.world.guilds:
        raise errors.missing_access()
    return call.number("guild_id")


def _known(core: Core, call: Call) -> dict[int, Json]:
    return core.world.commands.setdefault(_scope(core, call), {})


def _stored(core: Core, call: Call, body: Json, command_id: int) -> Json:
    scope = _scope(core, call)
    rights = body.get("default_member_permissions")
    command = {key: value for key, value in body.items() if value is not None} | {
        "id": str(command_id),
        "application_id": str(core.world.bot.id),
        "version": str(core.world.snowflakes.next(call.now)),
        "type": body.get("type") or validation.SLASH,
        "description": body.get("description") or "",
        "default_member_permissions": None if rights is None else str(rights),
        "nsfw": bool(body.get("nsfw")),
    }
    if scope:
        return command | {"guild_id": str(scope)}
    return {"dm_permission": True, "contexts": None, "integration_types": [0]} | command


def read_all(core: Core, call: Call) -> Answer:
    """Every command of the scope; translations only when asked for."""
    whole = call.query.get("with_localizations") == "true"
    hidden = () if whole else LOCALISATIONS
    known = _known(core, call).values()
    return Answer([{key: value for key, value in one.items() if key not in hidden} for one in known])


def replace_all(core: Core, call: Call) -> Answer:
    """Make the scope's commands exactly these; a command keeps its id while name and type stay."""
    bodies: Any = call.body or []
    if not isinstance(bodies, list) or not all(isinstance(body, dict) for body in bodies):
        raise errors.invalid((), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    validation.check_all(bodies)
    known = _known(core, call)
    ids = {(one["type"], one["name"]): int(one["id"]) for one in known.values()}
    stored = []
    for body in bodies:
        key = (body.get("type") or validation.SLASH, body["name"])
        command_id = ids.get(key) or core.world.snowflakes.next(call.now)
        stored.append(_stored(core, call, body, command_id))
    known.clear()
    known.update({int(one["id"]): one for one in stored})
    core.journal.note(CommandsChanged())
    return Answer(stored)


def create(core: Core, call: Call) -> Answer:
    """Add a command, or overwrite the one of the same name."""
    problems = Problems()
    validation.check(call.fields, (), problems)
    problems.refuse()
    known = _known(core, call)
    key = (call.fields.get("type") or validation.SLASH, call.fields["name"])
    old = next((number for number, one in known.items() if (one["type"], one["name"]) == key), None)
    command_id = old or core.world.snowflakes.next(call.now)
    known[command_id] = _stored(core, call, call.fields, command_id)
    core.journal.note(CommandsChanged())
    return Answer(known[command_id], 200 if old else 201)


def _one(core: Core, call: Call) -> Json:
    command = _known(core, call).get(call.number("command_id"))
    if command is None:
        raise errors.unknown(10063, "application command")
    return command


def read(core: Core, call: Call) -> Answer:
    """One command."""
    return Answer(_one(core, call))


def edit(core: Core, call: Call) -> Answer:
    """Change some fields of a command."""
    body = _one(core, call) | call.fields
    problems = Problems()
    validation.check(body, (), problems)
    problems.refuse()
    known = _known(core, call)
    known[int(body["id"])] = _stored(core, call, body, int(body["id"]))
    core.journal.note(CommandsChanged())
    return Answer(known[int(body["id"])])


def delete(core: Core, call: Call) -> Answer:
    """Forget a command."""
    del _known(core, call)[int(_one(core, call)["id"])]
    core.journal.note(CommandsChanged())
    return NOTHING


def _table(base: str) -> list[Route]:
    return [
        Route("GET", base, read_all),
        Route("PUT", base, replace_all),
        Route("POST", base, create),
        Route("GET", f"{base}/{{command_id}}", read),
        Route("PATCH", f"{base}/{{command_id}}", edit),
        Route("DELETE", f"{base}/{{command_id}}", delete),
    ]


ROUTES = [
    *_table("/applications/{application_id}/commands"),
    *_table("/applications/{application_id}/guilds/{guild_id}/commands"),
]
