"""Settings in the store: saved whole or not at all, with their history, and never over another's head."""

import asyncio
import signal
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import SettingNotAllowed, SettingsChanged, SettingUnknown, ValueNotAllowed
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Change, Edit, restore, state, undo
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Stored, Target
from bot.storage.engine import Stores, open_store
from bot.storage.settings import SqlSettingsStore

HOUSE, OTHER = 20, 21
ALICE, BOB = 10, 11
CHANNEL = Target(Layer.CHANNEL, 30)


@pytest.fixture
def store(stores: Stores) -> SqlSettingsStore:
    return stores.settings


def edit(name: str, value: Value | None, target: Target = SERVER) -> Edit:
    return Edit(target=target, name=name, value=value)


async def save(
    store: SqlSettingsStore,
    *edits: Edit,
    guild_id: int = HOUSE,
    user_id: int = ALICE,
    revision: int | None = None,
    now: float = 1000.0,
) -> int:
    """Save, and return the revision of what has changed; if nothing has, the server's."""
    changes = await store.save(guild_id, edits, user_id=user_id, revision=revision, now=now)
    return changes[0].revision if changes else (await store.stored(guild_id))[0]


async def values(store: SqlSettingsStore, guild_id: int = HOUSE) -> dict[tuple[Target, str], Value]:
    return dict(state((await store.stored(guild_id))[1]))


async def test_a_server_that_nobody_set_up_has_nothing(store: SqlSettingsStore) -> None:
    assert await store.stored(HOUSE) == (0, [])
    assert await store.history(HOUSE) == []


async def test_what_is_saved_is_stored_with_its_revision(store: SqlSettingsStore) -> None:
    assert await save(store, edit("steps", 20)) == 1
    assert await save(store, edit("steps", 30, CHANNEL)) == 2

    revision, stored = await store.stored(HOUSE)
    assert revision == 2
    assert sorted(stored, key=lambda one: one.revision) == [
        Stored(target=SERVER, name="steps", value=20, revision=1),
        Stored(target=CHANNEL, name="steps", value=30, revision=2),
    ]


async def test_each_server_has_settings_of_its_own(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20))
    await save(store, edit("steps", 30), guild_id=OTHER)

    assert await values(store) == {(SERVER, "steps"): 20}
    assert await values(store, OTHER) == {(SERVER, "steps"): 30}


_VALUES = st.one_of(
    st.tuples(st.just("spoiler"), st.booleans()),
    st.tuples(st.just("steps"), st.integers(1, 20)),
    st.tuples(st.just("guidance_scale"), st.floats(0, 7)),
    st.tuples(
        st.just("negative_prompt"), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50)
    ),
    st.tuples(
        st.just("blocked_words"),
        st.lists(st.text("aäß😀'\"\\", min_size=1, max_size=9), unique=True).map(tuple),
    ),
)


@given(saves=st.lists(st.lists(_VALUES, min_size=1, max_size=3), min_size=1, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_value_is_read_as_it_was_saved(
    store: SqlSettingsStore, saves: list[list[tuple[str, Value]]]
) -> None:
    wanted = {(SERVER, name): value for edits in saves for name, value in edits}
    for edits in saves:
        await save(store, *(edit(name, value) for name, value in edits))

    found = {key: value for key, value in (await values(store)).items() if key in wanted}
    assert found == wanted
    assert {key: type(value) for key, value in found.items()} == {
        key: type(value) for key, value in wanted.items()
    }


async def test_a_change_says_who_when_and_from_what_to_what(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20))
    await save(store, edit("steps", None), user_id=BOB, now=1001.0)

    last, first = await store.history(HOUSE)
    assert first == Change(
        id=1, revision=1, at=1000.0, user_id=ALICE, target=SERVER, name="steps", before=None, after=20
    )
    assert last == Change(
        id=2, revision=2, at=1001.0, user_id=BOB, target=SERVER, name="steps", before=20, after=None
    )
    assert await values(store) == {}


async def test_the_changes_of_one_save_have_one_revision(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20), edit("count", 2), edit("steps", 25, CHANNEL))

    assert [(one.id, one.revision) for one in await store.history(HOUSE)] == [(3, 1), (2, 1), (1, 1)]


async def test_what_changes_nothing_is_not_written(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20))

    assert await save(store, edit("steps", 20), edit("count", None), now=2000.0) == 1
    assert [one.name for one in await store.history(HOUSE)] == ["steps"]


async def test_only_what_changes_of_a_save_is_written(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20))
    await save(store, edit("steps", 20), edit("count", 2))

    assert [(one.name, one.revision) for one in await store.history(HOUSE)] == [("count", 2), ("steps", 1)]


async def test_of_two_edits_of_one_value_the_last_is_saved(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20), edit("steps", 30))

    assert await values(store) == {(SERVER, "steps"): 30}
    assert [one.after for one in await store.history(HOUSE)] == [30]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (edit("stepz", 1), SettingUnknown),
        (edit("steps", "many"), ValueNotAllowed),
        (edit("retention_days", 7, CHANNEL), SettingNotAllowed),
    ],
)
async def test_one_wrong_edit_spoils_the_save(
    store: SqlSettingsStore, wrong: Edit, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await save(store, edit("count", 2), wrong)

    assert await store.stored(HOUSE) == (0, [])
    assert await store.history(HOUSE) == []


async def test_the_history_is_later_than_a_moment_and_no_longer_than_asked(store: SqlSettingsStore) -> None:
    for number in range(1, 6):
        await save(store, edit("steps", number), now=float(number))

    assert [one.after for one in await store.history(HOUSE, since=2.0)] == [5, 4, 3]
    assert [one.after for one in await store.history(HOUSE, limit=2)] == [5, 4]


async def test_another_servers_history_is_not_shown(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20), guild_id=OTHER)
    await save(store, edit("count", 2), edit("steps", 30), guild_id=OTHER)
    await save(store, edit("spoiler", True))  # noqa: FBT003 # the value of a setting

    assert [one.name for one in await store.history(HOUSE)] == ["spoiler"]
    assert [await store.change(HOUSE, number) for number in (2, 3)] == [None, None]
    mine = await store.change(HOUSE, 1)
    assert mine is not None
    assert mine.name == "spoiler"


async def test_a_change_is_undone_and_a_moment_restored(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 20), edit("count", 2), now=1.0)
    await save(store, edit("steps", 30), edit("spoiler", True), now=2.0)  # noqa: FBT003 # likewise
    await save(store, edit("count", None), now=3.0)
    change = await store.change(HOUSE, 3)
    assert change is not None
    await save(store, undo(change), now=4.0)
    assert (await values(store))[SERVER, "steps"] == 20

    await save(store, *restore(await store.history(HOUSE, since=1.0), 1.0), now=5.0)
    assert await values(store) == {(SERVER, "steps"): 20, (SERVER, "count"): 2}


async def test_the_later_of_two_moderators_is_told_what_changed(lasting_url: str) -> None:
    async with open_store(lasting_url) as mine, open_store(lasting_url) as theirs:
        await save(mine.settings, edit("steps", 20), edit("count", 2))
        seen, _ = await mine.settings.stored(HOUSE)
        await save(theirs.settings, edit("steps", 30), edit("spoiler", True), user_id=BOB, revision=seen)  # noqa: FBT003 # likewise
        with pytest.raises(SettingsChanged) as told:
            await save(mine.settings, edit("steps", 40), edit("count", 3), revision=seen)

        assert [(one.name, one.before, one.after, one.user_id) for one in told.value.changes] == [
            ("steps", 20, 30, BOB)
        ]
        assert (await values(mine.settings))[SERVER, "steps"] == 30
        assert (await values(mine.settings))[SERVER, "count"] == 2


async def test_of_two_moderators_at_once_one_is_told(lasting_url: str) -> None:
    async with open_store(lasting_url) as mine, open_store(lasting_url) as theirs:
        for revision in range(10):
            results = await asyncio.gather(
                save(mine.settings, edit("steps", 2 * revision + 1), revision=revision),
                save(theirs.settings, edit("steps", 2 * revision + 2), user_id=BOB, revision=revision),
                return_exceptions=True,
            )
            (told,) = [each for each in results if isinstance(each, SettingsChanged)]

            assert (revision + 1) in results
            assert [(SERVER, one.name) for one in told.changes] == [(SERVER, "steps")]
            assert told.changes[0].after == (await values(mine.settings))[SERVER, "steps"]


async def test_two_moderators_who_change_different_values_both_save(store: SqlSettingsStore) -> None:
    await save(store, edit("steps", 30), revision=0)
    await save(store, edit("steps", 31, CHANNEL), revision=0)
    await save(store, edit("count", 2), edit("steps", 30), user_id=BOB, revision=0)  # as it already is

    assert await values(store) == {
        (SERVER, "steps"): 30,
        (CHANNEL, "steps"): 31,
        (SERVER, "count"): 2,
    }


async def test_a_value_that_went_and_came_back_has_changed(store: SqlSettingsStore) -> None:
    seen = await save(store, edit("steps", 20))
    await save(store, edit("steps", 30))
    await save(store, edit("steps", 20))
    with pytest.raises(SettingsChanged) as told:
        await save(store, edit("steps", 40), revision=seen)

    assert [one.after for one in told.value.changes] == [30, 20]


# Saves once, and dies after so many statements of the second save; of all of them if there are fewer.
_DYING = """
import asyncio, os, signal, sys
from sqlalchemy import Engine, event
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import SERVER
from bot.storage.engine import open_store

left = [int(sys.argv[2])]

def count_down(*_):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)

async def save(settings, value):
    edits = [Edit(target=SERVER, name=name, value=value) for name in ("steps", "count", "reports_to_hide")]
    await settings.save(20, edits, user_id=10, revision=None, now=1.0)

async def main():
    async with open_store(sys.argv[1]) as stores:
        await save(stores.settings, 1)
        event.listen(Engine, "after_cursor_execute", count_down)
        await save(stores.settings, 2)
        print("saved", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


@pytest.mark.parametrize("statements", [2, 4, 6, 7, 99])
async def test_a_process_that_is_killed_saves_all_or_nothing(lasting_url: str, statements: int) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DYING, lasting_url, str(statements), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == -signal.SIGKILL
    saved = 2 if said else 1
    async with open_store(lasting_url) as stores:
        revision, stored = await stores.settings.stored(HOUSE)
        history = await stores.settings.history(HOUSE)

    assert saved == (2 if statements == 99 else 1)
    assert revision == saved
    assert sorted((one.name, one.value, one.revision) for one in stored) == [
        (name, saved, saved) for name in ("count", "reports_to_hide", "steps")
    ]
    assert [one.revision for one in history] == [2, 2, 2, 1, 1, 1][-3 * saved :]
