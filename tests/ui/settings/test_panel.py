"""The panel: whatever is set, Discord takes it, and it says what holds and why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import ControlUnknown
from bot.domain.settings.catalogue import BY_NAME, SETTINGS, Group, Layer
from bot.domain.settings.history import State
from bot.domain.settings.layers import SERVER, Spot, Target, resolve
from bot.sandbox.discord.components import walk
from bot.ui.custom_id import Action, CustomId
from bot.ui.settings import keys, pages
from bot.ui.settings.keys import Seen
from bot.ui.settings.panel import Shown, panel, which_channel, which_role
from bot.ui.settings.why import why
from bot.ui.wording.settings import names
from tests.domain.settings.samples import STATES
from tests.ui.settings.cards import as_stored, checked, controls, labels, words

HERE = Target(Layer.CHANNEL, 5)
LARGEST = 2**63 - 1

IDS = st.integers(1, LARGEST)
TARGETS = st.just(SERVER) | st.builds(Target, st.sampled_from([*Layer][1:]), IDS)
SEEN = st.builds(
    Seen,
    target=TARGETS,
    category_id=st.none() | IDS,
    revision=st.integers(0, 2**32 - 1),
    topic=st.sampled_from([*BY_NAME, *(page.key for page in pages.pages(Layer.SERVER))]),
)


def shown(seen: Seen, state: State | None = None) -> Shown:
    """Return what a panel shows that is in channel 5, in category 6."""
    state = state or {}
    return Shown(
        seen=seen,
        state=state,
        effective=resolve(as_stored(state), seen.spot, {"user_daily": 50}),
        channel=HERE,
        category_id=6,
    )


@given(SEEN)
def test_what_a_key_says_is_read_again(seen: Seen) -> None:
    assert keys.read(str(seen)) == seen


@given(SEEN, st.sampled_from(Action))
def test_the_longest_custom_id_is_one_that_discord_takes(seen: Seen, action: Action) -> None:
    longest = max(BY_NAME, key=len)

    assert len(str(CustomId(action, str(seen.about(longest)), 999))) <= 100


@pytest.mark.parametrize("key", ["", "x-1-0-0-steps", "s-1-0-0-steps", "c-0-0-0-steps", "c-1-0-0-", "job1"])
def test_a_key_of_somebodys_own_making_is_refused(key: str) -> None:
    with pytest.raises(ControlUnknown):
        keys.read(key)


@settings(max_examples=150, deadline=None)
@given(SEEN, STATES)
def test_whatever_is_set_discord_takes_the_panel(seen: Seen, state: State) -> None:
    assert len(list(walk(checked(panel(shown(seen, state)))))) <= 40


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("layer", Layer)
def test_every_page_with_all_of_its_settings_set_fits(layer: Layer) -> None:
    target = SERVER if layer is Layer.SERVER else Target(layer, LARGEST)
    texts = {"negative_prompt": "x" * 1000, "always_negative": "y" * 500, "pause_text": "z" * 300}
    lists = {
        one.name: tuple(f"{word:0100}" for word in range(5000)) for one in SETTINGS if "words" in one.name
    }
    state = {(target, one.name): one.default if one.default is not None else 600 for one in SETTINGS}
    state |= {(target, name): held for name, held in (texts | lists).items()}
    for page in pages.pages(layer):
        checked(panel(shown(Seen(target=target, topic=page.key), state)))


@pytest.mark.parametrize("layer", Layer)
def test_every_setting_of_a_place_is_on_one_page(layer: Layer) -> None:
    on_pages = [one for page in pages.pages(layer) for one in page.settings]

    assert on_pages == [one for one in SETTINGS if layer in one.layers]


def test_a_setting_leads_to_its_page() -> None:
    assert pages.page_of("language", Layer.SERVER).key == "defaults_1"
    assert pages.page_of("log_channel", Layer.ROLE).group is Group.DEFAULTS


def test_a_value_is_shown_with_the_place_it_comes_from() -> None:
    state: State = {(SERVER, "privacy"): "private", (HERE, "count"): 2}
    text = words(panel(shown(Seen(target=HERE, topic="count"), state)))

    assert "Who sees pictures**: only who asked" in text
    assert "From this server." in text
    assert "Pictures**: 2" in text
    assert "Set here." in text


def test_a_flag_says_what_pressing_it_does() -> None:
    state: State = {(SERVER, "spoiler"): True}
    [spoiler] = [
        one
        for one in controls(panel(shown(Seen(topic="spoiler"), state)), "set-flag")
        if "spoiler" in one["custom_id"]
    ]

    assert (spoiler["label"], spoiler["custom_id"][-2:]) == ("Turn off", ":0")


def test_only_what_is_set_at_the_place_itself_can_be_taken_away() -> None:
    state: State = {(SERVER, "steps"): 20, (HERE, "count"): 2}
    [reset] = controls(panel(shown(Seen(target=HERE, topic="count"), state)), "set-reset")

    assert [one["value"] for one in reset["options"]] == ["count"]
    assert controls(panel(shown(Seen(target=HERE))), "set-reset") == []


def test_the_place_is_marked_in_the_menu_of_places() -> None:
    [menu] = controls(panel(shown(Seen(target=HERE))), "set-where")

    assert [one["value"] for one in menu["options"] if one.get("default")] == ["channel"]
    assert [one["value"] for one in menu["options"]] == ["server", "channel", "category", "other", "role"]


def test_prompts_are_tested_on_the_page_of_words() -> None:
    assert "Test a prompt" in labels(panel(shown(Seen(topic="words_0"))))
    assert "Test a prompt" not in labels(panel(shown(Seen())))


def test_another_place_is_asked_for_with_discords_own_menus() -> None:
    assert {part["type"] for part in walk(checked(which_channel(Seen())))} >= {8}
    assert {part["type"] for part in walk(checked(which_role(Seen())))} >= {6}


@settings(max_examples=50, deadline=None)
@given(STATES)
def test_why_fits_into_one_message_whatever_is_set(state: State) -> None:
    effective = resolve(as_stored(state), Spot(channel_id=5), {})

    checked(why(Seen(), 1, 5, effective))


@pytest.mark.usefixtures("every_language")
def test_why_fits_when_everything_is_set_for_a_role() -> None:
    role = Target(Layer.ROLE, LARGEST)
    held = {"model": "m" * 100, "style": "s" * 32, "negative_prompt": "x" * 1000, "privacy": "always_private"}
    words_ = tuple(f"{word:0100}" for word in range(5000))
    many = tuple(str(LARGEST - number) for number in range(25))
    state = {(role, one.name): one.default if one.default is not None else 1000000 for one in SETTINGS}
    state |= {(role, name): value for name, value in held.items()}
    state |= {(role, one.name): words_ for one in SETTINGS if one.group is Group.WORDS}
    state |= {(role, name): many for name in ("allowed_channels", "allowed_roles")}
    state |= {(role, "closed_options"): tuple(BY_NAME["closed_options"].kind.names)}  # type: ignore[union-attr] # Choices
    effective = resolve(as_stored(state), Spot(channel_id=LARGEST, role_ids=frozenset({LARGEST})), {})

    checked(why(Seen(target=role), LARGEST, LARGEST, effective))


def test_why_names_the_place_of_each_value() -> None:
    state: State = {(SERVER, "steps"): 20, (HERE, "steps"): 30, (SERVER, "user_daily"): 90}
    effective = resolve(as_stored(state), Spot(channel_id=5), {"user_daily": 50})
    text = words(why(Seen(), 1, 5, effective))

    assert "Steps: 30 · <#5>" in text
    assert "Member: a day: 50 · operator's limit, 90 in this server" in text
    assert "Pictures: 1 · bot's own" in text
    assert all(f"{one.label}: " in text for one in names.SETTINGS.values())
