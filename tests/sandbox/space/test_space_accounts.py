"""Whose quota a picture takes, when it is gone, and when it returns."""

import json
from typing import Any

import pytest

from bot.sandbox.space import Budget, Mood, Outcome
from tests.sandbox.space.conftest import Visit
from tests.sandbox.space.visitor import ASKED, Visitor, named

ONE, TWO, STRANGER = "hf_one", "hf_two", "hf_stranger"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


async def ask(visitor: Visitor, token: str | None = None) -> list[dict[str, Any]]:
    """Ask for a picture under a token, and return every message about it."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    status, body = await visitor.post("/call/infer", {"data": list(ASKED.values())}, **headers)
    assert status == 200
    async with visitor.reading(json.loads(body)["event_id"]) as stream:
        return await stream.rest()


async def said(visitor: Visitor, token: str | None = None) -> str | None:
    """Ask for a picture; return what is said in its place, None for a picture."""
    output = named(await ask(visitor, token), "process_completed")[0]["output"]
    return None if "data" in output else str(output["error"])


async def hub(visitor: Visitor, path: str, token: str | None = ONE) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    status, body = await visitor.get(visitor.space.url + path, **headers)
    return status, json.loads(body)


async def seconds_left(visitor: Visitor, token: str) -> Any:
    return (await hub(visitor, "/api/spaces/zero-gpu/quota", token))[1]["current"]


async def test_each_account_has_a_quota_of_its_own(visit: Visit) -> None:
    visitor = await visit(budget=Budget(0), accounts={ONE: Budget(1), TWO: None})

    assert [await said(visitor, token) is None for token in (ONE, ONE, TWO, TWO, None)] == [
        True,
        False,
        True,
        True,
        False,
    ]


async def test_the_ledger_says_whose_quota_drew_which_picture(visit: Visit) -> None:
    visitor = await visit(accounts={ONE: Budget(1), TWO: None})
    for token in (ONE, ONE, TWO, None):
        await said(visitor, token)

    drawn = visitor.space.ledger.with_outcome(Outcome.COMPLETED)
    assert [posted.token for posted in visitor.space.requests] == [ONE, ONE, TWO, None]
    assert [posted.token for posted in drawn] == [ONE, TWO, None]


async def test_a_quota_is_whole_again_some_time_after_it_was_used_up(visit: Visit) -> None:
    clock = Clock()
    visitor = await visit(budget=Budget.returning(2, period=60.0), clock=clock)
    times = [1000.0, 1030.0, 1089.5, 1090.0, 1200.0, 1259.0, 1260.0]
    told = []
    for clock.now in times:
        told.append(await said(visitor))

    assert [words is None for words in told] == [True, True, False, True, True, False, True]
    assert told[2] == "You have exceeded your GPU quota (65s requested vs. 0s left). Try again in 0:00:01"


async def test_a_wait_is_never_said_to_be_shorter_than_it_is(visit: Visit) -> None:
    visitor = await visit(budget=Budget(0, until=1000.2), clock=Clock())

    assert (await said(visitor) or "").endswith("Try again in 0:00:01")


async def test_a_quota_of_runs_says_nothing_of_seconds(visit: Visit) -> None:
    visitor = await visit(accounts={ONE: Budget(1, counts_runs=True)})
    await said(visitor, ONE)

    assert (await said(visitor, ONE) or "").startswith("You have exceeded your ZeroGPU runs limit. ")


async def test_what_fails_for_another_reason_takes_no_quota(visit: Visit) -> None:
    visitor = await visit(budget=Budget(1), mood=Mood.CRASH)
    await said(visitor)
    visitor.space.mood = Mood.CALM

    assert await said(visitor) is None


async def test_an_unknown_token_counts_as_none_and_is_told(visit: Visit) -> None:
    visitor = await visit(budget=Budget(1), accounts={ONE: None})

    logs = [log["log"] for log in named(await ask(visitor, STRANGER), "log")]

    assert logs[0] == "Falling back to IP-based quotas (Invalid token)"
    assert await said(visitor) is not None


async def test_or_is_refused(visit: Visit) -> None:
    visitor = await visit(accounts={ONE: None}, refuses_strangers=True)

    answers = [
        (await visitor.post("/call/infer", {"data": list(ASKED.values())}, Authorization=f"Bearer {token}"))[
            0
        ]
        for token in (STRANGER, ONE)
    ]

    assert answers == [401, 200]
    assert (await visitor.ask())[0] == 200


# --- the hub


async def test_the_hub_knows_its_accounts(visit: Visit) -> None:
    visitor = await visit(accounts={ONE: None})

    statuses = [(await hub(visitor, "/api/whoami-v2", token))[0] for token in (ONE, STRANGER, None)]

    assert statuses == [200, 401, 401]


async def test_the_hub_says_what_is_left(visit: Visit) -> None:
    clock = Clock()
    visitor = await visit(accounts={ONE: Budget.returning(2, period=60.0), TWO: None}, clock=clock)
    left = []
    for _ in range(3):
        left.append(await seconds_left(visitor, ONE))
        await said(visitor, ONE)
    _, body = await hub(visitor, "/api/spaces/zero-gpu/quota")
    clock.now = 1060.0
    left.append(await seconds_left(visitor, ONE))

    assert left == [130, 65, 0, 130]
    assert body["resetsAt"] == "1970-01-01T00:17:40+00:00"
    assert await seconds_left(visitor, TWO) == 2400


async def test_of_runs_the_hub_says_how_many_and_seconds_are_left_all_the_same(visit: Visit) -> None:
    visitor = await visit(accounts={ONE: Budget(3, counts_runs=True)})

    _, body = await hub(visitor, "/api/spaces/zero-gpu/quota")

    assert (body["current"], body["runs"]["remaining"]) == (2400, 3)


@pytest.mark.parametrize("path", ["/api/whoami-v2", "/api/spaces/zero-gpu/quota"])
async def test_the_hub_can_be_switched_off(visit: Visit, path: str) -> None:
    visitor = await visit(accounts={ONE: None}, has_hub=False)

    assert await hub(visitor, path) == (404, {"detail": "Not Found"})


async def test_the_token_of_a_private_space_is_none_of_the_hubs_business(visit: Visit) -> None:
    visitor = await visit(token="hf_private", accounts={ONE: None})

    assert (await hub(visitor, "/api/whoami-v2"))[0] == 200


# --- who asks too early


async def test_the_ledger_knows_who_asked_although_they_were_told_to_wait(visit: Visit) -> None:
    clock = Clock()
    visitor = await visit(accounts={ONE: Budget(0, until=1060.0), TWO: None}, clock=clock)
    for clock.now, token in ((1000.0, ONE), (1000.4, ONE), (1030.0, TWO), (1059.0, ONE), (1060.0, ONE)):
        await said(visitor, token)

    early = visitor.space.ledger.early(slack=0.5)

    assert [(posted.at, posted.token) for posted in early] == [(1059.0, ONE)]
    assert [told.until for told in visitor.space.ledger.droughts] == [1060.0] * 3
