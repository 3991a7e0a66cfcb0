"""The words for settings: all of them are there, they fit, and the docs say the same."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Group, Layer, Setting
from bot.domain.settings.kinds import Choice, Choices
from bot.domain.settings.layers import SERVER, Given, Target
from bot.domain.words.matcher import Found
from bot.domain.words.verdict import Act, Verdict
from bot.ui.wording.language import gettext
from bot.ui.wording.settings import history, names, page, panel, refused, words
from bot.ui.wording.settings.values import choice, holds, value
from tests.domain.settings.samples import values

PAGE = Path("docs/settings.md")
WRITE = (
    """python -c "from bot.ui.wording.settings import page; open('docs/settings.md', 'w').write(page())" """
)

STYLE_REASONS = ["exists", "too many", "too long", "name", "value", "empty"]
DOCUMENT_REASONS = ["not JSON", "not settings", "another version", "another server"]
ENTRY_REASONS = ["not a value", "not a place", "not allowed", "twice"]


def test_the_page_says_what_the_catalogue_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it anew: {WRITE}"


def test_every_setting_and_page_and_place_has_words() -> None:
    assert names.SETTINGS.keys() == BY_NAME.keys()
    assert names.GROUPS.keys() == set(Group)
    assert names.LAYERS.keys() == set(Layer)
    assert len({text.label for text in names.SETTINGS.values()}) == len(SETTINGS)


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_words_of_a_setting_fit_where_discord_shows_them(setting: Setting) -> None:
    text = names.SETTINGS[setting.name]

    assert 1 <= len(gettext(text.label)) <= 45
    assert 1 <= len(gettext(text.explanation)) <= 100
    assert 1 <= len(holds(setting)) <= 100


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_choice_has_a_name_of_its_own(setting: Setting) -> None:
    if isinstance(setting.kind, Choice | Choices):
        shown = [choice(setting.name, one) for one in setting.kind.names]
        assert len(set(shown)) == len(shown)
        assert all(shown)


@given(st.sampled_from(SETTINGS).flatmap(lambda one: st.tuples(st.just(one.name), values(one.kind))))
def test_every_value_can_be_said_on_one_line(drawn: tuple[str, bool | str | tuple[str, ...]]) -> None:
    said = value(*drawn)

    assert said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("steps", 20, "20"),
        ("guidance_scale", 4.5, "4.5"),
        ("width", 768, "768 pixels"),
        ("max_width", None, "no limit"),
        ("width", None, "not set"),
        ("spoiler", True, "on"),
        ("aspect_ratio", "16:9", "16:9 landscape"),
        ("privacy", "always_private", "always only who asked"),
        ("language", "en-US", "English"),
        ("negative_prompt", "", "none"),
        ("negative_prompt", "<@1> **x**", "`<@1> **x**`"),
        ("allowed_channels", (), "everywhere"),
        ("allowed_channels", ("5", "6"), "<#5>, <#6>"),
        ("allowed_roles", ("5",), "<@&5>"),
        ("blocked_words", ("a", "b"), "`a`, `b`"),
        ("retention_days", 0, "without end"),
        ("retention_days", 30, "30 days"),
    ],
)
def test_a_value_is_said_as_people_say_it(name: str, held: bool | str | None, said: str) -> None:  # noqa: FBT001 # a value
    assert value(name, held) == said


def test_of_a_long_list_the_rest_is_counted() -> None:
    many = tuple(f"word{number}" for number in range(5000))

    assert value("blocked_words", many, 30) == "`word0`, `word1`, `word2` and 4997 more"


@pytest.mark.parametrize(
    ("given_", "origin"),
    [
        (Given(value=40), "The bot's own."),
        (Given(value=20, source=SERVER), "From this server."),
        (Given(value=20, source=Target(Layer.ROLE, 7)), "From <@&7>."),
    ],
)
def test_the_place_of_a_value_is_said(given_: Given, origin: str) -> None:
    assert panel.source("steps", given_) == origin


def test_an_operators_limit_is_told_from_the_bots_own_value() -> None:
    assert panel.source("user_daily", Given(value=50)) == "The operator's limit."


def test_what_the_operator_does_not_allow_is_said() -> None:
    less = Given(value=50, source=SERVER, asked=90)

    assert "90 was asked for; the operator allows no more." in panel.entry(
        BY_NAME["user_daily"], less, 90, SERVER
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.SettingUnknown("x"), "There is no setting `x`."),
        (errors.SettingNotAllowed("log_channel", Layer.ROLE), "**Log channel** cannot be set for a role."),
        (errors.ValueNotAllowed("steps"), "**Steps** takes 1 to 50."),
        (errors.DocumentRefused("twice", 3, "steps"), "Entry 3 of the file (`steps`) is there twice"),
        (errors.DocumentRefused("not a value", 3), "Entry 3 of the file is not written as a value"),
        (errors.SettingsChanged(()), "Somebody else changed these settings meanwhile."),
    ],
)
def test_a_refusal_says_what_is_wrong(error: errors.SettingError, said: str) -> None:
    assert said in refused.setting(error)


def test_every_reason_has_a_sentence() -> None:
    said = [refused.style(errors.StyleRefused(reason)) for reason in STYLE_REASONS]
    said += [refused.setting(errors.DocumentRefused(reason)) for reason in DOCUMENT_REASONS]
    said += [refused.setting(errors.DocumentRefused(reason, 1)) for reason in ENTRY_REASONS]

    assert len(set(said)) == len(STYLE_REASONS + DOCUMENT_REASONS + ENTRY_REASONS)
    assert "no style `x`" in refused.style(errors.StyleUnknown("x"))


@pytest.mark.parametrize("act", Act)
def test_a_test_of_words_says_what_would_happen_and_why(act: Act) -> None:
    found = Verdict(act, (Found(rule="kill", written="kill", begin=0, end=4),))

    assert "Found: `kill`" in words.tested("kill it", found)
    assert "Nothing is found" in words.tested("skill", None)


def test_a_save_is_named_by_its_time_in_a_menu() -> None:
    assert history.save(0.0, []) == ("1970-01-01 00:00:00 UTC", "")
