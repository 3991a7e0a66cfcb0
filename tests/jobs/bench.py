"""A runner with a scripted provider, a real store, a clock that stands still, and no randomness."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.allowance import Policy
from bot.domain.board import Board
from bot.domain.credential import ANONYMOUS, Credential
from bot.domain.errors import ImagineError
from bot.domain.job import Job, JobState, Place
from bot.domain.settings.history import Edit
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER
from bot.domain.wish import Asker, Wish
from bot.jobs.line import FairLine
from bot.jobs.local import LocalEngine
from bot.jobs.runner import JobRunner
from bot.ports import JobEngine, Jobs, JobStore
from bot.storage.engine import Stores
from tests.fakes import Line, NotedReply, ScriptedHub, ScriptedProvider, all_houses, job_runner


def asker(user_id: int = 1, guild_id: int | None = 2) -> Asker:
    return Asker(user_id=user_id, guild_id=guild_id, channel_id=3)


def told(reply: NotedReply) -> list[type[ImagineError] | None]:
    return [type(slot.error) if slot.error else None for board in reply.final for slot in board.errors]


PLACE = Place(channel_id=3, token="token", token_ends_at=1900.0)


class WatchedEngine(LocalEngine):
    """The engine of the only process; a test can wait for what it runs.

    Attributes:
        running: What it runs; None before it is opened.
    """

    running: Jobs | None = None

    async def open(self, jobs: Jobs) -> None:
        self.running = jobs
        await super().open(jobs)

    async def until_ended(self, job_id: str) -> None:
        if self.running is not None and job_id in self.running:
            await self.running.run(job_id)


class Bench:
    """What a test of jobs works with.

    Attributes:
        replies: The replies of all others, by job.
        later: The replies of parked jobs, in the order in which they were opened.
        roles: The roles that everybody has when a parked job is looked at; None while nobody says.
    """

    def __init__(
        self,
        stores: Stores,
        *,
        policy: Policy | None = None,
        operators: Sequence[Credential] = (Credential(id=ANONYMOUS),),
        at_once: int = 4,
        ids: str = "job",
        now: float = 1000.0,
    ) -> None:
        numbers = itertools.count(1)
        self.now = now
        self.stores = stores
        self.store = stores.jobs
        self.provider = ScriptedProvider()
        self.hub = ScriptedHub()
        self.replies: dict[str, NotedReply] = {}
        self.later: list[NotedReply] = []
        self.roles: frozenset[int] | None = frozenset()
        self.houses = all_houses(stores, lambda: self.now)
        self.jobs = job_runner(
            self.provider,
            stores,
            houses=self.houses,
            policy=policy,
            operators=operators,
            hub=self.hub,
            at_once=at_once,
            make_engine=self.make_engine,
            clock=lambda: self.now,
            new_id=lambda: f"{ids}{next(numbers)}",
        )

    def make_engine(self, store: JobStore, line: FairLine) -> JobEngine:
        """Return what the runner starts its jobs with."""
        self.engine = WatchedEngine(store, line)
        return self.engine

    async def board(self, *, user_id: int = 1, guild_id: int | None = 2, **wish: Any) -> Board:
        return await self.jobs.prepare(Wish(**({"prompts": ("a fox",)} | wish)), asker(user_id, guild_id))

    async def run(
        self,
        *script: Line,
        reply: NotedReply | None = None,
        user_id: int = 1,
        guild_id: int | None = 2,
        **wish: Any,
    ) -> NotedReply:
        if script:
            self.provider.script = script
        reply = reply or NotedReply()
        board = await self.board(user_id=user_id, guild_id=guild_id, **wish)
        self.replies[board.job.id] = reply
        async with self.jobs.admitted(board, asker(user_id, guild_id), PLACE):
            await (await self.opened()).start(board.job.id, reply.place)
        await self.engine.until_ended(board.job.id)
        return reply

    async def opened(self) -> JobRunner:
        """Return the runner, once it has begun with what another one left."""
        if self.engine.running is None:
            await self.jobs.open(self.open)
        return self.jobs

    async def begun(self, *script: Line, reply: NotedReply, **wish: Any) -> "asyncio.Task[NotedReply]":
        number = len(self.provider.requests)
        running = asyncio.create_task(self.run(*script, reply=reply, **wish))
        while len(self.provider.requests) == number:
            await asyncio.sleep(0)
        return running

    async def decide(self, **values: Value) -> None:
        """Set what holds in the server."""
        edits = [Edit(target=SERVER, name=name, value=value) for name, value in values.items()]
        await self.houses.save(2, edits, user_id=9, revision=None)

    async def state(self, job_id: str = "job1") -> JobState | None:
        job = await self.store.get(job_id)
        return job.state if job else None

    async def until_state(self, state: JobState, job_id: str = "job1") -> None:
        async with asyncio.timeout(5):
            while await self.state(job_id) is not state:
                await asyncio.sleep(0.001)

    async def charged(self, user_id: int = 1) -> list[tuple[int, bool]]:
        """Return the pictures of each of a user's charges, and whether it is live."""
        report = await self.stores.limits.usage(2, 0.0)
        live = await self.stores.limits.live()
        settled = [(one.pictures, False) for one in report if one.user_id == user_id]
        return [(one.pictures, True) for one in live] + settled

    def resume(self) -> None:
        """Begin to draw what is parked."""
        self.jobs.resume(self.open, self.find_asker)

    async def find_asker(self, job: Job) -> Asker | None:
        """Return who asked for a job, as that is now."""
        if self.roles is None:
            return None
        return replace(asker(job.user_id, job.guild_id), role_ids=self.roles)

    def open(self, board: Board) -> NotedReply:
        if board.job.parked_until is None:
            return self.replies.setdefault(board.job.id, NotedReply())
        self.later.append(NotedReply())
        return self.later[-1]
