"""Cards, forms and sentences of moderation: whole at their longest, and harmless whatever people write."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.domain import errors
from bot.domain.case import Case
from bot.domain.job import MAX_PICTURES, Job, Place
from bot.domain.moderation import MAX_REASON, Action, Block, Entry, Outcome, Report
from bot.sandbox.discord.components import walk
from bot.ui import moderation, privacy
from bot.ui.wording import house_rules
from bot.ui.wording import moderation as texts
from tests.storage.samples import job

MARKUP = "@everyone *a* `b` <@1> [c](http://d) "
LIMIT = 4000  # characters of all texts of a message


def reported(number: int = 1, outcome: Outcome = Outcome.OPEN, reason: str = "cruel") -> Case:
    made = replace(job("j1"), guild_id=7, place=Place(channel_id=3, message_id=5))
    reports = tuple(
        Report(job_id="j1", guild_id=7, user_id=10 + one, reason=reason, at=1000.0, outcome=outcome)
        for one in range(number)
    )
    return Case(job=made, reports=reports)


def block(reason: str = "", until: float | None = None, user_id: int = 1) -> Block:
    return Block(guild_id=7, user_id=user_id, by=4, reason=reason, at=0.0, until=until)


def parts(view: Any) -> list[dict[str, Any]]:
    return list(walk(view.to_components()))


def said(view: Any) -> str:
    return "\n".join(part["content"] for part in parts(view) if part["type"] == 10)


def labels(view: Any) -> list[str]:
    return [part["label"] for part in parts(view) if part["type"] == 2]


def longest() -> Iterator[Any]:
    prompts = tuple(replace(job().requests[0], prompt=f"{one}{'*' * 499}") for one in range(MAX_PICTURES))
    case = reported(30, reason="*" * MAX_REASON)
    whole = replace(case, job=replace(case.job, requests=prompts), block=block("*" * MAX_REASON))
    yield moderation.card(whole, moderation.Turn(1, 500))
    yield moderation.settled(whole, 4, is_listed=True)
    yield moderation.blocks([block("*" * MAX_REASON, 1e10, user) for user in range(50)], 2)
    yield moderation.review(1, 2, ("*" * 1000,) * 8, ("`" * 100,) * 30)
    yield moderation.line(Entry(guild_id=7, at=0.0, user_id=1, action=Action.REPORT, detail="*" * 300))
    yield privacy.ask(2**63)


@pytest.mark.parametrize("view", [*longest()])
def test_the_longest_of_everything_fits_into_a_message(view: Any) -> None:
    assert 0 < len(said(view)) <= LIMIT
    assert len(parts(view)) <= 40


def test_a_block_is_on_the_card_however_long_the_rest(longest_card: str) -> None:
    assert "Blocked by <@4>, without an end" in longest_card


@pytest.fixture
def longest_card() -> str:
    return said(next(longest()))


def test_what_people_write_does_nothing() -> None:
    case = reported(reason=MARKUP)
    whole = replace(
        case, job=replace(case.job, requests=(replace(job().requests[0], prompt=MARKUP.strip()),))
    )
    shown = said(moderation.card(whole))

    assert "\\@everyone \\*a\\*" in shown
    assert "<@1>" not in shown
    assert "](http://d)" not in shown


def test_a_card_of_one_settled_has_no_buttons_but_the_way_back_to_the_list() -> None:
    case = reported(outcome=Outcome.DISMISSED)

    assert labels(moderation.settled(case, 4, is_listed=False)) == []
    assert labels(moderation.settled(case, 4, is_listed=True)) == ["Open reports"]
    assert "Dismissed** by <@4>" in said(moderation.settled(case, 4, is_listed=False))
    assert said(moderation.settled(case, None, is_listed=False)).endswith("Dismissed**")


@pytest.mark.parametrize(("number", "pages"), [(0, 2), (1, 2), (9, 2)])
def test_pages_of_blocks_end_where_they_end(number: int, pages: int) -> None:
    view = moderation.blocks([block(user_id=user) for user in range(15)], number)
    turns = [part for part in parts(view) if part["type"] == 2]

    assert f"{min(number, pages - 1) + 1} of {pages}" in said(view)
    assert [part["disabled"] for part in turns] == ([False, True] if number else [True, False])


@pytest.mark.parametrize(("value", "hours"), [("1", 1), ("168", 168), ("-", None)])
def test_a_form_of_a_block_is_read(value: str, hours: int | None) -> None:
    assert moderation.read_hours(submitted(value)) == hours
    assert moderation.read_reason(submitted(value)) == "enough"


@pytest.mark.parametrize("value", ["2", "", "x"])
def test_a_time_that_is_not_on_offer_is_none(value: str) -> None:
    with pytest.raises(errors.ControlUnknown):
        moderation.read_hours(submitted(value))


def submitted(hours: str) -> dict[str, Any]:
    return {
        "components": [
            {"component": {"custom_id": "hours", "values": [hours]}},
            {"component": {"custom_id": "reason", "value": " enough\n"}},
        ]
    }


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_a_line_without_markup_of_others(action: Action) -> None:
    line = texts.line(
        Entry(guild_id=7, at=0.0, user_id=1, action=action, subject="5", detail="- `@everyone`")
    )

    assert "<@1>" in line
    assert "``" not in line


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errors.HouseRule(), "The operator of this bot does not let it be used here."),
        (errors.OptionClosed("steps"), "Moderators do not let you choose `steps` here."),
        (errors.AboveMaximum("steps", 50, 30), "The number of steps may be 30 at most here."),
        (errors.Paused(""), "Moderators have paused the bot here."),
        (errors.Paused("Back\n*soon*"), "Moderators have paused the bot here. They say: “Back \\*soon\\*”."),
        (errors.ChannelClosed((3, 4)), "The bot does not draw here, but in <#3> or <#4>."),
        (errors.RoleMissing((5,)), "To draw here, you need one of these roles: <@&5>."),
        (
            errors.AgeRestrictedOnly(for_words=True),
            "This prompt is drawn in age-restricted channels only.",
        ),
        (errors.WordsBlocked(("a", "b")), "This server does not draw `a`, `b`. Say it in other words."),
        (
            errors.WordsBlocked(("a",), is_review=True),
            "This was not drawn, and the moderators were told, because of `a`.",
        ),
        (errors.UserBlocked(None, ""), "Moderators have blocked you in this server."),
        (
            errors.UserBlocked(9.0, "no"),
            "Moderators have blocked you in this server. It ends <t:9:R>. They say: “no”.",
        ),
        (errors.ReportRefused("own"), "This is your own picture. **Delete** takes it away."),
        (errors.NotModerator(), "Only moderators of this server may do that."),
        (errors.RulesNotAccepted(), "Accept the rules of use first: `/imagine` shows them."),
    ],
)
def test_who_is_refused_reads_why(error: house_rules.Decided, sentence: str) -> None:
    assert house_rules.explain(error) == sentence


@pytest.mark.parametrize("reason", ["again", "too many", "own", "nowhere"])
def test_every_refusal_of_a_report_has_a_sentence(reason: str) -> None:
    assert house_rules.explain(errors.ReportRefused(reason)).endswith(".")


def test_many_channels_are_counted() -> None:
    assert house_rules.explain(errors.ChannelClosed(tuple(range(25)))).endswith("or 15 more.")


def test_a_report_button_names_its_job() -> None:
    made: Job = job("j1")

    assert moderation.report_button(made).to_component_dict()["custom_id"] == "imagine:report:j1:"
