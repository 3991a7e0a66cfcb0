"""The texts: sentences a person can act on, and nothing that does not belong in them."""

import re
from collections.abc import Iterator

import pytest

from bot.domain import errors
from bot.domain.aspect_ratio import AspectRatio, Size
from bot.domain.errors import ImagineError
from bot.domain.picture import Picture
from bot.domain.request import CharactersRemoved, ImageRequest, SizeCorrected
from bot.domain.stage import Drawing, Stage, Waiting
from bot.ui import wording

FACTS: dict[str, object] = {
    "field": "steps",
    "value": 51,
    "minimum": 1,
    "maximum": 50,
    "length": 6000,
    "name": "7:5",
    "known": ("1:1", "16:9"),
    "until": 1754.2,
    "stated": True,
    "variable": "DISCORD_TOKEN",
    "rule": "it must be a URL",
    "reason": "ClientConnectorError",
    "deadline": "idle",
    "seconds": 60.0,
}


def tree(kind: type[ImagineError]) -> Iterator[type[ImagineError]]:
    yield kind
    for leaf in kind.__subclasses__():
        yield from tree(leaf)


def example(kind: type[ImagineError]) -> ImagineError:
    needed = [
        f for f in kind.__dataclass_fields__.values() if f.default.__class__.__name__ == "_MISSING_TYPE"
    ]
    return kind(**{field.name: FACTS[field.name] for field in needed})


@pytest.mark.parametrize("kind", tuple(tree(ImagineError)), ids=lambda kind: kind.__name__)
def test_every_error_is_a_sentence(kind: type[ImagineError]) -> None:
    sentence = wording.explain(example(kind))

    assert re.fullmatch(r"[A-Z].{15,}[.`]", sentence), sentence
    assert kind.__name__ not in sentence


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Waiting(), "⏳ Asking for a place in the queue…"),
        (Waiting(0), "⏳ You are next."),
        (Waiting(2, ready_at=1060.5), "⏳ 2 ahead of you. Ready <t:1061:R>."),
        (Waiting(1, note="Waiting for a GPU"), "⏳ 1 ahead of you.\n-# `Waiting for a GPU`"),
        (Drawing(), "🎨 Drawing…"),
        (Drawing(10, 40), "🎨 Drawing… step 10 of 40\n▰▰▰▱▱▱▱▱▱▱▱▱"),
        (Drawing(0.5, 1.0), "🎨 Drawing… step 0.5 of 1\n▰▰▰▰▰▰▱▱▱▱▱▱"),
    ],
)
def test_a_stage_is_told_in_words(stage: Stage, text: str) -> None:
    assert wording.status(stage) == text


@pytest.mark.parametrize(("done", "total"), [(-1, 8), (9, 8), (0, 0)])
def test_a_bar_never_leaves_its_frame(done: float, total: float) -> None:
    assert len(wording.bar(done, total)) == 12


def test_a_finished_picture_shows_what_it_was_drawn_with() -> None:
    request = ImageRequest("a fox", size=Size(1024, 576), seed=7, model="sd-3.5")
    shown = wording.parameters(Picture(request=request, image=b"", seconds=12.34))

    assert shown == "1024 × 576 · 40 steps · guidance 4.5 · seed `7` · sd-3.5 · 12.3 s"


def test_corrections_are_told() -> None:
    assert wording.correction(SizeCorrected("21:9", Size(1024, 512))) == (
        "21:9 is not a size this model draws; the nearest is 1024x512."
    )
    assert wording.correction(CharactersRemoved()) == "Invisible characters were taken out of the prompt."


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
