"""What is kept about people and servers: all of it is told, and forgotten but for what must stay."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import inspect, select, text

from bot.domain.allowance import DAY, NO_LIMIT, Charge, Scope
from bot.domain.credential import users
from bot.domain.errors import ReportRefused
from bot.domain.job import JobState, PictureRef
from bot.domain.moderation import MAX_REPORTS, Action, Block, Entry, Report
from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import SERVER, Target
from bot.domain.strikes import FORGOTTEN, Strikes
from bot.domain.styles import Style
from bot.domain.wish import Asker
from bot.storage.engine import Stores, open_store
from bot.storage.moderation import KEPT
from tests.storage.raw import connected
from tests.storage.samples import KEY, PLACE, job

ALICE, BOB = 987654321987654321, 11
HOUSE, OTHER = 20, 21
NOW = 400 * DAY
LATER = NOW + 2 * DAY
TOKEN = "hf_secret-token"
NOIR = Style(name="Noir", after="rain")
NO_LIMITS = dict.fromkeys(Scope, NO_LIMIT)


async def draw(
    stores: Stores, name: str, *, user_id: int = ALICE, at: float = NOW, guild_id: int = HOUSE
) -> None:
    """Go through all of a job's life: two pictures, of which one is drawn, kept and delivered."""
    asker = Asker(user_id=user_id, guild_id=guild_id, channel_id=30)
    await stores.limits.reserve(name, asker, 2, NO_LIMITS, at)
    await stores.jobs.add(
        job(name, user_id=user_id, guild_id=guild_id, pictures=2, private=True, place=PLACE, created_at=at)
    )
    await stores.jobs.keep(PictureRef(name, 0), b"PNG secret bytes", 1.0)
    await stores.jobs.delivered(name, PLACE)
    await stores.limits.settle(name, 1)


async def live_a_life(stores: Stores) -> None:
    """Have two users of one server do all that is written down."""
    await draw(stores, "fox", at=NOW - 2 * DAY)
    await draw(stores, "owl", user_id=BOB)
    await stores.limits.reserve("cat", Asker(user_id=ALICE, guild_id=None, channel_id=31), 1, NO_LIMITS, NOW)
    for user_id in (ALICE, BOB):
        for name in ("fox", "owl"):
            await stores.jobs.set_favourite(user_id, PictureRef(name, 0), on=True, now=NOW)
        await stores.limits.strike(user_id, NOW)
        await stores.tokens.link(user_id, TOKEN)
        clock = QuotaClock(
            credential=users(user_id, TOKEN).id, kind=QuotaKind.RUNS, until=NOW + 9, stated=True, noted_at=NOW
        )
        await stores.quotas.start(clock)
        await stores.privacy.accept(user_id, NOW)
        await stores.moderation.block(
            Block(guild_id=HOUSE, user_id=user_id, by=99, reason="spam", at=NOW, until=None)
        )
        await stores.moderation.note(Entry(guild_id=HOUSE, at=NOW, user_id=user_id, action=Action.STYLE))
        steps = Edit(target=Target(Layer.CHANNEL, user_id % 7), name="steps", value=20)
        await stores.settings.save(HOUSE, [steps], user_id=user_id, revision=None, now=NOW)
    await stores.moderation.report(
        Report(job_id="owl", guild_id=HOUSE, user_id=ALICE, reason="mine is better", at=NOW)
    )
    await stores.moderation.report(Report(job_id="fox", guild_id=HOUSE, user_id=BOB, reason="hers", at=NOW))


def tables_with(url: str, word: str) -> Counter[str]:
    """Count the rows of each table in which a word or number is."""
    found: Counter[str] = Counter()
    with connected(url) as connection:
        for table in inspect(connection).get_table_names():
            rows = connection.execute(select(text("*")).select_from(text(f'"{table}"')))
            found[table] += sum(any(word in str(value) for value in row) for row in rows)
    return +found


async def test_the_rules_are_accepted_once(stores: Stores) -> None:
    assert not await stores.privacy.accepted(ALICE)
    await stores.privacy.accept(ALICE, 1.0)
    await stores.privacy.accept(ALICE, 2.0)

    assert await stores.privacy.accepted(ALICE)
    assert not await stores.privacy.accepted(BOB)
    assert (await stores.privacy.export(ALICE))["accepted_at"] == 1.0


async def test_of_a_stranger_nothing_is_kept(stores: Stores) -> None:
    await live_a_life(stores)
    told = await stores.privacy.export(12)

    assert {name: value for name, value in told.items() if value} == {"user_id": "12"}


async def test_a_user_is_told_all_that_is_kept_about_them(stores: Stores) -> None:
    await live_a_life(stores)
    told = await stores.privacy.export(ALICE)

    assert json.loads(json.dumps(told)) == told
    assert {name: len(value) for name, value in told.items() if isinstance(value, list)} == {
        "jobs": 1,
        "favourites": 2,
        "charges": 2,
        "quota_clocks": 1,
        "reports": 1,
        "blocks": 1,
        "setting_changes": 1,
        "audit": 1,
    }
    assert (told["user_id"], told["has_token"], told["accepted_at"]) == (str(ALICE), True, NOW)
    assert told["strikes"] == {"count": 1, "last_at": NOW}
    assert told["reports"][0]["reason"] == "mine is better"
    assert told["setting_changes"][0] == {
        "guild_id": "20",
        "at": NOW,
        "layer": "channel",
        "target_id": str(ALICE % 7),
        "name": "steps",
        "before": None,
        "after": 20,
    }


async def test_a_user_is_told_of_each_picture_what_it_was_drawn_from_and_where_it_is(stores: Stores) -> None:
    await draw(stores, "fox")
    (told,) = (await stores.privacy.export(ALICE))["jobs"]

    assert (told["state"], told["reply"]) == ("delivered", {"channel_id": "30", "message_id": "40"})
    drawn, missing = told["pictures"]
    assert drawn == {
        "index": 0,
        "prompt": "a fox",
        "negative_prompt": "",
        "width": 1024,
        "height": 1024,
        "guidance_scale": 4.5,
        "steps": 40,
        "seed": "7",
        "model": "sd-3.5",
        "seconds": 1.0,
        "channel_id": "30",
        "message_id": "40",
        "has_file": True,
    }
    assert (missing["seconds"], missing["has_file"]) == (None, False)


async def test_what_a_user_is_told_holds_no_secret_and_nobody_else(stores: Stores) -> None:
    await live_a_life(stores)
    told = json.dumps(await stores.privacy.export(ALICE))

    assert "a fox" in told
    for secret in ("secret", "hf_", "gAAAA", KEY, PLACE.token, "hers", '"99"', f'"{BOB}"'):
        assert str(secret) not in told


async def test_after_deletion_only_what_must_stay_names_the_user(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await live_a_life(stores)
        assert await stores.privacy.delete_user(ALICE, NOW) == 1
        assert await stores.limits.live() == [Charge(job_id="cat", at=NOW, pictures=1)]
        assert await stores.limits.charges(Scope.USER, ALICE, 0.0) == await stores.limits.live()

    assert tables_with(lasting_url, str(ALICE)) == {
        "charges": 1,
        "strikes": 1,
        "reports": 1,
        "blocks": 1,
        "audit": 1,
    }
    for gone in ("mine is better", "hers"):
        assert tables_with(lasting_url, gone) == {}
    # Nor is anything left of the job that she does not share with Bob's.
    assert tables_with(lasting_url, "fox") == {"pictures": 2}  # "a fox" is his prompt too


async def test_what_has_ended_by_then_goes_with_the_rest(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await live_a_life(stores)
        await stores.limits.settle("cat", 1)
        await stores.privacy.delete_user(ALICE, LATER)

    assert tables_with(lasting_url, str(ALICE)) == {"blocks": 1, "audit": 1}


async def test_deletion_leaves_everybody_else_as_they_were(stores: Stores) -> None:
    await live_a_life(stores)
    before = await stores.privacy.export(BOB)
    await stores.privacy.delete_user(ALICE, NOW)
    after = await stores.privacy.export(BOB)

    favourites = [one for one in before["favourites"] if one["job_id"] == "owl"]
    assert after == {**before, "favourites": favourites, "reports": []}  # those of her pictures
    assert await stores.tokens.linked(BOB) == TOKEN


async def test_a_change_of_settings_stays_and_names_nobody(stores: Stores) -> None:
    await live_a_life(stores)
    await stores.privacy.delete_user(ALICE, NOW)

    assert [(one.user_id, one.after) for one in await stores.settings.history(HOUSE)] == [(BOB, 20), (0, 20)]
    assert (await stores.settings.stored(HOUSE))[0] == 2


async def test_deletion_allows_no_more_than_before(stores: Stores) -> None:
    for number in range(MAX_REPORTS + 1):
        await draw(stores, f"owl-{number}", user_id=BOB)
    await draw(stores, "fox")
    reports = [
        Report(job_id=f"owl-{n}", guild_id=HOUSE, user_id=ALICE, reason="", at=NOW)
        for n in range(MAX_REPORTS + 1)
    ]
    for report in reports[:-1]:
        await stores.moderation.report(report)
    await stores.limits.strike(ALICE, NOW)
    await stores.privacy.delete_user(ALICE, NOW + 1)

    assert await stores.limits.charges(Scope.USER, ALICE, 0.0) == [
        Charge(job_id="fox", at=NOW, pictures=1, is_live=False)
    ]
    assert await stores.limits.strikes(ALICE) == Strikes(1, NOW)
    with pytest.raises(ReportRefused, match="too many"):
        await stores.moderation.report(reports[-1])


async def test_deletion_spares_users_whose_ids_begin_alike(stores: Stores) -> None:
    longer = int(f"{BOB}2")
    for user_id in (BOB, longer):
        clock = QuotaClock(
            credential=users(user_id, TOKEN).id, kind=QuotaKind.RUNS, until=9.0, stated=True, noted_at=1.0
        )
        await stores.quotas.start(clock)
    await stores.privacy.delete_user(BOB, NOW)

    assert [one.credential for one in await stores.quotas.clocks(1.0)] == [users(longer, TOKEN).id]


async def test_who_has_nothing_has_nothing_to_forget(stores: Stores) -> None:
    assert await stores.privacy.delete_user(ALICE, NOW) == 0


async def keep_a_server(stores: Stores, guild_id: int) -> None:
    name = f"fox-{guild_id % 1000}"
    await draw(stores, name, user_id=BOB, guild_id=guild_id)
    report = Report(job_id=name, guild_id=guild_id, user_id=ALICE, reason="", at=NOW)
    await stores.moderation.report(report)
    steps = Edit(target=SERVER, name="steps", value=20)
    await stores.settings.save(guild_id, [steps], user_id=BOB, revision=None, now=NOW)
    await stores.styles.put(guild_id, NOIR, is_new=True)
    await stores.moderation.block(
        Block(guild_id=guild_id, user_id=ALICE, by=BOB, reason="", at=NOW, until=None)
    )
    await stores.moderation.note(Entry(guild_id=guild_id, at=NOW, user_id=BOB, action=Action.BLOCK))


async def test_a_server_that_was_left_is_forgotten_after_its_grace(lasting_url: str) -> None:
    left = 123456789123456789
    async with open_store(lasting_url, [KEY]) as stores:
        for guild_id in (left, OTHER):
            await keep_a_server(stores, guild_id)
        await stores.privacy.left(left, NOW)
        await stores.privacy.left(left, NOW + 9)  # said again at the next start

        assert await stores.privacy.forget(NOW + 5 * DAY, 5 * DAY) == 0
        kept = tables_with(lasting_url, str(left))
        assert await stores.privacy.forget(NOW + 5 * DAY + 1, 5 * DAY) == 1

    assert kept.keys() >= {"jobs", "reports", "settings", "setting_changes", "styles", "blocks", "audit"}
    assert tables_with(lasting_url, str(left)) == {}
    assert tables_with(lasting_url, "Noir") == {"styles": 1}


async def test_a_server_that_is_joined_again_is_not_forgotten(stores: Stores) -> None:
    await keep_a_server(stores, HOUSE)
    await stores.privacy.left(HOUSE, NOW)
    await stores.privacy.joined(HOUSE)
    await stores.privacy.joined(OTHER)

    assert await stores.privacy.forget(NOW + 99 * DAY, DAY) == 0
    assert await stores.styles.of(HOUSE) == [NOIR]


async def test_the_servers_of_which_more_is_kept_than_of_their_guests_are_known(stores: Stores) -> None:
    await stores.jobs.add(job("fox", guild_id=1))
    await stores.jobs.add(job("owl", guild_id=None))
    await draw(stores, "cat", guild_id=6)  # a guest's, which is private
    await stores.moderation.note(Entry(guild_id=6, at=NOW, user_id=ALICE, action=Action.REFUSED))
    await stores.styles.put(2, NOIR, is_new=True)
    await stores.moderation.block(Block(guild_id=3, user_id=ALICE, by=BOB, reason="", at=NOW, until=None))
    await stores.moderation.note(Entry(guild_id=4, at=NOW, user_id=BOB, action=Action.PAUSE))
    steps = Edit(target=SERVER, name="steps", value=20)
    await stores.settings.save(5, [steps], user_id=BOB, revision=None, now=NOW)
    await stores.settings.save(5, [replace(steps, value=None)], user_id=BOB, revision=None, now=NOW)

    assert sorted(await stores.privacy.servers()) == [1, 2, 3, 4, 5]


async def test_jobs_are_kept_for_as_many_days_as_their_server_sets(stores: Stores) -> None:
    for guild_id, days in ((HOUSE, 2), (OTHER, 0)):
        await stores.settings.save(
            guild_id,
            [Edit(target=SERVER, name="retention_days", value=days)],
            user_id=BOB,
            revision=None,
            now=NOW,
        )
    for guild_id in (HOUSE, OTHER, 22):
        for age in (1, 2, 3):
            await draw(stores, f"{guild_id}-{age}", guild_id=guild_id, at=NOW - age * DAY)

    assert await stores.privacy.forget(NOW, DAY) == 1
    kept = {picture.job.id for picture in await stores.jobs.last(ALICE, 99)}
    assert kept == {f"{guild_id}-{age}" for guild_id in (HOUSE, OTHER, 22) for age in (1, 2, 3)} - {"20-3"}
    assert await stores.jobs.image(PictureRef("20-3", 0)) is None


@pytest.mark.parametrize("state", JobState)
async def test_a_job_that_something_may_still_become_of_is_kept(stores: Stores, state: JobState) -> None:
    week = Edit(target=SERVER, name="retention_days", value=7)
    await stores.settings.save(HOUSE, [week], user_id=BOB, revision=None, now=NOW)
    await stores.jobs.add(job(state=state, created_at=NOW - 8 * DAY))

    assert await stores.privacy.forget(NOW, DAY) == state.is_final
    assert (await stores.jobs.get("fox") is None) == state.is_final


async def test_what_counts_no_more_is_forgotten(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await draw(stores, "fox")
        report = Report(job_id="fox", guild_id=HOUSE, user_id=BOB, reason="", at=NOW)
        await stores.moderation.report(report)
        await stores.moderation.block(
            Block(guild_id=HOUSE, user_id=ALICE, by=BOB, reason="", at=NOW, until=NOW + KEPT)
        )
        await stores.moderation.note(Entry(guild_id=HOUSE, at=NOW, user_id=BOB, action=Action.BLOCK))
        await stores.limits.strike(ALICE, NOW + KEPT - FORGOTTEN)
        names = ("reports", "blocks", "audit", "strikes")

        await stores.privacy.forget(NOW + KEPT - 1, DAY)
        before = {name for name in names if tables_with(lasting_url, "")[name]}
        await stores.privacy.forget(NOW + KEPT + 1, DAY)
        after = {name for name in names if tables_with(lasting_url, "")[name]}

    assert before == set(names)
    assert after == set()
