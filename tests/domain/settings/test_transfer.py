"""Settings as a file: out, and in again as a whole or not at all."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.domain.errors import DocumentRefused
from bot.domain.settings.catalogue import SETTINGS
from bot.domain.settings.history import State
from bot.domain.settings.layers import SERVER
from bot.domain.settings.transfer import FORMAT, MAX_BYTES, VERSION, dump, load, schema
from tests.domain.settings.samples import STATES

GUILD = 500
SCHEMA = Draft202012Validator(schema())


def entry(**changes: Any) -> dict[str, Any]:
    return {"layer": "server", "id": "0", "name": "steps", "value": 20} | changes


def document(*values: Any, **changes: Any) -> str:
    whole = {"format": FORMAT, "version": VERSION, "server": str(GUILD), "values": list(values)}
    return json.dumps(whole | changes)


@given(STATES)
def test_what_is_exported_is_taken_in_as_it_was(state: State) -> None:
    assert load(GUILD, dump(GUILD, state)) == state


@given(STATES)
def test_what_is_exported_fits_the_schema(state: State) -> None:
    SCHEMA.validate(json.loads(dump(GUILD, state)))


@given(STATES, st.data())
def test_the_order_in_which_values_were_set_does_not_show(state: State, data: st.DataObject) -> None:
    shuffled = dict(data.draw(st.permutations(list(state.items()))))

    assert dump(GUILD, shuffled) == dump(GUILD, state)


def test_the_schema_is_one_and_knows_every_setting() -> None:
    Draft202012Validator.check_schema(schema())
    entries = schema()["properties"]["values"]["items"]["oneOf"]

    assert [one["properties"]["name"]["const"] for one in entries] == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("1" * 5000, "not JSON"),
        (document(entry(name="style", value="\ud800")), "not JSON"),
        ("[]", "not settings"),
        ("{}", "not settings"),
        (document(format="other"), "not settings"),
        (document(values={}), "not settings"),
        (document(more=1), "not settings"),
        (document(version="1"), "not settings"),
        (document(server=GUILD), "not settings"),
        (document(version=2), "another version"),
        (document(version=True), "another version"),
        (document(server="501"), "another server"),
    ],
)
def test_a_file_that_is_not_of_this_server_is_refused(text: str, reason: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        load(GUILD, text)

    assert (caught.value.reason, caught.value.entry, caught.value.name) == (reason, None, None)


BAD_ENTRIES = [
    (7, "not a value", None),
    ([], "not a value", None),
    (entry(layer=None), "not a value", None),
    (entry(id=0), "not a value", None),
    (entry(name=1), "not a value", None),
    (entry(more=1), "not a value", None),
    ({"layer": "server", "id": "0", "name": "steps"}, "not a value", None),
    (entry(layer="guild"), "not a place", "steps"),
    (entry(id="1"), "not a place", "steps"),
    (entry(id="00"), "not a place", "steps"),
    (entry(layer="channel"), "not a place", "steps"),
    (entry(layer="channel", id="01"), "not a place", "steps"),
    (entry(layer="channel", id="٣"), "not a place", "steps"),
    (entry(layer="channel", id="-1"), "not a place", "steps"),
    (entry(layer="channel", id="9223372036854775808"), "not a place", "steps"),
    (entry(name="stepz"), "not allowed", "stepz"),
    (entry(value=None), "not allowed", "steps"),
    (entry(value=0), "not allowed", "steps"),
    (entry(value=1.5), "not allowed", "steps"),
    (entry(value=1e300), "not allowed", "steps"),
    (entry(value=True), "not allowed", "steps"),
    (entry(value={}), "not allowed", "steps"),
    (entry(value=[20]), "not allowed", "steps"),
    (entry(layer="role", id="5", name="paused", value=True), "not allowed", "paused"),
    (entry(name="blocked_words", value=["a", "a"]), "not allowed", "blocked_words"),
    (entry(name="closed_options", value=["prompt"]), "not allowed", "closed_options"),
    (entry(name="log_channel", value=["1", "2"]), "not allowed", "log_channel"),
]


@pytest.mark.parametrize(("bad", "reason", "name"), BAD_ENTRIES)
def test_a_value_that_may_not_be_refuses_the_file_and_is_named(
    bad: Any, reason: str, name: str | None
) -> None:
    text = document(entry(name="count", value=1), bad)

    with pytest.raises(DocumentRefused) as caught:
        load(GUILD, text)

    assert (caught.value.reason, caught.value.entry, caught.value.name) == (reason, 2, name)
    assert not SCHEMA.is_valid(json.loads(text))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_json_has_not_are_refused(number: str) -> None:
    text = document(entry(name="guidance_scale", value=0)).replace('"value": 0', f'"value": {number}')

    with pytest.raises(DocumentRefused):
        load(GUILD, text)


def test_a_value_given_twice_is_refused() -> None:
    with pytest.raises(DocumentRefused) as caught:
        load(GUILD, document(entry(), entry(value=9)))

    assert (caught.value.reason, caught.value.entry, caught.value.name) == ("twice", 2, "steps")


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 60),
    st.floats(-1, 60, width=16),
    st.sampled_from(["", "0", "1", "00", "server", "role", "steps", "16:9", "private", "seed"]),
    st.lists(st.sampled_from(["a", "1", "0", "seed", "model", ""]), max_size=3),
)
NAMES = st.sampled_from([setting.name for setting in SETTINGS])
LAYERS = st.sampled_from(["server", "category", "channel", "role", "guild"])


@given(
    st.lists(
        st.fixed_dictionaries(
            {"layer": LAYERS, "id": st.sampled_from(["0", "1", "00", ""]), "name": NAMES, "value": ODD}
        ),
        max_size=2,
    )
)
def test_the_schema_accepts_what_is_taken_in_and_nothing_else(values: list[dict[str, Any]]) -> None:
    text = document(*values)

    try:
        load(GUILD, text)
    except DocumentRefused as error:
        is_taken = error.reason == "twice"  # which a schema cannot say
    else:
        is_taken = True

    assert SCHEMA.is_valid(json.loads(text)) is is_taken


@given(st.dictionaries(st.sampled_from(["format", "version", "server", "values", "more"]), ODD))
def test_whatever_is_changed_in_a_file_is_refused_or_was_a_file_still(changes: dict[str, Any]) -> None:
    text = document(**changes)

    if SCHEMA.is_valid(json.loads(text)) and json.loads(text)["server"] == str(GUILD):
        assert load(GUILD, text) == {}
    else:
        with pytest.raises(DocumentRefused):
            load(GUILD, text)


def test_a_file_may_hold_five_full_lists_of_words() -> None:
    names = ("blocked_words", "mature_words", "warned_words", "reviewed_words", "allowed_words")
    full = tuple(f"{number:04d}{'w' * 96}" for number in range(5000))
    document = dump(1, {(SERVER, name): full for name in names})

    assert len(document.encode()) <= MAX_BYTES
    assert all(value == full for value in load(1, document).values())
