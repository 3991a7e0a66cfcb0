"""Second tries: once, after a back-off, and only where one may help."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.errors import GpuTaskAborted, GpuWorkerFailed, NoGpuAvailable, ProviderError
from bot.domain.retries import BROKEN, NO_GPU, TRIES, back_off

WORTH_IT: dict[type[ProviderError], float] = {
    NoGpuAvailable: NO_GPU,
    GpuTaskAborted: BROKEN,
    GpuWorkerFailed: BROKEN,
}


def leaves(error: type[ProviderError]) -> Iterator[type[ProviderError]]:
    yield error
    for each in error.__subclasses__():
        yield from leaves(each)


def made(error: type[ProviderError]) -> ProviderError:
    """Return an error of a kind, whatever it was told."""
    facts: dict[type[ProviderError], tuple[Any, ...]] = {
        errors.ProviderUnreachable: ("OSError",),
        errors.DeadlineExceeded: ("idle", 1.0),
        errors.UntrustedImage: ("redirect",),
    }
    return error(*facts.get(error, ()))


@pytest.mark.parametrize("error", WORTH_IT)
@given(chance=st.floats(0, 1))
def test_what_may_go_better_is_tried_again_after_a_while(error: type[ProviderError], chance: float) -> None:
    wait = back_off(made(error), 1, chance)

    assert wait is not None
    assert 0.5 * WORTH_IT[error] <= wait <= 1.5 * WORTH_IT[error]


@pytest.mark.parametrize("error", WORTH_IT)
def test_there_is_no_third_try(error: type[ProviderError]) -> None:
    assert back_off(made(error), TRIES, 0.5) is None


@pytest.mark.parametrize("error", sorted(set(leaves(ProviderError)) - set(WORTH_IT), key=str))
def test_nothing_else_is_tried_again_wrong_requests_least_of_all(error: type[ProviderError]) -> None:
    assert back_off(made(error), 1, 0.5) is None


def test_those_who_failed_together_do_not_come_back_together() -> None:
    assert back_off(NoGpuAvailable(), 1, 0.1) != back_off(NoGpuAvailable(), 1, 0.9)
