"""Servers' own styles in the store."""

import asyncio

import pytest

from bot.domain.errors import StyleRefused, StyleUnknown
from bot.domain.styles import MOST, Style
from bot.storage.engine import Stores, open_store
from bot.storage.styles import SqlStyleStore

NOIR = Style(
    name="Noir",
    before="film noir,",
    after="rain",
    negative_prompt="colour",
    steps=30,
    guidance_scale=5.5,
    aspect_ratio="16:9",
)
PLAIN = Style(name="äther", after="mist")


@pytest.fixture
def store(stores: Stores) -> SqlStyleStore:
    return stores.styles


async def test_styles_are_read_as_they_were_kept_each_server_its_own(store: SqlStyleStore) -> None:
    await store.put(20, PLAIN, is_new=True)
    await store.put(20, NOIR, is_new=True)

    assert await store.of(20) == [NOIR, PLAIN]
    assert await store.of(21) == []


async def test_a_new_style_takes_no_name_that_there_is(store: SqlStyleStore) -> None:
    await store.put(20, NOIR, is_new=True)
    with pytest.raises(StyleRefused, match="exists"):
        await store.put(20, Style(name="NOIR", after="snow"), is_new=True)

    assert await store.of(20) == [NOIR]


async def test_a_style_is_changed_by_its_name_whatever_the_case(store: SqlStyleStore) -> None:
    await store.put(20, NOIR, is_new=True)
    changed = Style(name="NOIR", after="snow")
    await store.put(20, changed, is_new=False)

    assert await store.of(20) == [changed]


async def test_a_style_that_is_not_there_is_not_changed(store: SqlStyleStore) -> None:
    await store.put(21, NOIR, is_new=True)
    with pytest.raises(StyleUnknown, match="Noir"):
        await store.put(20, NOIR, is_new=False)

    assert await store.of(20) == []


async def test_a_server_has_so_many_styles_and_no_more(lasting_url: str) -> None:
    styles = [Style(name=f"style {number}", after="rain") for number in range(MOST + 5)]
    async with open_store(lasting_url) as mine, open_store(lasting_url) as theirs:
        results = await asyncio.gather(
            *((mine, theirs)[n % 2].styles.put(20, style, is_new=True) for n, style in enumerate(styles)),
            return_exceptions=True,
        )
        kept = await mine.styles.of(20)
        await mine.styles.put(20, kept[0], is_new=False)
        await mine.styles.put(21, NOIR, is_new=True)

    assert [each.reason for each in results if isinstance(each, StyleRefused)] == ["too many"] * 5
    assert len(kept) == MOST


async def test_a_style_is_removed_once(store: SqlStyleStore) -> None:
    await store.put(20, NOIR, is_new=True)

    assert not await store.remove(21, "noir")
    assert await store.remove(20, "nOIR")
    assert not await store.remove(20, "Noir")
    assert await store.of(20) == []
