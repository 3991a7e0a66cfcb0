"""Providers whose errors are counted: they draw as the others do."""

from contextlib import aclosing

import pytest

from bot.domain.errors import ProviderError, StreamCut
from bot.domain.events import ImageEvent, Started
from bot.domain.request import ImageRequest
from bot.operations.metered import MeteredProviders
from tests.fakes import RESPONSE, Line, OneProvider, ScriptedProvider

REQUEST = ImageRequest(prompt="a fox", model="sd-3.5", seed=7)


async def drawn(*script: Line, counted: list[ProviderError]) -> list[ImageEvent]:
    provider = MeteredProviders(OneProvider(ScriptedProvider(*script)), counted.append).get("sd-3.5")
    async with aclosing(provider.stream(REQUEST)) as events:
        return [event async for event in events]


async def test_a_picture_comes_as_it_would_and_counts_nothing() -> None:
    counted: list[ProviderError] = []

    assert await drawn(Started(), RESPONSE, counted=counted) == [Started(), RESPONSE]
    assert counted == []


async def test_an_error_counts_once_and_goes_on() -> None:
    counted: list[ProviderError] = []
    with pytest.raises(StreamCut):
        await drawn(Started(), StreamCut(), counted=counted)

    assert [type(error) for error in counted] == [StreamCut]


async def test_a_bug_is_no_error_of_the_service() -> None:
    counted: list[ProviderError] = []
    with pytest.raises(ZeroDivisionError):
        await drawn(ZeroDivisionError(), counted=counted)

    assert counted == []


async def test_leaving_early_frees_the_service() -> None:
    script, counted = ScriptedProvider(Started(), RESPONSE), list[ProviderError]()
    provider = MeteredProviders(OneProvider(script), counted.append).get("sd-3.5")
    async with aclosing(provider.stream(REQUEST)) as events:
        await anext(events)

    assert script.closed.is_set()
