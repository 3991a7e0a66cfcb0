"""The gateway itself: hello, identify, resume, and who hears what."""

from collections.abc import Callable
from itertools import count
from typing import Any

from aiohttp import web

from bot.sandbox.discord.gateway import members
from bot.sandbox.discord.gateway.connection import CLOSING, Connection
from bot.sandbox.discord.gateway.session import Close, Event, Intent, Op, Session, refusal
from bot.sandbox.discord.journal import GatewayChanged, Journal
from bot.sandbox.discord.payloads import guilds, users
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

Clock = Callable[[], float]


class Gateway:
    """Sessions and their connections.

    Attributes:
        url: Where clients connect.
        sessions: By id; kept after a lost connection so that they can resume.
        connections: The open ones.
        closed: The ended ones, oldest first.
    """

    def __init__(self, world: World, clock: Clock, journal: Journal) -> None:
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.closed: list[Connection] = []
        self._world, self._clock, self._journal = world, clock, journal
        self._identified: dict[int, float] = {}
        self._numbers = count(1)

    def publish(self, event: Event) -> None:
        """Tell every session that wants it; those without a connection hear of it when they resume."""
        for session in self.sessions.values():
            if session.wants(event):
                self._tell(session, event.name, event.data)

    def _tell(self, session: Session, name: str, data: Json) -> None:
        frame = session.record(name, data)
        for connection in self.connections:
            if connection.session is session:
                connection.forward(frame)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket until it ends."""
        socket = web.WebSocketResponse(max_msg_size=0, timeout=CLOSING)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self.connections.append(connection)
        try:
            async with connection.writing():
                await self._talk(connection)
        finally:
            self.connections.remove(connection)
            self.closed.append(connection)
            self._forget(connection)
            self._journal.note(GatewayChanged())
        return socket

    def _forget(self, connection: Connection) -> None:
        """A client that says goodbye ends its session. Source: events/gateway, "Disconnecting"."""
        if connection.session and connection.close_code in (Close.NORMAL, Close.GOING_AWAY):
            self.sessions.pop(connection.session.id, None)

    async def _talk(self, connection: Connection) -> None:
        if connection.version != "10":
            await connection.close(Close.INVALID_VERSION)
            return
        interval = self._world.rules.heartbeat_interval
        connection.send(Op.HELLO, {"heartbeat_interval": round(interval * 1000), "_trace": []})
        while (message := await connection.receive(interval * 2)) is not None:
            refused = self._obey(connection, message)
            if refused is not None:
                await connection.close(refused)
                return
            self._journal.bell.ring()

    def _obey(self, connection: Connection, message: Json) -> Close | None:
        op, data = message.get("op"), message.get("d")
        if op == Op.HEARTBEAT:
            connection.heartbeats += 1
            connection.send(Op.HEARTBEAT_ACK)
            return None
        if op in (Op.IDENTIFY, Op.RESUME):
            return self._admit(connection, op, data)
        if connection.session is None:
            return Close.NOT_AUTHENTICATED
        if op == Op.REQUEST_MEMBERS and isinstance(data, dict):
            for guild in self._world.guilds.values():
                if str(guild.id) == str(data.get("guild_id")):
                    self._tell(connection.session, "GUILD_MEMBERS_CHUNK", members.chunk(guild, data))
            return None
        return None if op in (Op.PRESENCE, Op.VOICE) else Close.UNKNOWN_OPCODE

    def _admit(self, connection: Connection, op: int, data: Any) -> Close | None:
        if connection.session is not None:
            return Close.ALREADY_AUTHENTICATED
        if not isinstance(data, dict):
            return Close.DECODE_ERROR
        if str(data.get("token")).removeprefix("Bot ") != self._world.token:
            return Close.AUTHENTICATION_FAILED
        return self._identify(connection, data) if op == Op.IDENTIFY else self._resume(connection, data)

    def _identify(self, connection: Connection, data: Json) -> Close | None:
        shards = data.get("shard")
        refused = refusal(data.get("intents"), shards, privileged=self._world.rules.privileged_intents)
        if refused is not None:
            return refused
        number, total = shards or (0, 1)
        if not self._may_identify(number):
            connection.send(Op.INVALID_SESSION, data=False)
            return None
        session = Session(
            id=f"{next(self._numbers):032x}", shard=number, shards=total, intents=data["intents"]
        )
        self.sessions[session.id] = connection.session = session
        self._journal.note(GatewayChanged())
        self._tell(session, "READY", self._ready(session))
        for guild in self._world.guilds.values():
            event = Event(
                name="GUILD_CREATE",
                data=guilds.guild_create(guild, self._world),
                guild_id=guild.id,
                intent=Intent.GUILDS,
            )
            if session.wants(event):
                self._tell(session, event.name, event.data)
        return None

    def _may_identify(self, number: int) -> bool:
        """Source: events/gateway, "Sharding", rate_limit_key = shard_id % max_concurrency."""
        key, now = number % self._world.rules.max_concurrency, self._clock()
        granted = (
            now - self._identified.get(key, -self._world.rules.identify_window)
            >= self._world.rules.identify_window
        )
        if granted:
            self._identified[key] = now
        return granted

    def _ready(self, session: Session) -> Json:
        known = [guild_id for guild_id in self._world.guilds if session.hears(guild_id)]
        return {
            "v": 10,
            "user": users.me(self._world.bot),
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in known],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shards],
            "application": {"id": str(self._world.bot.id), "flags": users.HAS_SLASH_COMMANDS},
            "private_channels": [],
            "session_type": "normal",
        }

    def _resume(self, connection: Connection, data: Json) -> Close | None:
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            connection.send(Op.INVALID_SESSION, data=False)
            return None
        sequence = data.get("seq") or 0
        if not isinstance(sequence, int) or not 0 <= sequence <= session.sequence:
            return Close.INVALID_SEQUENCE
        connection.session, connection.resumed = session, True
        self._journal.note(GatewayChanged())
        for frame in session.missed(sequence):
            connection.forward(frame)
        self._tell(session, "RESUMED", {})
        return None
