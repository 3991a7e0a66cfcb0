"""Two hundred users in five servers share a quota of thirty pictures that returns after some seconds.

One of the servers asks twice, and before everybody else. The real provider draws at the loopback Space, the
real client delivers to the loopback Discord.
"""

import asyncio
import time
from bisect import bisect
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.config import POLICY
from bot.delivery.times import Times
from bot.domain.allowance import Scope
from bot.domain.job import JobState, KeptPicture
from bot.sandbox.discord import LoopbackDiscord, Person, Reply, Rules
from bot.sandbox.discord.model import EPHEMERAL
from bot.sandbox.space import Budget, LoopbackSpace, Outcome
from bot.ui.wording import queue
from tests.e2e.conftest import words
from tests.e2e.inside import Inside, running

SERVERS = 5
USERS = 40  # in each of them
ASKING_TWICE = 0  # the server that floods
QUOTA = 30  # pictures
SLOW = 5.0  # seconds that a picture takes until the flood is in line
PERIOD = 2.0  # seconds from its last picture to its return
AT_ONCE = 4
EACH = QUOTA // SERVERS  # pictures a round that are a server's fair share
TIMES = Times(interval=5.0, settle=0.2)
LATENCY = 0.5  # seconds in which a refusal reaches everybody who is about to ask


@dataclass(eq=False)
class Request:
    """One `/imagine`.

    Attributes:
        server: 0 for the first.
        turn: 0 for the user's first request.
        reply: What came back at once.
        asked_at: When it was asked for, as a Unix time in seconds.
        parked_at: When it was parked, likewise; None for one that was drawn without.
    """

    server: int
    user: int
    turn: int
    person: Person
    reply: Reply
    asked_at: float
    parked_at: float | None = None

    @property
    def prompt(self) -> str:
        return prompt_of(self.server, self.user, self.turn)

    @property
    def can_park(self) -> bool:
        card = self.reply.interaction.original
        return card is not None and queue.PARK in str(card.components)

    @property
    def is_drawn(self) -> bool:
        card = self.reply.interaction.original
        return card is not None and bool(card.attachments)


def prompt_of(server: int, user: int, turn: int) -> str:
    return f"fox {server}-{user}-{turn}"


@dataclass
class Crowd:
    """The users, and what they asked for."""

    discord: LoopbackDiscord
    space: LoopbackSpace
    inside: Inside
    people: list[list[Person]]
    requests: list[Request] = field(default_factory=list)

    async def ask(self) -> None:
        """Have everybody ask, and park what is not drawn; the flooding server comes first.

        Nobody of it asks again after a picture of theirs met used-up quota: they would have to wait longer.
        """
        flood = [(ASKING_TWICE, user, turn) for turn in range(2) for user in range(USERS)]
        others = [(server, user, 0) for user in range(USERS) for server in range(SERVERS)]
        wishes = [wish for wish in others if wish[0] != ASKING_TWICE]
        async with asyncio.timeout(180), asyncio.TaskGroup() as tasks:
            self.space.seconds_per_step = SLOW
            await self._ask_all(flood)
            self.space.seconds_per_step = 0.0
            asking = tasks.create_task(self._ask_all(wishes))
            await self._park(tasks, len(flood) + len(wishes))
            await asking

    async def _ask_all(self, wishes: list[tuple[int, int, int]]) -> None:
        door = asyncio.Semaphore(5)
        async with asyncio.TaskGroup() as tasks:
            for wish in wishes:
                await door.acquire()
                tasks.create_task(self._ask(*wish)).add_done_callback(lambda _: door.release())

    async def _ask(self, server: int, user: int, turn: int) -> None:
        person = self.people[server][user]
        wanted = {"prompt": prompt_of(server, user, turn), "width": 512, "height": 512, "steps": 1}
        reply = await person.command("imagine", channel="art", options=wanted)
        assert not reply.failed
        self.requests.append(Request(server, user, turn, person, reply, time.time()))

    async def _park(self, tasks: asyncio.TaskGroup, expected: int) -> None:
        """Press the button on each card that has it, until each card has a picture or was pressed."""
        done: set[str] = set()
        while len(done) < expected:
            for request in self.requests:
                if request.prompt in done:
                    continue
                if request.can_park:
                    tasks.create_task(self._press(request))
                if request.can_park or request.is_drawn:
                    done.add(request.prompt)
            await asyncio.sleep(0.1)

    async def _press(self, request: Request) -> None:
        pressed = await request.person.click(request.reply, queue.PARK)
        said = words(await pressed.until(words))
        assert "waits for GPU quota" in said
        request.parked_at = time.time()

    async def served(self) -> None:
        """Wait until nothing is parked or under way any more."""
        async with asyncio.timeout(240):
            await self.space.ledger.until(lambda: len(self.completed) >= len(self.requests))
            while self.inside.jobs.running or await self.inside.stores.jobs.parked():
                await asyncio.sleep(0.05)

    @property
    def completed(self) -> list[str]:
        """The prompts that were drawn, in their order."""
        return [posted.data[0] for posted in self.space.ledger.with_outcome(Outcome.COMPLETED)]

    def drawn_at(self) -> dict[str, float]:
        """Return when each prompt that was drawn was sent."""
        return {posted.data[0]: posted.at for posted in self.space.ledger.with_outcome(Outcome.COMPLETED)}

    def round_at(self, when: float) -> int:
        """Return how often the quota had returned at a time."""
        return bisect(sorted({told.until for told in self.space.ledger.droughts}), when)

    async def picture(self, request: Request) -> KeptPicture:
        """Return what the store has of a request."""
        kept = await self.inside.stores.jobs.last(request.person.user.id, 10)
        (found,) = (one for one in kept if one.request.prompt == request.prompt)
        return found

    def posted(self, message_id: int | None) -> dict[str, Any]:
        """Return the body with which the bot posted a message of its own."""
        rows = (row for row in self.discord.log.rows if row["method"] == "POST" and row["status"] == 200)
        (body,) = (row["body"] for row in rows if (row["response"] or {}).get("id") == str(message_id))
        return dict(body)


@pytest.fixture
async def crowd(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Crowd]:
    # One process is everybody here, so that acknowledgements wait for what others would do elsewhere;
    # how soon they come is for the benchmarks to say.
    rules = Rules(bucket_size=1000, route_size=1000, ack_deadline=30.0)
    budget = Budget.returning(QUOTA, PERIOD)
    async with (
        LoopbackDiscord(rules=rules) as discord,
        LoopbackSpace(seconds_per_step=0.0, previews=0, concurrency=AT_ONCE, budget=budget) as space,
    ):
        guilds = [discord.guild, *(discord.add_guild(f"Server {number}") for number in range(1, SERVERS))]
        people = [
            [discord.person(f"user{server}-{user}", guild=guild) for user in range(USERS)]
            for server, guild in enumerate(guilds)
        ]
        async with running(
            discord, space, monkeypatch, policy=POLICY, at_once=AT_ONCE, times=TIMES
        ) as inside:
            yield Crowd(discord, space, inside, people)


async def test_everybody_is_served_in_turn_and_nothing_is_sent_while_the_quota_is_gone(crowd: Crowd) -> None:
    await crowd.ask()
    await crowd.served()

    check_that_nothing_was_sent_in_vain(crowd)
    check_that_each_was_drawn_once(crowd)
    check_that_turns_were_fair(crowd)
    await check_that_each_was_delivered(crowd)
    await check_that_the_counts_are_exact(crowd)


def check_that_nothing_was_sent_in_vain(crowd: Crowd) -> None:
    refused = Counter(told.until for told in crowd.space.ledger.droughts)

    assert len(refused) == (len(crowd.requests) - 1) // QUOTA  # it was used up to the last picture each time
    assert max(refused.values()) <= AT_ONCE  # those that were on their way when it ran out
    assert crowd.space.ledger.early(LATENCY) == []


def check_that_each_was_drawn_once(crowd: Crowd) -> None:
    assert Counter(crowd.completed) == Counter(request.prompt for request in crowd.requests)
    assert len(crowd.requests) == SERVERS * USERS + USERS


def check_that_turns_were_fair(crowd: Crowd) -> None:
    """No server has to wait for the rush of another one, and no user for another user's second picture."""
    drawn_at = crowd.drawn_at()
    late = [
        request.prompt
        for request in crowd.requests
        if request.parked_at is not None
        and request.server != ASKING_TWICE
        and crowd.round_at(drawn_at[request.prompt]) > turn_of(request, request.parked_at, crowd) + 1
    ]
    assert late == []
    assert overtaken(crowd) == []


def overtaken(crowd: Crowd) -> list[str]:
    """Return the first pictures of users that came after somebody else's second one, by more than a round."""
    drawn_at = crowd.drawn_at()
    pairs = [
        sorted(
            (one for one in crowd.requests if (one.server, one.user) == (ASKING_TWICE, user)),
            key=lambda one: drawn_at[one.prompt],
        )
        for user in range(USERS)
    ]
    seconds = [crowd.round_at(drawn_at[second.prompt]) for _, second in pairs]
    return [
        first.prompt
        for first, _ in pairs
        if any(
            crowd.round_at(first.parked_at or first.asked_at) < second
            and crowd.round_at(drawn_at[first.prompt]) > second + 1
            for second in seconds
        )
    ]


def turn_of(request: Request, parked_at: float, crowd: Crowd) -> int:
    """Return the round in which a parked request's turn is, by those of its server that are ahead of it.

    These are the ones that stood in line when it was parked, and the parked ones that had asked before it.
    """
    drawn_at = crowd.drawn_at()
    ahead = [
        other
        for other in crowd.requests
        if other.server == request.server
        and other.asked_at < (parked_at if other.parked_at is None else request.asked_at)
        and drawn_at[other.prompt] > parked_at
    ]
    return crowd.round_at(parked_at) + 1 + len(ahead) // EACH


async def check_that_each_was_delivered(crowd: Crowd) -> None:
    for request in crowd.requests:
        picture = await crowd.picture(request)
        message = crowd.discord.world.messages[picture.message_id or 0]
        assert picture.job.state is JobState.DELIVERED
        assert len(message.attachments) == 1
        if request.parked_at is None:
            assert request.reply.message is not None
            assert int(request.reply.message["id"]) == message.id
            continue
        body, before = crowd.posted(picture.message_id), request.reply.message or {}
        referred = (body.get("message_reference") or {}).get("message_id")
        is_public = not before["flags"] & EPHEMERAL
        assert str(referred) == before["id"] if is_public else referred is None
        assert message.mentions == []
        assert f"<@{request.person.user.id}>" in words(crowd.discord.core.render(message))


async def check_that_the_counts_are_exact(crowd: Crowd) -> None:
    limits, jobs = crowd.inside.stores.limits, crowd.inside.stores.jobs
    since = time.time() - 3600
    assert await limits.live() == []
    assert await jobs.unfinished() == await jobs.parked() == []
    for server, people in enumerate(crowd.people):
        asked = 2 if server == ASKING_TWICE else 1
        used = {one.user_id: one.pictures for one in await limits.usage(people[0].guild.id, since)}
        charges = [await limits.charges(Scope.USER, person.user.id, since) for person in people]
        assert used == {person.user.id: asked for person in people}
        assert [sum(one.pictures for one in each) for each in charges] == [asked] * USERS
