"""What the doctor thinks of what it sees: each thing that is broken has a remedy of its own."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import (
    NotAuthenticated,
    ProviderUnreachable,
    StoreDriverMissing,
    StoreFailed,
    TokenRefused,
)
from bot.domain.limits import DOCUMENTED
from bot.domain.preflight import INVITE
from bot.domain.revisions import Revisions
from bot.operations.doctor.facts import Account, Application, Facts, NoDiscord
from bot.operations.doctor.judging import Finding, Mark, judge

KEY = "ab" * 32
COMMANDS = ({"name": "imagine", "type": 1, "description": "Draw", "options": []},)
APPLICATION = Application(
    id=42, name="Imagine", public_key=KEY, endpoint=None, commands=COMMANDS, permissions=(INVITE,), skew=0.2
)
WELL = Facts(
    discord=APPLICATION,
    commands=COMMANDS,
    public_key=KEY,
    space=DOCUMENTED,
    accounts=(Account(credential="token-1", left=240.0),),
    store=Revisions(found="0003", newest="0003"),
)


def of_discord(**changes: Any) -> Facts:
    return replace(WELL, discord=replace(APPLICATION, **changes))


def bad(facts: Facts) -> Finding:
    """Return the one finding that is not ok."""
    [finding] = [finding for finding in judge(facts) if finding.mark is not Mark.OK]
    return finding


def test_all_is_well_with_a_set_up_that_lacks_nothing() -> None:
    assert {finding.mark for finding in judge(WELL)} == {Mark.OK}
    assert not any(finding.said.remedy for finding in judge(WELL))


@pytest.mark.parametrize(
    ("facts", "mark", "what", "remedy"),
    [
        (replace(WELL, discord=NoDiscord.TOKEN_REFUSED), Mark.FAILED, "refuses DISCORD_TOKEN", "page Bot"),
        (replace(WELL, discord=NoDiscord.UNREACHABLE), Mark.FAILED, "cannot be reached", "HTTP_PROXY_URL"),
        (replace(WELL, public_key="cd" * 32), Mark.FAILED, "DISCORD_PUBLIC_KEY", "General Information"),
        (replace(WELL, takes_posts=True), Mark.FAILED, "where to post", "Interactions Endpoint URL"),
        (of_discord(endpoint="https://a.example"), Mark.FAILED, "over the gateway", "Remove the URL"),
        (of_discord(commands=()), Mark.WARNING, "no command", "Start the bot"),
        (replace(WELL, commands=()), Mark.WARNING, "another version: imagine", "Start the bot again"),
        (of_discord(permissions=(INVITE, 0)), Mark.WARNING, "in 1 of 2 servers", f"permissions={INVITE}"),
        (of_discord(skew=6.0), Mark.WARNING, "6 s ahead of", "time synchronisation"),
        (of_discord(skew=-90.0), Mark.FAILED, "90 s behind", "time synchronisation"),
        (replace(WELL, space=ProviderUnreachable("OSError")), Mark.FAILED, "Unreachable)", "SPACE_URL"),
        (replace(WELL, accounts=(Account(credential="anonymous", is_anonymous=True),)),
         Mark.WARNING, "no Hugging Face token", "HF_TOKENS"),
        (replace(WELL, accounts=(Account(credential="token-1", left=0.0),)),
         Mark.WARNING, "token-1 is used up", "within a day"),
        (replace(WELL, accounts=(Account(credential="token-1", left=TokenRefused()),)),
         Mark.FAILED, "refuses token-1", "Make a new one"),
        (replace(WELL, accounts=(Account(credential="token-1", left=NotAuthenticated(None)),)),
         Mark.WARNING, "does not answer for token-1", "HF_ENDPOINT"),
        (replace(WELL, store=StoreFailed("DataError")), Mark.FAILED, "(DataError)", "DATABASE_URL"),
        (replace(WELL, store=StoreDriverMissing()), Mark.FAILED, "driver of PostgreSQL", "extra postgres"),
        (replace(WELL, store=Revisions(found="0002", newest="0003")),
         Mark.WARNING, "revision 0002", "Make a copy"),
        (replace(WELL, store=Revisions(found="0009", newest="0003", is_known=False)),
         Mark.FAILED, "revision 0009", "or a newer one"),
    ],
)  # fmt: skip
def test_what_is_broken_is_said_with_its_remedy(facts: Facts, mark: Mark, what: str, remedy: str) -> None:
    finding = bad(facts)

    assert finding.mark is mark
    assert what in finding.said.what
    assert remedy in finding.said.remedy


def test_several_broken_things_are_several_findings() -> None:
    facts = replace(WELL, discord=NoDiscord.UNREACHABLE, store=StoreFailed("OperationalError"))

    assert [finding.mark for finding in judge(facts)].count(Mark.FAILED) == 2


def test_a_database_that_is_not_there_yet_is_no_fault() -> None:
    assert {finding.mark for finding in judge(replace(WELL, store=Revisions(found=None, newest="0003")))} == {
        Mark.OK
    }


def test_an_administrator_lacks_no_permission() -> None:
    assert {finding.mark for finding in judge(of_discord(permissions=(8,)))} == {Mark.OK}


def test_a_token_of_which_nobody_says_the_quota_is_good() -> None:
    facts = replace(WELL, accounts=(Account(credential="token-1"),))

    assert {finding.mark for finding in judge(facts)} == {Mark.OK}


def test_the_invite_asks_for_what_a_reply_needs_and_nothing_else() -> None:
    [url] = [finding.said.what for finding in judge(WELL) if "oauth2/authorize" in finding.said.what]

    assert "client_id=42&" in url
    assert url.endswith(f"permissions={1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 38}")
