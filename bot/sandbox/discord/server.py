"""`LoopbackDiscord`: the whole of Discord on 127.0.0.1, for as long as an `async with` lasts."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, web

from bot.sandbox.discord.bell import Bell
from bot.sandbox.discord.cdn import Cdn
from bot.sandbox.discord.core import Core
from bot.sandbox.discord.endpoint import Endpoint
from bot.sandbox.discord.faults import Faults
from bot.sandbox.discord.gateway.connection import Connection
from bot.sandbox.discord.gateway.server import Gateway
from bot.sandbox.discord.gateway.session import Close, Event, Intent, Op
from bot.sandbox.discord.hosts import HOST, refuse_foreign_hosts
from bot.sandbox.discord.journal import Journal, PeopleChanged
from bot.sandbox.discord.log import RequestLog
from bot.sandbox.discord.model import Channel, ChannelType, Guild, Role
from bot.sandbox.discord.payloads.guilds import channel, guild_create
from bot.sandbox.discord.people.person import Person
from bot.sandbox.discord.rest.edge import PREFIX, Rest
from bot.sandbox.discord.rest.limits import RateLimits
from bot.sandbox.discord.rules import Rules
from bot.sandbox.discord.wire import Json, timestamp
from bot.sandbox.discord.world import World

MAX_REQUEST = 600 * 2**20  # bytes; the sizes of files are judged by the rules, and not by aiohttp


class LoopbackDiscord:
    """REST v10, gateway v10 and CDN on one port of this machine, with one guild ready.

    The guild has the channels `general`, `art`, the age-restricted `mature`, and `fox-thread` below `art`.

    Args:
        rules: The numbers that are enforced.
        log: Where to write the request log as JSON lines; None keeps it in memory alone.
        clock: Returns seconds since the epoch.
        port: The port; 0 lets the system choose.

    Attributes:
        guild: The default guild.
        faults: What shall go wrong.
        log: What was asked and answered.
        limits: The rate limits' buckets.
    """

    def __init__(
        self,
        *,
        rules: Rules | None = None,
        log: Path | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.faults = Faults()
        self.log = RequestLog(log)
        self.world = World(clock(), rules=rules)
        self.limits = RateLimits(self.world)
        journal = Journal(Bell(), start=int(clock() * 1000))  # faster than any journal of before could grow
        gateway = Gateway(self.world, clock, journal)
        self.core = Core(
            world=self.world,
            clock=clock,
            journal=journal,
            gateway=gateway,
            endpoint=Endpoint(self.world, clock),
        )
        self.guild = self.add_guild("Sandbox")
        self._port = port
        self._routes: list[web.RouteDef] = []
        self._people: dict[tuple[str, int], Person] = {}

    async def __aenter__(self) -> Self:
        rest = Rest(self.core, self.faults, self.log, self.limits)
        cdn = Cdn(self.world, self.core.clock)
        app = web.Application(client_max_size=MAX_REQUEST, middlewares=[refuse_foreign_hosts])
        app.router.add_get("/gateway", self.core.gateway.handle)
        app.router.add_get("/gateway/", self.core.gateway.handle)
        for family in ("attachments", "ephemeral-attachments"):
            app.router.add_get(f"/{family}/{{channel_id}}/{{attachment_id:\\d+}}/{{filename}}", cdn.handle)
        app.router.add_routes(self._routes)
        app.router.add_route("*", f"{PREFIX}/{{path:.*}}", rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        port = self._runner.addresses[0][1]
        self.world.origin = f"http://{HOST}:{port}"
        self.core.gateway.url = f"ws://{HOST}:{port}/gateway"
        self._http = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()
        self.core.journal.close()
        await self.drop_gateways(Close.GOING_AWAY)
        await self._runner.cleanup()

    def serve(self, routes: Iterable[web.RouteDef]) -> None:
        """Answer at these paths too; to be said before the server starts."""
        self._routes += routes

    @property
    def rules(self) -> Rules:
        """The numbers that are enforced; put others in their place at any time."""
        return self.world.rules

    @rules.setter
    def rules(self, rules: Rules) -> None:
        self.world.rules = rules

    @property
    def api_base(self) -> str:
        """Where REST begins, like `http://127.0.0.1:1234/api/v10`."""
        return f"{self.world.origin}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is, like `ws://127.0.0.1:1234/gateway`."""
        return self.core.gateway.url

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def public_key(self) -> str:
        """The application's public key, by which it knows what is posted to its interactions endpoint."""
        return self.core.endpoint.public_key

    async def set_interactions_endpoint(self, url: str | None) -> None:
        """Save the application's interactions endpoint, as on the developer portal; None takes it away.

        Raises:
            EndpointRefused: The address is not of this machine, or does not do as it must.
        """
        await self.core.endpoint.save(url)

    @property
    def gateways(self) -> list[Connection]:
        """The connections that have identified or resumed and are open."""
        return [one for one in self.core.gateway.connections if one.session and one.open]

    @property
    def closed_gateways(self) -> list[Connection]:
        """The connections that have ended, oldest first, with their close codes."""
        return self.core.gateway.closed

    def add_guild(self, name: str) -> Guild:
        """Found a guild with the usual channels, and tell the application that it has joined."""
        now = self.core.clock()
        guild = self.world.add_guild(name, now)
        self.world.add_channel(guild, "general", now)
        studio = self.world.add_channel(guild, "Studio", now, kind=ChannelType.CATEGORY)
        art = self.world.add_channel(guild, "art", now, parent=studio)
        self.world.add_channel(guild, "mature", now, nsfw=True, parent=studio)
        self.world.add_channel(guild, "fox-thread", now, kind=ChannelType.THREAD, parent=art)
        data = guild_create(guild, self.world)
        self.core.gateway.publish(
            Event(name="GUILD_CREATE", data=data, guild_id=guild.id, intent=Intent.GUILDS)
        )
        return guild

    def forbid(self, place: Channel, permissions: int, *, person: Person | None = None) -> None:
        """Deny permissions in a channel, to the bot or to a person."""
        self.world.forbid(place, permissions, user=person.user if person else self.world.bot)
        event = Event(
            name="CHANNEL_UPDATE", data=channel(place), guild_id=place.guild_id, intent=Intent.GUILDS
        )
        self.core.gateway.publish(event)

    def private_channel(self, *people: Person) -> Channel:
        """Open a conversation of two people, or of a group, in which the bot is not."""
        return self.world.private([person.user for person in people], self.core.clock())

    def add_role(self, name: str, *, permissions: int = 0, color: int = 0) -> Role:
        """Create a role in the default guild; `color` is 0xRRGGBB."""
        return self.world.add_role(self.guild, name, self.core.clock(), permissions=permissions, color=color)

    def channel(self, name: str, guild: Guild | None = None) -> Channel:
        """Return a guild's channel.

        Raises:
            StopIteration: There is none of this name.
        """
        return next(one for one in (guild or self.guild).channels.values() if one.name == name)

    @property
    def people(self) -> list[Person]:
        """Everybody who has been called for, in the order in which they joined."""
        return list(self._people.values())

    def person(
        self,
        name: str,
        *,
        locale: str = "en-US",
        permissions: int = 0,
        roles: Iterable[Role] = (),
        upload_limit: int | None = None,
        guild: Guild | None = None,
    ) -> Person:
        """Return the member of this name, who joins when first called for.

        Args:
            name: Lower-case.
            locale: The language of their client.
            permissions: What they may do beyond @everyone.
            roles: What they are, of the guild's roles.
            upload_limit: Bytes a file may have in answers to them, for subscribers.
            guild: Where, if not in the default guild.
        """
        home, now = guild or self.guild, self.core.clock()
        if (name, home.id) not in self._people:
            known = [one for one in self.world.users.values() if one.name == name and not one.bot]
            user = (
                known[0]
                if known
                else self.world.add_user(name, now, locale=locale, upload_limit=upload_limit)
            )
            member = self.world.join(home, user, now, permissions=permissions)
            member.role_ids += [role.id for role in roles]
            self._people[name, home.id] = Person(self.core, user, home, self.download)
            self.core.journal.note(PeopleChanged())
        return self._people[name, home.id]

    async def download(self, url: str) -> bytes:
        """Fetch a file from the CDN.

        Raises:
            aiohttp.ClientResponseError: The link is wrong or has expired.
        """
        async with self._http.get(url) as response:
            response.raise_for_status()
            return await response.read()

    async def wait_for_gateways(self, count: int = 1, *, timeout: float = 10) -> list[Connection]:  # noqa: ASYNC109
        """Return the connections as soon as there are as many.

        Raises:
            TimeoutError: There are not, in `timeout` seconds.
        """
        return await self.core.bell.until(
            lambda: self.gateways if len(self.gateways) >= count else None, timeout
        )

    async def wait_for_command(self, name: str, *, timeout: float = 10) -> Json:  # noqa: ASYNC109
        """Return a command as soon as it is registered and its application is connected.

        Raises:
            TimeoutError: It is not, in `timeout` seconds.
        """

        def look() -> Json | None:
            scopes = self.world.commands.values() if self.gateways else []
            return next((one for scope in scopes for one in scope.values() if one["name"] == name), None)

        return await self.core.bell.until(look, timeout)

    async def drop_gateways(self, code: int | None = Close.UNKNOWN_ERROR) -> None:
        """Close every gateway connection with a code, or with None cut the lines."""
        for connection in tuple(self.core.gateway.connections):
            if code is None:
                connection.cut()
            else:
                await connection.close(code)

    def ask_to_reconnect(self) -> None:
        """Tell every client to reconnect and resume (op 7)."""
        for connection in self.gateways:
            connection.send(Op.RECONNECT)

    def invalidate_sessions(self, *, resumable: bool = False) -> None:
        """Tell every client that its session is invalid (op 9), and forget the sessions unless resumable."""
        for connection in self.gateways:
            connection.send(Op.INVALID_SESSION, resumable)
        if not resumable:
            self.core.gateway.sessions.clear()

    def grant(self, person: Person, sku_id: int) -> Json:
        """Sell somebody something, and return the entitlement."""
        now = self.core.clock()
        entitlement: Json = {
            "id": str(self.world.snowflakes.next(now)),
            "sku_id": str(sku_id),
            "application_id": str(self.world.bot.id),
            "user_id": str(person.user.id),
            "guild_id": None,
            "type": 8,  # Source: resources/entitlement, APPLICATION_SUBSCRIPTION
            "deleted": False,
            "consumed": False,
            "starts_at": timestamp(now),
            "ends_at": None,
        }
        self.world.entitlements.append(entitlement)
        self.core.gateway.publish(Event(name="ENTITLEMENT_CREATE", data=entitlement))
        return entitlement
