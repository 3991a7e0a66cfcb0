"""The quota that the figures show: of the operator's tokens, never of members'."""

from bot.domain.credential import operators
from bot.domain.quota_clock import QuotaClock, QuotaKind
from bot.jobs.accounts import Accounts
from bot.storage.engine import open_store
from tests.fakes import ScriptedHub
from tests.storage.samples import KEY

FIRST, SECOND, THIRD = operators(["hf_first", "hf_second", "hf_third"])


async def test_each_token_has_what_is_left_and_none_has_what_nobody_says() -> None:
    hub = ScriptedHub()
    hub.left = {"hf_first": 90.0, "hf_second": None, "hf_third": 40.0, "hf_of_alice": 7.0}
    async with open_store("sqlite://", [KEY]) as stores:
        accounts = Accounts([FIRST, SECOND, THIRD], stores.tokens, stores.quotas, hub, clock=lambda: 1000.0)
        await accounts.link(10, "hf_of_alice")
        await accounts.choose(10)  # which asks for what is left of hers

        assert await accounts.operators_left() == {FIRST.id: 90.0, THIRD.id: 40.0}


async def test_a_token_whose_clock_runs_has_none_left_and_nobody_is_asked() -> None:
    hub = ScriptedHub()
    hub.left = {"hf_first": 90.0}
    async with open_store("sqlite://") as stores:
        clock = QuotaClock(
            credential=FIRST.id, kind=QuotaKind.SECONDS, until=2000.0, stated=True, noted_at=900.0
        )
        await stores.quotas.start(clock)
        accounts = Accounts([FIRST], stores.tokens, stores.quotas, hub, clock=lambda: 1000.0)

        assert await accounts.operators_left() == {FIRST.id: 0.0}
        assert hub.asked == []


async def test_the_figures_are_asked_for_often_and_the_service_seldom() -> None:
    hub, now = ScriptedHub(), [1000.0]
    hub.left = {"hf_first": 90.0}
    async with open_store("sqlite://") as stores:
        accounts = Accounts([FIRST], stores.tokens, stores.quotas, hub, clock=lambda: now[0])
        for now[0] in range(1000, 1060, 5):
            await accounts.operators_left()

    assert hub.asked == ["hf_first"]
