"""A runner with a scripted provider, a real store, a clock that stands still, and no randomness."""

import asyncio
import itertools
from collections.abc import Sequence
from typing import Any

from bot.domain.allowance import Policy
from bot.domain.board import Board
from bot.domain.credential import ANONYMOUS, Credential
from bot.domain.errors import ImagineError
from bot.domain.job import JobState
from bot.domain.wish import Asker, Wish
from bot.storage.engine import Stores
from tests.fakes import Line, NotedReply, ScriptedHub, ScriptedProvider, job_runner


def asker(user_id: int = 1, guild_id: int | None = 2) -> Asker:
    return Asker(user_id=user_id, guild_id=guild_id, channel_id=3)


def told(reply: NotedReply) -> list[type[ImagineError] | None]:
    return [type(slot.error) if slot.error else None for board in reply.final for slot in board.errors]


class Bench:
    """What a test of jobs works with.

    Attributes:
        later: The replies of parked jobs, in the order in which they were opened.
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
        self.later: list[NotedReply] = []
        self.jobs = job_runner(
            self.provider,
            stores,
            policy=policy,
            operators=operators,
            hub=self.hub,
            at_once=at_once,
            clock=lambda: self.now,
            new_id=lambda: f"{ids}{next(numbers)}",
        )

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
        async with await self.jobs.admit(board, asker(user_id, guild_id)) as admission:
            await self.jobs.run(board, admission, lambda _: reply)
        return reply

    async def begun(self, *script: Line, reply: NotedReply, **wish: Any) -> "asyncio.Task[NotedReply]":
        number = len(self.provider.requests)
        running = asyncio.create_task(self.run(*script, reply=reply, **wish))
        while len(self.provider.requests) == number:
            await asyncio.sleep(0)
        return running

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
        self.jobs.resume(self._later)

    def _later(self, _: Board) -> NotedReply:
        self.later.append(NotedReply())
        return self.later[-1]
