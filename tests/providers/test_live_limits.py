"""The limits of a Space, without anybody waiting long for them."""

import asyncio
from collections.abc import Callable

import pytest

from bot.domain.errors import StreamCut
from bot.domain.limits import DOCUMENTED, Limits, Range
from bot.providers.gradio import live_limits
from bot.providers.gradio.live_limits import FRESH_SECONDS, RETRY_SECONDS, LiveLimits

STATED = Limits(steps=Range(1, 28))


class Source:
    """Gives its answers one after the other, the last one again and again."""

    def __init__(self, *answers: Limits | None) -> None:
        self.answers = list(answers)
        self.asked = 0
        self.now = 0.0
        self.open = asyncio.Event()
        self.open.set()

    async def read(self) -> Limits:
        self.asked += 1
        await self.open.wait()
        answer = self.answers[min(self.asked, len(self.answers)) - 1]
        if answer is None:
            raise StreamCut
        return answer

    @property
    def clock(self) -> Callable[[], float]:
        return lambda: self.now

    def limits(self) -> LiveLimits:
        return LiveLimits(self.read, self.clock)


async def test_they_are_read_once() -> None:
    source = Source(STATED)
    limits = source.limits()

    assert [await limits.get(), await limits.get()] == [STATED, STATED]
    assert source.asked == 1


async def test_many_who_ask_at_once_are_one_question() -> None:
    source = Source(STATED)
    limits = source.limits()

    assert await asyncio.gather(*(limits.get() for _ in range(5))) == [STATED] * 5
    assert source.asked == 1


async def test_a_failure_gives_the_documented_ones_and_is_tried_again_later() -> None:
    source = Source(None, STATED)
    limits = source.limits()

    assert [await limits.get(), await limits.get()] == [DOCUMENTED, DOCUMENTED]
    assert source.asked == 1
    source.now += RETRY_SECONDS
    assert await limits.get() == STATED


async def test_old_ones_serve_while_new_ones_are_read() -> None:
    source = Source(STATED, DOCUMENTED)
    limits = source.limits()
    await limits.get()
    source.now += FRESH_SECONDS

    assert await limits.get() == STATED
    await asyncio.sleep(0.01)
    assert await limits.get() == DOCUMENTED


async def test_nobody_waits_for_a_slow_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_limits, "PATIENCE_SECONDS", 0.01)
    source = Source(STATED)
    source.open.clear()
    limits = source.limits()

    assert await limits.get() == DOCUMENTED
    source.open.set()
    assert await limits.get() == STATED
    assert source.asked == 1


async def test_closing_stops_the_reading() -> None:
    source = Source(STATED)
    limits = source.limits()
    reading = asyncio.create_task(limits.get())
    source.open.clear()
    await asyncio.sleep(0)
    await limits.close()

    assert await reading == DOCUMENTED


async def test_closing_without_a_reading_is_nothing() -> None:
    await Source(STATED).limits().close()
