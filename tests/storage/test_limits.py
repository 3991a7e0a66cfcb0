"""Allowances in the store: charged whole or not at all, given back, and never more than allowed."""

import asyncio
import contextlib
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.allowance import DAY, NO_LIMIT, Charge, RateLimit, Scope
from bot.domain.errors import LimitReached, RateLimited, TooManyAtOnce, TooManyForLimit
from bot.domain.strikes import FORGOTTEN, Strikes
from bot.domain.usage import Usage
from bot.domain.wish import Asker
from bot.storage.engine import Stores, open_store
from bot.storage.limits import KEPT, SqlLimitStore
from tests.storage.raw import say

ALICE = Asker(user_id=10, guild_id=20, channel_id=30)
BOB = replace(ALICE, user_id=11)
FIVE_A_DAY = RateLimit(daily=5)
NOW = 1_000_000.0


@pytest.fixture
def limits(stores: Stores) -> SqlLimitStore:
    return stores.limits


def only(**by_scope: RateLimit) -> Mapping[Scope, RateLimit]:
    return {scope: by_scope.get(scope.value, NO_LIMIT) for scope in Scope}


NONE = only()


async def ask(
    store: SqlLimitStore,
    name: str,
    *,
    asker: Asker = ALICE,
    pictures: int = 1,
    now: float = NOW,
    allowed: Mapping[Scope, RateLimit] = NONE,
) -> None:
    await store.reserve(name, asker, pictures, allowed, now)


async def count_allowed(*calls: "asyncio.Future[None] | asyncio.Task[None]") -> int:
    results = await asyncio.gather(*calls, return_exceptions=True)
    refused = [each for each in results if isinstance(each, RateLimited)]
    assert len(refused) + results.count(None) == len(results)
    return results.count(None)


async def test_a_charge_counts_in_each_scope_that_the_job_is_in(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", pictures=3)
    charge = Charge(job_id="fox", at=NOW, pictures=3)

    for scope, key in ((Scope.USER, 10), (Scope.CHANNEL, 30), (Scope.SERVER, 20), (Scope.BOT, 0)):
        assert await limits.charges(scope, key, 0.0) == [charge]
    for scope, key in ((Scope.USER, 30), (Scope.CHANNEL, 20), (Scope.SERVER, 10)):
        assert await limits.charges(scope, key, 0.0) == []


@pytest.mark.parametrize(
    ("scope", "elsewhere"),
    [
        ("user", replace(ALICE, user_id=99)),
        ("channel", replace(ALICE, channel_id=99)),
        ("server", replace(ALICE, guild_id=99)),
        ("server", replace(ALICE, guild_id=None)),
    ],
)
async def test_the_limit_of_each_scope_holds_there_and_not_elsewhere(
    limits: SqlLimitStore, scope: str, elsewhere: Asker
) -> None:
    await ask(limits, "fox", pictures=5, allowed=only(**{scope: FIVE_A_DAY}))
    with pytest.raises(LimitReached) as refused:
        await ask(limits, "owl", allowed=only(**{scope: FIVE_A_DAY}))
    await ask(limits, "elk", asker=elsewhere, allowed=only(**{scope: FIVE_A_DAY}))

    assert (refused.value.scope, refused.value.left, refused.value.frees_at) == (Scope(scope), 0, NOW + DAY)


async def test_the_limit_of_the_bot_holds_everywhere(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", pictures=5, allowed=only(bot=FIVE_A_DAY))
    with pytest.raises(LimitReached):
        await ask(
            limits, "owl", asker=Asker(user_id=1, guild_id=None, channel_id=2), allowed=only(bot=FIVE_A_DAY)
        )


async def test_what_one_limit_refuses_is_charged_to_none(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", asker=BOB, pictures=5, allowed=only(server=FIVE_A_DAY))
    with pytest.raises(LimitReached):
        await ask(limits, "owl", allowed=only(user=FIVE_A_DAY, server=FIVE_A_DAY))

    assert await limits.charges(Scope.USER, 10, 0.0) == []


async def test_more_than_is_ever_allowed_is_refused_for_good(limits: SqlLimitStore) -> None:
    with pytest.raises(TooManyForLimit):
        await ask(limits, "fox", pictures=6, allowed=only(user=FIVE_A_DAY))


async def test_jobs_at_once_are_counted_however_long_they_wait(limits: SqlLimitStore) -> None:
    one = RateLimit(at_once=1, burst=9, cooldown=1.0)
    await ask(limits, "fox", allowed=only(user=one))
    with pytest.raises(TooManyAtOnce):
        await ask(limits, "owl", now=NOW + 3600, allowed=only(user=one))
    await limits.settle("fox", 1)
    await ask(limits, "owl", now=NOW + 3600, allowed=only(user=one))

    assert [charge.job_id for charge in await limits.live()] == ["owl"]


async def test_a_job_that_asks_again_is_charged_once(limits: SqlLimitStore) -> None:
    for now in (NOW, NOW + 1):
        await ask(limits, "fox", pictures=5, now=now, allowed=only(user=FIVE_A_DAY))

    assert await limits.live() == [Charge(job_id="fox", at=NOW + 1, pictures=5)]


async def test_a_charge_is_dated_anew_when_the_work_starts(limits: SqlLimitStore) -> None:
    await ask(limits, "fox")
    await limits.begin("fox", NOW + 60)

    assert await limits.live() == [Charge(job_id="fox", at=NOW + 60, pictures=1)]


async def test_what_was_not_drawn_is_given_back(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", pictures=4)
    await limits.settle("fox", 3)

    assert await limits.charges(Scope.USER, 10, 0.0) == [
        Charge(job_id="fox", at=NOW, pictures=3, is_live=False)
    ]


async def test_a_job_of_which_nothing_was_drawn_was_never_charged(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", pictures=5, allowed=only(user=FIVE_A_DAY))
    await limits.settle("fox", 0)
    await ask(limits, "owl", pictures=5, allowed=only(user=FIVE_A_DAY))

    assert [charge.job_id for charge in await limits.charges(Scope.USER, 10, 0.0)] == ["owl"]


async def test_a_job_that_has_ended_is_not_ended_again(limits: SqlLimitStore) -> None:
    await ask(limits, "fox", pictures=4)
    for pictures in (3, 0, 4):
        await limits.settle("fox", pictures)

    assert [charge.pictures for charge in await limits.charges(Scope.USER, 10, 0.0)] == [3]


async def test_old_charges_are_asked_for_no_more_but_live_ones_are(limits: SqlLimitStore) -> None:
    for name, now in (("old", NOW), ("waits", NOW), ("new", NOW + 2)):
        await ask(limits, name, now=now)
    for name in ("old", "new"):
        await limits.settle(name, 1)

    assert {charge.job_id for charge in await limits.charges(Scope.USER, 10, NOW + 1)} == {"waits", "new"}


async def test_old_charges_are_let_go(limits: SqlLimitStore) -> None:
    for name in ("old", "waits"):
        await ask(limits, name, now=NOW)
    await limits.settle("old", 1)
    await ask(limits, "new", now=NOW + KEPT + 1)

    assert {charge.job_id for charge in await limits.charges(Scope.USER, 10, 0.0)} == {"waits", "new"}


async def test_a_clock_that_was_set_back_locks_nobody_out_for_longer_than_a_window(
    limits: SqlLimitStore,
) -> None:
    await ask(limits, "fox", pictures=5, now=NOW + 3600, allowed=only(user=FIVE_A_DAY))
    with pytest.raises(LimitReached) as refused:
        await ask(limits, "owl", asker=ALICE, now=NOW, allowed=only(user=FIVE_A_DAY))
    assert refused.value.frees_at == NOW + DAY
    await ask(limits, "elk", asker=BOB, now=NOW)
    await ask(limits, "owl", now=NOW + DAY, allowed=only(user=FIVE_A_DAY))

    assert {charge.at for charge in await limits.charges(Scope.SERVER, 20, 0.0)} == {NOW, NOW + DAY}


async def test_of_a_hundred_calls_at_once_as_many_as_are_allowed_succeed(limits: SqlLimitStore) -> None:
    calls = [
        asyncio.ensure_future(ask(limits, str(n), allowed=only(user=RateLimit(daily=7)))) for n in range(100)
    ]

    assert await count_allowed(*calls) == 7
    assert len(await limits.live()) == 7


async def test_and_of_a_hundred_through_two_connections_to_one_file(lasting_url: str) -> None:
    async with open_store(lasting_url) as one, open_store(lasting_url) as other:
        calls = [
            asyncio.ensure_future(ask(stores.limits, f"{name}{n}", allowed=only(user=RateLimit(at_once=7))))
            for n in range(50)
            for name, stores in (("a", one), ("b", other))
        ]

        assert await count_allowed(*calls) == 7
        assert await one.limits.live() == await other.limits.live()


# Waits for a word, and then asks for pictures 25 times at once.
_PROCESS = """
import asyncio, sys
from bot.domain.allowance import NO_LIMIT, RateLimit, Scope
from bot.domain.errors import RateLimited
from bot.domain.wish import Asker
from bot.storage.engine import open_store

LIMITS = {**dict.fromkeys(Scope, NO_LIMIT), Scope.USER: RateLimit(daily=37)}

async def main():
    async with open_store(sys.argv[1]) as stores:
        print("ready", flush=True)
        sys.stdin.readline()
        asker = Asker(user_id=10, guild_id=20, channel_id=30)
        names = [f"{sys.argv[2]}-{number}" for number in range(25)]
        asked = (stores.limits.reserve(name, asker, 1, LIMITS, 1000.0) for name in names)
        answers = await asyncio.gather(*asked, return_exceptions=True)
        refused = [one for one in answers if isinstance(one, RateLimited)]
        assert len(refused) + answers.count(None) == 25, answers
        print(answers.count(None))

asyncio.run(main())
"""


async def test_of_a_hundred_calls_from_four_processes_as_many_as_are_allowed_succeed(
    lasting_url: str,
) -> None:
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROCESS, lasting_url, name, stdin=pipe, stdout=pipe
        )
        for name in "abcd"
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    allowed = [int(words) for words, _ in said]
    async with open_store(lasting_url) as stores:
        charged = await stores.limits.live()

    assert sum(allowed) == len(charged) == 37


STEPS = st.lists(
    st.tuples(
        st.floats(-50, 50),  # how the clock goes on
        st.integers(1, 3),  # pictures asked for
        st.integers(-1, 3),  # pictures drawn; less than 0 for none yet
        st.booleans(),  # whether the work starts
    ),
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
async def test_whatever_happens_no_window_has_more_than_allowed(
    lasting_url: str, steps: list[tuple[float, int, int, bool]]
) -> None:
    limit = RateLimit(burst=4, cooldown=10.0)
    now = latest = NOW
    drawn: list[tuple[float, int]] = []  # when it was asked for, by a clock that only goes on
    async with open_store(lasting_url) as stores:
        say(lasting_url, "DELETE FROM charges")
        for number, (seconds, pictures, used, starts) in enumerate(steps):
            now += seconds
            latest += max(seconds, 0.0)
            with contextlib.suppress(RateLimited):
                await ask(stores.limits, str(number), pictures=pictures, now=now, allowed=only(user=limit))
                if starts:
                    await stores.limits.begin(str(number), now)
                kept = pictures if used < 0 else min(used, pictures)
                await stores.limits.settle(str(number), kept)
                drawn.append((latest, kept))

    for end, _ in drawn:
        assert sum(count for at, count in drawn if end - 40.0 < at <= end) <= 4


async def test_usage_is_the_pictures_of_each_user_on_each_day(limits: SqlLimitStore) -> None:
    midnight = 20_001 * DAY  # a day that bankers' rounding would take for the one before
    for name, asker, pictures, now in (
        ("before", ALICE, 1, midnight - 1),
        ("a", ALICE, 3, midnight),
        ("elsewhere", replace(ALICE, guild_id=21), 1, midnight),
        ("direct", replace(ALICE, guild_id=None), 1, midnight),
        ("is drawn", BOB, 1, midnight),
        ("b", BOB, 1, midnight + 5),
        ("c", ALICE, 2, midnight + DAY - 1),
        ("d", ALICE, 4, midnight + DAY),
    ):
        await ask(limits, name, asker=asker, pictures=pictures, now=now)
        if name != "is drawn":
            await limits.settle(name, pictures)
    first, second = date(2024, 10, 5), date(2024, 10, 6)

    assert await limits.usage(20, midnight) == [
        Usage(10, first, 5),
        Usage(11, first, 1),
        Usage(10, second, 4),
    ]


async def test_who_never_met_used_up_quota_has_no_strikes(limits: SqlLimitStore) -> None:
    assert await limits.strikes(10) is None


async def test_strikes_are_counted_for_each_user(limits: SqlLimitStore) -> None:
    assert [await limits.strike(10, NOW + n) for n in range(2)] == [Strikes(1, NOW), Strikes(2, NOW + 1)]
    assert await limits.strikes(10) == Strikes(2, NOW + 1)
    assert await limits.strikes(11) is None


async def test_after_a_clean_day_they_are_counted_from_the_start(limits: SqlLimitStore) -> None:
    await limits.strike(10, NOW)

    assert await limits.strike(10, NOW + FORGOTTEN) == Strikes(1, NOW + FORGOTTEN)


async def test_no_strike_is_lost_among_many_at_once(limits: SqlLimitStore) -> None:
    await asyncio.gather(*(limits.strike(10, NOW) for _ in range(50)))

    assert await limits.strikes(10) == Strikes(50, NOW)
