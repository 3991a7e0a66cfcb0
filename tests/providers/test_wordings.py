"""Every sentence with which ZeroGPU says no, from the bytes of a Space to the fact that it states."""

from collections.abc import AsyncGenerator

import pytest

from bot.domain.errors import (
    GpuCreditsPending,
    GpuDurationRefused,
    GpuQuotaExceeded,
    GpuRunsExceeded,
    GpuSpaceLimitReached,
    GpuTaskAborted,
    GpuTokenExpired,
    GpuWorkerFailed,
    NoGpuAvailable,
    ResponseError,
)
from bot.sandbox.space import WORDINGS, LoopbackSpace, Version, Wording
from tests.providers.drawing import drawn


def quota(requested: int | None, left: int | None, retry_after: float | None) -> ResponseError:
    return GpuQuotaExceeded(requested=requested, left=left, retry_after=retry_after)


UNKNOWN = quota(None, None, None)
MINUTES = 12 * 60.0 + 34.0
DAY = 86400.0

# What each wording states, in the order of `WORDINGS`.
FACTS: tuple[ResponseError, ...] = (
    quota(60, 12, MINUTES),
    UNKNOWN,
    quota(60, 12, MINUTES),
    quota(60, 12, MINUTES),
    quota(60, 12, MINUTES),
    quota(60, 12, DAY + 5),
    quota(60, 12, None),
    quota(60, 12, None),
    quota(60, 12, DAY + 5),
    quota(60, 0, None),
    quota(60, -3, None),  # "Try again in 0:00:00" is no time at all
    UNKNOWN,
    UNKNOWN,
    quota(65, 12, 2 * DAY + 3 * 3600 + 4 * 60 + 5),
    quota(65, 12, 5 * 3600.0),
    quota(65, 12, 5 * 3600.0),
    GpuRunsExceeded(),
    GpuRunsExceeded(),
    GpuSpaceLimitReached(),
    GpuCreditsPending(),
    GpuDurationRefused(requested=300.0),
    GpuDurationRefused(requested=300.0),
    GpuDurationRefused(requested=300.0),
    NoGpuAvailable(),
    NoGpuAvailable(),
    NoGpuAvailable(),
    NoGpuAvailable(),
    NoGpuAvailable(),
    NoGpuAvailable(),
    GpuTokenExpired(),
    GpuTaskAborted(),
    GpuTaskAborted(),
    GpuWorkerFailed(),
    GpuWorkerFailed(),
)
STATED = ("requested", "left", "retry_after")


def facts(error: ResponseError) -> dict[str, object]:
    return {"kind": type(error)} | {name: getattr(error, name, None) for name in STATED}


@pytest.fixture
async def space() -> AsyncGenerator[LoopbackSpace, None]:
    async with LoopbackSpace(steps=2, seconds_per_step=0.0, previews=0) as server:
        yield server


async def refusal(space: LoopbackSpace) -> ResponseError:
    with pytest.raises(ResponseError) as caught:
        await drawn(space.url)
    return caught.value


@pytest.mark.parametrize(
    ("wording", "stated"),
    list(zip(WORDINGS, FACTS, strict=True)),
    ids=lambda value: f"{value.release}: {value.message[:24]}" if isinstance(value, Wording) else "",
)
async def test_each_wording_becomes_what_it_states(
    space: LoopbackSpace, wording: Wording, stated: ResponseError
) -> None:
    space.mood = wording

    assert facts(await refusal(space)) == facts(stated)


@pytest.mark.parametrize("version", ["6.31", "5.50", "4.44"])
async def test_of_whatever_gradio_it_comes(version: Version) -> None:
    async with LoopbackSpace(version=version, mood=WORDINGS[5]) as space:
        error = await refusal(space)

    assert facts(error) == facts(quota(60, 12, DAY + 5))


async def test_the_wait_of_a_runs_limit_that_says_zero_is_unknown(space: LoopbackSpace) -> None:
    said = "You have exceeded your GPU quota (65s requested vs. 120s left). Try again in 0:00:00"
    space.mood = Wording(said, "ZeroGPU quota exceeded", "0.37-0.50")

    assert facts(await refusal(space)) == facts(quota(65, 120, None))


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.message[:24])
async def test_no_markup_is_left_in_the_words(space: LoopbackSpace, wording: Wording) -> None:
    space.mood = wording

    assert "<" not in ((await refusal(space)).message or "")
