"""The texts: sentences a person can act on, and nothing that does not belong in them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.allowance import Rule, Scope
from bot.domain.aspect_ratio import AspectRatio, Size
from bot.domain.errors import ImagineError
from bot.domain.request import CharactersRemoved, SizeCorrected
from bot.domain.settings.catalogue import Layer
from bot.domain.stage import Drawing, Stage, Waiting
from bot.ui import wording
from bot.ui.wording import boards

FACTS: dict[str, object] = {
    "field": "steps",
    "text": "forty",
    "permissions": ("attach_files",),
    "value": 51,
    "minimum": 1,
    "maximum": 50,
    "length": 6000,
    "name": "7:5",
    "known": ("1:1", "16:9"),
    "until": 1754.2,
    "stated": True,
    "variable": "DISCORD_TOKEN",
    "reason": "ClientConnectorError",
    "deadline": "idle",
    "seconds": 60.0,
    "scope": Scope.CHANNEL,
    "rule": Rule.DAY,
    "left": 2,
    "frees_at": 1754.2,
    "option": "seed",
    "channel_ids": (30, 31),
    "role_ids": (40,),
    "for_words": True,
    "words": ("kill",),
    "layer": Layer.ROLE,
    "changes": (),
}
# where one error's facts are not another's of the same name
OTHERS: dict[type[ImagineError], dict[str, object]] = {
    errors.SettingRefused: {"rule": "it must be a URL"},
    errors.SettingNotAllowed: {"name": "paused"},
    errors.ValueNotAllowed: {"name": "steps"},
    errors.DocumentRefused: {"reason": "not JSON"},
    errors.StyleRefused: {"reason": "exists"},
    errors.BackupRefused: {"reason": "exists"},
}


def tree(kind: type[ImagineError]) -> Iterator[type[ImagineError]]:
    yield kind
    for leaf in kind.__subclasses__():
        yield from tree(leaf)


def example(kind: type[ImagineError]) -> ImagineError:
    facts = FACTS | OTHERS.get(kind, {})
    needed = [
        f for f in kind.__dataclass_fields__.values() if f.default.__class__.__name__ == "_MISSING_TYPE"
    ]
    return kind(**{field.name: facts[field.name] for field in needed})


@pytest.mark.parametrize("kind", tuple(tree(ImagineError)), ids=lambda kind: kind.__name__)
def test_every_error_is_a_sentence(kind: type[ImagineError]) -> None:
    sentence = wording.explain(example(kind))

    assert re.fullmatch(r"(\*\*)?[A-Z].{15,}[.`]", sentence), sentence
    assert kind.__name__ not in sentence


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Waiting(1, note="Waiting for a GPU"), "⏳ 1 ahead of you.\n-# `Waiting for a GPU`"),
        (Drawing(), "🎨 Drawing…"),
        (Drawing(0.5, 1.0), "🎨 Drawing… step 0.5 of 1\n▰▰▰▰▰▰▱▱▱▱▱▱"),
    ],
)
def test_a_stage_is_told_in_words(stage: Stage, text: str) -> None:
    assert boards.status(stage) == text


@pytest.mark.parametrize(("done", "total"), [(-1, 8), (9, 8), (0, 0)])
def test_a_bar_never_leaves_its_frame(done: float, total: float) -> None:
    assert len(boards.bar(done, total)) == 12


def test_corrections_are_told() -> None:
    assert boards.correction(SizeCorrected("21:9", Size(1024, 512))) == (
        "21:9 is not a size this model draws; the nearest is 1024x512."
    )
    assert boards.correction(CharactersRemoved()) == "Invisible characters were taken out of the prompt."


def test_missing_permissions_are_named_as_discord_names_them_and_with_who_can_grant_them() -> None:
    sentence = wording.explain(errors.PermissionMissing(("attach_files", "send_messages_in_threads")))

    assert "**Attach Files** and **Send Messages in Threads**" in sentence
    assert "**Manage Channels**" in sentence


@given(st.text(), st.integers(2, 100))
def test_foreign_words_are_cut_to_what_there_is_room_for(words: str, limit: int) -> None:
    kept = wording.shortened(words, limit)

    assert len(kept) <= limit
    assert kept.endswith("…") or re.sub(r"\\(.)", r"\1", kept, flags=re.DOTALL) == words


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("**bold** `x`", r"\*\*bold\*\* \`x\`"),
        ("<@1> @everyone", r"\<\@1\> \@everyone"),
        ("[x](https://x.example)", r"\[x\]\(https\://x.example\)"),
        ("# big", r"\# big"),
        ("- a red-brown fox", r"\- a red-brown fox"),
    ],
)
def test_no_markup_of_foreign_words_works(words: str, kept: str) -> None:
    assert wording.shortened(words, 100) == kept


def test_a_command_line_stays_in_its_block() -> None:
    assert wording.block("a ```fox```").count("```") == 2


def test_a_stated_return_of_quota_is_a_time_that_counts_down() -> None:
    assert "Come back <t:1755:R>." in wording.explain(errors.HeldByQuota(1754.2, stated=True))


def test_an_unstated_return_of_quota_is_called_unstated() -> None:
    assert "did not say when" in wording.explain(errors.HeldByQuota(1754.2, stated=False))


def test_the_words_of_a_service_can_neither_ping_nor_format_nor_name_a_path() -> None:
    refused = errors.RequestRefused("**bold** @everyone `x` in /home/user/app.py, C:\\secret\\key")
    sentence = wording.explain(refused)

    assert sentence == "The image service refused this: `**bold** @everyone ˋxˋ in …, …`"


def test_the_words_of_a_service_are_cut_where_they_grow_too_long() -> None:
    assert len(wording.explain(errors.RequestRefused("x" * 5000))) < 300


def test_a_reference_is_shown_for_what_is_in_the_log() -> None:
    assert wording.explain(errors.QueueFull(), "3f9a2c").endswith("\n-# Reference 3f9a2c")


def test_ratios_are_named_as_members_choose_them() -> None:
    assert [wording.ratio(AspectRatio(name)) for name in ("1:1", "16:9", "9:16")] == [
        "1:1 square",
        "16:9 landscape",
        "9:16 portrait",
    ]
