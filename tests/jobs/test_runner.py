"""A job: it ends in exactly one picture or one sentence, whatever happens on the way."""

import asyncio
import logging
from typing import Any

import pytest

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import (
    AlreadyDrawing,
    DeliveryFailed,
    GpuQuotaExceeded,
    HeldByQuota,
    PromptMissing,
    QueueFull,
    Restarting,
    StreamCut,
    Unforeseen,
    UnknownModel,
)
from bot.domain.events import ImageEvent, Progress, Queued
from bot.domain.limits import Limits, Range
from bot.domain.stage import Drawing, Waiting
from bot.jobs.runner import Job, JobRunner
from tests.fakes import RESPONSE, NotedReply, OneProvider, ScriptedProvider

OPTIONS: dict[str, Any] = {
    "user_id": 1,
    "prompt": "a fox",
    "negative_prompt": "",
    "aspect_ratio": AspectRatio.SQUARE,
    "width": None,
    "height": None,
    "guidance_scale": 4.5,
    "steps": 40,
    "seed": None,
    "model": "",
}


class Bench:
    """A runner with a scripted provider, a clock that stands still, and no randomness."""

    def __init__(self, *script: ImageEvent | BaseException | asyncio.Event) -> None:
        self.now = 1000.0
        self.provider = ScriptedProvider(*script)
        self.jobs = JobRunner(
            OneProvider(self.provider),
            clock=lambda: self.now,
            new_seed=lambda: 7,
            new_reference=lambda: "3f9a2c",
        )

    async def job(self, **options: Any) -> Job:
        return await self.jobs.prepare(**(OPTIONS | options))

    async def run(self, reply: NotedReply | None = None) -> NotedReply:
        reply = reply or NotedReply()
        job = await self.job()
        await self.jobs.run(job, self.jobs.admit(job), reply)
        return reply


async def test_a_picture_is_delivered_with_what_it_was_drawn_with() -> None:
    reply = await Bench(Queued(1, 2), Progress(1, 2), RESPONSE).run()

    assert [picture.request.seed for picture in reply.pictures] == [7]
    assert reply.stages == [Waiting(1), Drawing(1, 2)]
    assert reply.errors == []


async def test_a_seed_that_is_given_is_the_seed_that_draws() -> None:
    assert (await Bench().job(seed=0)).request.seed == 0


async def test_the_model_is_named_even_when_none_was_chosen() -> None:
    assert (await Bench().job()).request.model == "sd-3.5"


@pytest.mark.parametrize(
    ("options", "error"), [({"prompt": " "}, PromptMissing), ({"model": "x"}, UnknownModel)]
)
async def test_what_cannot_be_drawn_is_refused_before_anything_is_sent(
    options: dict[str, Any], error: type[Exception]
) -> None:
    bench = Bench()
    with pytest.raises(error):
        await bench.job(**options)

    assert bench.provider.requests == []


async def test_the_live_limits_count() -> None:
    bench = Bench()
    bench.provider.known = Limits(width=Range(512, 768))

    assert (await bench.job()).request.size.width == 768


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ([QueueFull()], QueueFull),
        ([Queued(0, 1)], StreamCut),
        ([Progress(1, 2), ZeroDivisionError()], Unforeseen),
    ],
)
async def test_every_failure_is_told_once_under_its_reference(
    script: list[ImageEvent | BaseException], told: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    reply = await Bench(*script).run()

    assert [type(error) for error in reply.errors] == [told]
    assert reply.references == ["3f9a2c"]
    assert "3f9a2c" in caplog.text


async def test_the_prompt_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await Bench(QueueFull()).run()

    assert "a fox" not in caplog.text


async def test_a_quota_error_tells_when_and_keeps_the_user_from_the_service_until_then() -> None:
    bench = Bench(GpuQuotaExceeded("no", retry_after=754))
    first = await bench.run()
    with pytest.raises(HeldByQuota) as caught:
        await bench.run()

    assert [error.until for error in first.errors if isinstance(error, HeldByQuota)] == [1754]
    assert caught.value.until == 1754
    assert len(bench.provider.requests) == 1


async def test_the_user_may_draw_again_when_the_quota_has_returned() -> None:
    bench = Bench(GpuQuotaExceeded("no", retry_after=754))
    await bench.run()
    bench.now = 1754.0
    bench.provider.script = (RESPONSE,)

    assert (await bench.run()).pictures


async def test_another_user_is_not_held() -> None:
    bench = Bench(GpuQuotaExceeded("no", retry_after=754))
    await bench.run()
    with bench.jobs.admit(await bench.job(user_id=2)):
        pass


async def test_a_user_has_one_picture_at_a_time() -> None:
    bench = Bench()
    job = await bench.job()
    with bench.jobs.admit(job), pytest.raises(AlreadyDrawing), bench.jobs.admit(job):
        pass


async def test_a_picture_that_discord_refuses_is_told() -> None:
    reply = await Bench(RESPONSE).run(NotedReply(refuses=True))

    assert [type(error) for error in reply.errors] == [DeliveryFailed]


async def test_draining_lets_a_picture_finish() -> None:
    gate = asyncio.Event()
    bench = Bench(Queued(0, 1), gate, RESPONSE)
    running = asyncio.create_task(bench.run())
    while not bench.provider.requests:
        await asyncio.sleep(0)
    draining = asyncio.create_task(bench.jobs.drain(60))
    await asyncio.sleep(0)
    gate.set()
    await draining

    assert (await running).pictures


async def test_draining_ends_what_takes_too_long_and_tells_its_user() -> None:
    bench, reply = Bench(Queued(0, 1), asyncio.Event()), NotedReply()
    running = asyncio.create_task(bench.run(reply))
    while not bench.provider.requests:
        await asyncio.sleep(0)
    await bench.jobs.drain(0)
    with pytest.raises(asyncio.CancelledError):
        await running

    assert [type(error) for error in reply.errors] == [Restarting]
    assert bench.provider.closed.is_set()


async def test_nothing_new_is_begun_while_draining() -> None:
    bench = Bench()
    await bench.jobs.drain(0)
    with pytest.raises(Restarting):
        await bench.run()
