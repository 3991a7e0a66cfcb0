"""Saving settings: what the audit log says of it is what has changed, whoever else saves at the same time."""

import asyncio

import pytest

from bot.domain.moderation import Action
from bot.domain.settings.history import Edit
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER
from bot.storage.engine import Stores
from tests.fakes import all_houses

GUILD, ALICE, BOB = 2, 10, 11


def edits(**values: Value) -> list[Edit]:
    return [Edit(target=SERVER, name=name, value=value) for name, value in values.items()]


async def audit(stores: Stores) -> list[tuple[Action, str]]:
    return [(one.action, one.subject) for one in await stores.moderation.entries(GUILD, 100)]


async def test_of_two_saves_of_the_same_at_once_one_is_in_the_audit_log(stores: Stores) -> None:
    processes = [all_houses(stores, lambda: 1000.0) for _ in range(2)]
    for number in range(1, 11):
        entries = await asyncio.gather(
            *(
                houses.save(GUILD, edits(steps=number), user_id=user_id, revision=None)
                for houses, user_id in zip(processes, (ALICE, BOB), strict=True)
            )
        )
        [said] = [entry for entry in entries if entry is not None]
        [changed] = (await stores.settings.history(GUILD))[:1]

        assert (said.user_id, said.subject) == (changed.user_id, "steps")
        assert await audit(stores) == [(Action.SETTINGS, "steps")] * number


@pytest.mark.parametrize(("second", "said"), [({"steps": 20}, None), ({"steps": 20, "count": 2}, "count")])
async def test_only_what_has_changed_is_in_the_audit_log(
    stores: Stores, second: dict[str, int], said: str | None
) -> None:
    houses = all_houses(stores, lambda: 1000.0)
    await houses.save(GUILD, edits(steps=20), user_id=ALICE, revision=None)
    entry = await houses.save(GUILD, edits(**second), user_id=BOB, revision=None)

    assert (entry and entry.subject) == said
    assert await audit(stores) == [(Action.SETTINGS, name) for name in (said, "steps") if name]
