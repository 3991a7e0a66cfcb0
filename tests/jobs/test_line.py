"""The line: turns go round, places are true, and nobody's turn is lost."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from bot.domain.events import Queued
from bot.domain.job import Job
from bot.domain.request import ImageRequest
from bot.jobs.line import FairLine, Recalled


def job(name: str, *, user: int, server: int | None = 1) -> Job:
    return Job(
        id=name,
        user_id=user,
        guild_id=server,
        channel_id=3,
        locale="en-US",
        requests=(ImageRequest("a fox"),),
        created_at=0.0,
    )


@dataclass
class Crowd:
    """Jobs in line, in turn, and what each was told of its place."""

    line: FairLine
    served: list[str] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    ends: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    def join(self, name: str, *, user: int, server: int | None = 1, pictures: int = 1) -> None:
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._draw(job(name, user=user, server=server), pictures))

    async def end(self, name: str) -> None:
        self.ends[name].set()
        await settled()

    async def leave(self, name: str) -> None:
        self.tasks[name].cancel()
        with suppress(asyncio.CancelledError):
            await self.tasks[name]
        await settled()

    async def all_served(self) -> list[str]:
        """Let everybody's turns end as soon as they begin; return whose they were."""
        for end in self.ends.values():
            end.set()
        async with asyncio.timeout(5):
            await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        return self.served

    async def _draw(self, job: Job, pictures: int) -> None:
        def note(place: Queued) -> None:
            self.told.setdefault(job.id, []).append(place.rank)

        for _ in range(pictures):
            async with self.line.turn(job, note):
                self.served.append(job.id)
                await self.ends[job.id].wait()


async def settled() -> None:
    """Let everything happen that is to happen now."""
    for _ in range(10):
        await asyncio.sleep(0)


async def crowd(at_once: int = 1) -> Crowd:
    """Return a crowd in whose line a first job has all of the turns."""
    crowd = Crowd(FairLine(at_once))
    for number in range(at_once):
        crowd.join(f"first{number}", user=90 + number, server=9)
    await settled()
    return crowd


async def test_who_is_next_at_once_is_told_no_place() -> None:
    line = await crowd(at_once=2)

    assert line.served == ["first0", "first1"]
    assert line.told == {}


async def test_no_more_have_a_turn_than_may() -> None:
    line = await crowd(at_once=2)
    line.join("late", user=1)
    await settled()

    assert "late" not in line.served
    await line.end("first0")
    assert line.served[-1] == "late"


async def test_nobody_waits_behind_another_users_tenth_picture() -> None:
    line = await crowd()
    for number in range(10):
        line.join(f"flood{number}", user=1)
    line.join("other", user=2)
    served = await line.all_served()

    assert served.index("other") == 2


async def test_nobody_waits_behind_the_rest_of_a_job_of_many_pictures() -> None:
    line = await crowd()
    line.join("four", user=1, pictures=4)
    line.join("one", user=2)

    assert (await line.all_served())[1:] == ["four", "one", "four", "four", "four"]


async def test_a_servers_flood_does_not_starve_another_server() -> None:
    line = await crowd()
    for user in range(50):
        line.join(f"flood{user}", user=user, server=1)
    line.join("a", user=61, server=2)
    line.join("b", user=62, server=2)
    served = await line.all_served()

    assert (served.index("a"), served.index("b")) == (2, 4)


async def test_direct_messages_of_two_users_take_turns_as_servers_do() -> None:
    line = await crowd()
    for number in range(5):
        line.join(f"flood{number}", user=1, server=None)
    line.join("other", user=2, server=None)

    assert (await line.all_served()).index("other") == 2


async def test_places_are_told_when_they_change_and_to_those_alone() -> None:
    line = await crowd()
    for user in (1, 2, 3):
        line.join(f"job{user}", user=user)
    await settled()
    await line.leave("job2")
    await line.end("first0")

    assert line.told == {"job1": [0], "job2": [1], "job3": [2, 1, 0]}


async def test_a_job_of_many_pictures_that_goes_to_the_end_changes_no_place_twice() -> None:
    line = await crowd()
    line.join("two", user=1, server=1, pictures=2)
    await line.end("first0")
    for user in (2, 3):
        line.join(f"job{user}", user=user, server=2)
    await settled()
    await line.end("two")

    assert line.told["job2"] == [0]
    assert line.told["job3"] == [1]


async def test_somebody_who_is_overtaken_is_told_so() -> None:
    line = await crowd()
    line.join("flood1", user=1)
    line.join("flood2", user=1)
    await settled()
    line.join("other", user=2)
    await settled()

    assert line.told == {"flood1": [0], "flood2": [1, 2], "other": [1]}


async def test_the_place_of_a_job_can_be_asked_for() -> None:
    line = await crowd()
    line.join("job1", user=1)
    line.join("job2", user=2)
    await settled()

    assert [line.line.ahead(name) for name in ("first0", "job1", "job2")] == [None, 0, 1]


async def test_who_leaves_after_being_called_takes_no_turn_away() -> None:
    line = await crowd()
    line.join("leaves", user=1)
    line.join("stays", user=2)
    await settled()
    line.ends["first0"].set()
    while line.line.ahead("leaves") is not None:  # it is called here, and has not noticed yet
        await asyncio.sleep(0)
    await line.leave("leaves")

    assert line.served == ["first0", "stays"]


async def test_a_turn_that_fails_goes_to_the_next() -> None:
    line = await crowd()
    line.join("next", user=1)
    await settled()
    await line.leave("first0")

    assert line.served[-1] == "next"


async def test_a_crowd_that_comes_and_goes_at_random_loses_no_turn() -> None:
    line = await crowd(at_once=3)
    for number in range(60):
        line.join(f"job{number}", user=number % 7, server=number % 3)
    await settled()
    for number in range(0, 60, 2):
        line.ends[f"job{number}"].set()
        line.tasks[f"job{number + 1}"].cancel()
        await asyncio.sleep(0)
    served = await line.all_served()

    assert {f"job{number}" for number in range(0, 60, 2)} <= set(served)
    line.join("last", user=1)
    await settled()
    assert line.served[-1] == "last"


async def test_all_in_line_are_let_out_at_once_and_no_turn_is_lost() -> None:
    crowd = Crowd(FairLine(1))
    crowd.join("a", user=1)
    await settled()
    crowd.join("b", user=2)
    crowd.join("c", user=3)
    await settled()

    crowd.line.recall()
    await settled()

    assert [type(crowd.tasks[name].exception()) for name in "bc"] == [Recalled, Recalled]
    crowd.join("d", user=4)
    assert await crowd.all_served() == ["a", "d"]


async def test_places_far_back_are_told_in_tens() -> None:
    crowd = Crowd(FairLine(1))
    for number in range(40):
        crowd.join(f"job{number}", user=number + 1)
    await settled()

    await crowd.all_served()

    assert crowd.told["job39"] == [40, 30, *range(20, -1, -1)]
