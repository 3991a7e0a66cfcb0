"""Work that nobody wants any more is dropped by the Space, wherever it is."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any

import pytest

from bot.domain.errors import DeadlineExceeded, StreamCut, UnreadableAnswer
from bot.domain.events import ImageEvent, Queued, Started
from bot.providers.gradio import space as space_module
from bot.providers.gradio.connection import Connection
from bot.providers.gradio.work import Work
from bot.providers.options import Deadlines, ServiceOptions
from tests.providers.drawing import FOX, drawn, opened
from tests.providers.servers import EVENT_ID, LoopbackSpace, captured, said

ESTIMATION = {"msg": "estimation", "rank": 1, "queue_size": 2, "rank_eta": None}
STARTS = {"msg": "process_starts", "eta": None}
CONFIG = {"dependencies": [{"id": 3, "api_name": "other"}, {"id": 5, "api_name": "infer"}]}
CANCEL = "POST /gradio_api/cancel"


@pytest.fixture
def held(space: LoopbackSpace) -> LoopbackSpace:
    """A Space whose streams stay open."""
    space.hold, space.config = True, CONFIG
    return space


def cancelled(space: LoopbackSpace) -> list[Any]:
    return [asked.body for asked in space.asked if f"{asked.method} {asked.path}" == CANCEL]


@asynccontextmanager
async def listening(
    space: LoopbackSpace, heard: type[ImageEvent]
) -> AsyncGenerator[asyncio.Task[None], None]:
    """Draw in a task of its own that has heard an event of that kind."""
    told = asyncio.Event()

    async def listen() -> None:
        async with aclosing(provider.stream(FOX)) as events:
            async for event in events:
                if isinstance(event, heard):
                    told.set()

    async with opened(space.url) as provider:
        task = asyncio.create_task(listen())
        await told.wait()
        yield task
        with suppress(asyncio.CancelledError):
            await task


async def test_in_the_queue_the_stream_is_closed_and_no_more(held: LoopbackSpace) -> None:
    held.queue = said(ESTIMATION)
    async with opened(held.url) as provider, aclosing(provider.stream(FOX)) as events:
        assert await anext(events) == Queued(1, 2)

    await asyncio.wait_for(held.closed.wait(), 1)
    assert len(held.asked) == 2


async def test_at_work_the_space_is_told_and_the_stream_is_closed(held: LoopbackSpace) -> None:
    held.queue = said(ESTIMATION, STARTS)
    async with opened(held.url) as provider, aclosing(provider.stream(FOX)) as events:
        assert [await anext(events), await anext(events)] == [Queued(1, 2), Started()]

    await asyncio.wait_for(held.closed.wait(), 1)
    assert cancelled(held) == [{"session_hash": EVENT_ID, "fn_index": 5, "event_id": EVENT_ID}]


async def test_a_cancelled_task_cancels_the_work(held: LoopbackSpace) -> None:
    held.queue = said(STARTS)
    async with listening(held, Started) as task:
        task.cancel()

    assert task.cancelled()
    assert len(cancelled(held)) == 1
    await asyncio.wait_for(held.closed.wait(), 1)


async def test_a_task_that_is_cancelled_twice_still_cancels_the_work(held: LoopbackSpace) -> None:
    held.queue = said(STARTS)
    async with listening(held, Started) as task:
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()

    await asyncio.wait_for(held.closed.wait(), 1)
    assert len(cancelled(held)) == 1


async def test_a_function_without_a_number_is_not_cancelled_by_a_wrong_one(held: LoopbackSpace) -> None:
    held.queue, held.config = said(STARTS), {"dependencies": []}
    async with listening(held, Started) as task:
        task.cancel()

    assert cancelled(held) == []
    await asyncio.wait_for(held.closed.wait(), 1)


async def test_finished_work_is_not_cancelled(held: LoopbackSpace) -> None:
    held.hold, held.queue = False, captured("queue-infer.sse")
    await drawn(held.url)

    assert len(held.asked) == 2


@pytest.mark.parametrize(("queue", "cancels"), [(said(ESTIMATION), 0), (said(ESTIMATION, STARTS), 1)])
async def test_while_it_is_submitted_it_is_dropped_as_soon_as_it_has_a_name(
    held: LoopbackSpace, queue: bytes, cancels: int
) -> None:
    held.queue = queue
    held.gate.clear()
    async with opened(held.url) as provider:
        task = asyncio.create_task(anext(provider.stream(FOX)))
        await held.submitted.wait()
        task.cancel()
        await asyncio.sleep(0.01)
        held.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    await asyncio.wait_for(held.closed.wait(), 1)
    assert len(cancelled(held)) == cancels


async def test_a_submission_that_is_refused_leaves_nothing_to_drop(held: LoopbackSpace) -> None:
    held.post = (503, "application/json", b"{}")
    held.gate.clear()
    async with opened(held.url) as provider:
        task = asyncio.create_task(anext(provider.stream(FOX)))
        await held.submitted.wait()
        task.cancel()
        await asyncio.sleep(0.01)
        held.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert len(held.asked) == 1


async def test_a_space_that_does_not_answer_holds_nobody_up(
    held: LoopbackSpace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space_module, "CLEANUP_SECONDS", 0.05)
    held.gate.clear()
    async with opened(held.url) as provider:
        task = asyncio.create_task(anext(provider.stream(FOX)))
        await held.submitted.wait()
        task.cancel()
        async with asyncio.timeout(1):
            with pytest.raises(asyncio.CancelledError):
                await task


async def test_work_that_says_something_unreadable_is_cancelled(held: LoopbackSpace) -> None:
    held.queue = said(STARTS) + b"data: {\n\n"

    with pytest.raises(UnreadableAnswer):
        await drawn(held.url)

    assert len(cancelled(held)) == 1


# --- deadlines


async def test_without_a_byte_the_idle_deadline_ends_it(held: LoopbackSpace) -> None:
    held.queue = said(ESTIMATION)

    with pytest.raises(DeadlineExceeded) as caught:
        await drawn(held.url, Deadlines(idle=0.1))

    assert (caught.value.deadline, caught.value.seconds) == ("idle", 0.1)


async def test_an_event_that_somebody_else_has_read_ends_with_the_answer_deadline(
    held: LoopbackSpace,
) -> None:
    held.heartbeat = 0.02

    with pytest.raises(DeadlineExceeded) as caught:
        await drawn(held.url, Deadlines(answer=0.1))

    assert caught.value.deadline == "answer"


async def test_heartbeats_are_enough_once_something_was_said(held: LoopbackSpace) -> None:
    held.queue, held.heartbeat = said(ESTIMATION), 0.02

    with pytest.raises(DeadlineExceeded) as caught:
        await drawn(held.url, Deadlines(answer=0.05, idle=0.1, total=0.3))

    assert caught.value.deadline == "total"


async def test_the_simple_stream_may_have_nothing_but_heartbeats(held: LoopbackSpace) -> None:
    held.queue, held.heartbeat = None, 0.02

    with pytest.raises(DeadlineExceeded) as caught:
        await drawn(held.url, Deadlines(answer=0.05, total=0.2))

    assert caught.value.deadline == "total"


async def test_a_deadline_at_work_cancels_the_work(held: LoopbackSpace) -> None:
    held.queue = said(STARTS)

    with pytest.raises(DeadlineExceeded):
        await drawn(held.url, Deadlines(idle=0.1))

    assert len(cancelled(held)) == 1


async def test_a_submission_without_an_answer_ends_with_the_idle_deadline(held: LoopbackSpace) -> None:
    held.gate.clear()

    with pytest.raises(DeadlineExceeded) as caught:
        await drawn(held.url, Deadlines(idle=0.1))

    assert caught.value.deadline == "idle"


async def test_a_slow_listener_is_hit_by_no_deadline_of_a_step(held: LoopbackSpace) -> None:
    held.hold, held.queue, held.piece = False, captured("queue-infer.sse"), 500
    async with (
        opened(held.url, Deadlines(idle=0.05, answer=0.05)) as provider,
        aclosing(provider.stream(FOX)) as events,
    ):
        async for _ in events:
            await asyncio.sleep(0.06)


async def test_work_whose_stream_was_never_opened_says_nothing(held: LoopbackSpace) -> None:
    async with Connection.open(held.url, ServiceOptions()) as connection:
        work = Work(connection, EVENT_ID, ServiceOptions(), total_at=0.0)
        with pytest.raises(StreamCut):
            await work.read()
