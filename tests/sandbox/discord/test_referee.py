"""The referee sees what it is there to see."""

from typing import Any

import pytest

from bot.sandbox.discord import LoopbackDiscord
from tests.referee import Referee
from tests.sandbox.discord.application import Application


def row(**more: Any) -> dict[str, Any]:
    return {
        "method": "PATCH",
        "path": "/webhooks/1/token/messages/@original",
        "query": {},
        "body": {"content": "hi"},
        "status": 200,
        "response": None,
    } | more


@pytest.fixture
async def message(application: Application, loopback: LoopbackDiscord) -> Any:
    place = loopback.channel("art")
    return (await application.call("POST", f"/channels/{place.id}/messages", {"content": "hi"})).body


def test_a_good_exchange_passes(referee: Referee, message: Any) -> None:
    assert referee.violations(row(response=message)) == []


def test_ids_may_be_numbers(referee: Referee, message: Any) -> None:
    body = {"attachments": [{"id": 0, "filename": "a.png"}]}

    assert referee.violations(row(response=message, body=body)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "/nowhere"},
        {"method": "PUT"},
        {"query": {"colour": "red"}},
        {"body": {"content": "x" * 2001}},
        {"body": {"embeds": [{"description": "x" * 4097}]}},
        {"response": {"id": "1"}},
        {"status": 201},
        {"status": 404, "response": {"message": "no code"}},
        {"status": 429, "response": {"message": "wait", "code": 0}},
        {"method": "POST", "path": "/interactions/1/token/callback", "body": None, "status": 204},
        {"method": "GET", "path": "/users/@me", "response": {}},
    ],
)
def test_a_wrong_exchange_does_not(referee: Referee, message: Any, wrong: dict[str, Any]) -> None:
    assert referee.violations(row(response=message) | wrong)


def test_what_was_refused_may_have_been_wrong(referee: Referee) -> None:
    refused = row(body={"content": 7}, status=400, response={"message": "Invalid Form Body", "code": 50035})

    assert referee.violations(refused) == []
