"""The page's routes: thin handlers around what the other modules do."""

from aiohttp import web

from bot.sandbox.discord import LoopbackDiscord, Person
from bot.sandbox.discord.locales import LOCALES
from bot.sandbox.discord.rest import body as bodies
from bot.sandbox.discord.rest.body import Body
from bot.sandbox.discord.wire import Json
from bot.sandbox.page import asking, events, reading, statics, views
from bot.sandbox.page.acts import Action
from bot.sandbox.page.guard import guarded, headers
from bot.sandbox.page.opened import OpenForms
from bot.sandbox.page.switches import Switches
from bot.sandbox.page.values import Values
from bot.sandbox.page.wrong import Wrong
from bot.sandbox.space import LoopbackSpace

PAGE_OF_MESSAGES = "50"


class Page:
    """The loopback Discord in a browser.

    Args:
        discord: What it shows.
        space: Where the bot draws, if it is a loopback Space.
    """

    def __init__(self, discord: LoopbackDiscord, space: LoopbackSpace | None = None) -> None:
        self._discord = discord
        self._switches = Switches(discord, space)
        self._forms = OpenForms()

    @property
    def routes(self) -> list[web.RouteDef]:
        """What the loopback Discord's server shall answer too."""
        table = [
            web.get("/", statics.index),
            web.get("/page/static/{path:.+}", statics.static),
            web.get("/page/world", self._world),
            web.get("/page/events", self._events, allow_head=False),
            web.get("/page/messages", self._messages),
            web.get("/page/commands", self._commands),
            web.post("/page/act", self._act),
            web.patch("/page/people/{user_id}", self._person),
            web.get("/page/developer", self._developer),
            web.patch("/page/developer", self._turn),
            web.post("/page/developer/gateway", self._gateway),
        ]
        return [web.route(one.method, one.path, guarded(one.handler), **one.kwargs) for one in table]

    def _me(self, request: web.Request) -> Person:
        if "as" not in request.query:
            return self._discord.people[0]
        return asking.person(self._discord, request.query["as"])

    async def _world(self, request: web.Request) -> web.StreamResponse:
        return web.json_response(views.world(self._discord.core, self._me(request), self._discord.people))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        return await events.stream(request, self._discord, self._me(request), headers(request))

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        me, query = self._me(request), request.query
        channel = asking.place(self._discord, me, query.get("channel"))
        before = asking.number(query["before"]) if "before" in query else None
        limit = asking.number(query.get("limit", PAGE_OF_MESSAGES))
        return web.json_response(reading.messages(self._discord, me, channel, before, limit))

    async def _commands(self, request: web.Request) -> web.StreamResponse:
        me = self._me(request)
        channel = asking.place(self._discord, me, request.query.get("channel"))
        return web.json_response({"commands": me.sight.commands(channel)})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        body = await bodies.read(request)
        said = _object(body)
        me = asking.person(self._discord, said.get("as"))
        action = Action(
            me=me,
            channel=asking.place(self._discord, me, said.get("channel")),
            body=said,
            values=Values(self._discord, me, body.uploads),
            forms=self._forms,
        )
        return web.json_response(await action.perform())

    async def _person(self, request: web.Request) -> web.StreamResponse:
        one = asking.person(self._discord, request.match_info["user_id"])
        wanted = _object(await bodies.read(request))
        known = views.assignable(one.guild)
        locale, role_ids = wanted.get("locale"), wanted.get("roles")
        if locale is not None and locale not in LOCALES:
            raise Wrong(f"Discord does not speak {locale}.")
        if role_ids is not None and not (
            isinstance(role_ids, list) and all(key in [*known] for key in role_ids)
        ):
            raise Wrong("roles must be a list of ids of roles.")
        one.change(locale=locale, roles=None if role_ids is None else [known[key] for key in role_ids])
        return web.Response(status=204)

    async def _developer(self, _: web.Request) -> web.StreamResponse:
        return web.json_response(self._switches.show())

    async def _turn(self, request: web.Request) -> web.StreamResponse:
        self._switches.change(_object(await bodies.read(request)))
        return web.json_response(self._switches.show())

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        await self._switches.gateway(asking.field(_object(await bodies.read(request)), "do"))
        return web.Response(status=204)


def _object(body: Body) -> Json:
    if not isinstance(body.value, dict):
        raise Wrong("The request's body must be an object.")
    return body.value
