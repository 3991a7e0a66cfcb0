"""In every language, forms and cards are such that Discord takes them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from discord import ui

from bot.domain.board import Board, NotDrawn, Slot
from bot.domain.errors import HeldByQuota
from bot.domain.job import KeptPicture
from bot.domain.request import ImageRequest
from bot.ui import answers, cards, forms, moderation, parking, privacy, queue, styles, tokens
from bot.ui.settings import forms as settings_forms
from bot.ui.settings.keys import Seen
from bot.ui.wording.language import languages
from tests.ui.boards import drawn, files_of, job
from tests.ui.settings.cards import checked, opened

FOX = ImageRequest("a fox", seed=7, model="sd-3.5")
PICTURE = KeptPicture(job=job(FOX), index=0, seconds=3.0)
HELD = HeldByQuota(1754.2, stated=False, job_id="job1")

FORMS: list[Callable[[], ui.Modal]] = [
    lambda: forms.edit(job(FOX), 0),
    lambda: moderation.report_form("job1"),
    lambda: moderation.block_form("job1"),
    lambda: styles.form(styles.Draft(), None),
    lambda: settings_forms.test(Seen()),
    lambda: settings_forms.date(Seen()),
    lambda: settings_forms.taking_in(Seen()),
    tokens.link,
]
CARDS: list[Callable[[], ui.LayoutView]] = [
    lambda: answers.vary(PICTURE),
    lambda: answers.liked(PICTURE),
    lambda: answers.offer("key", ["a fox", "an owl"], 2),
    lambda: parking.parked("job1", HELD, 0.0),
    lambda: privacy.rules("key", "https://example.org"),
    lambda: privacy.ask(1),
    lambda: moderation.blocks([], 0),
    lambda: queue.view([]),
]


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("form", FORMS)
def test_every_form_fits(form: Callable[[], ui.Modal]) -> None:
    assert opened(form())


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("card", CARDS)
def test_every_answer_fits(card: Callable[[], ui.LayoutView]) -> None:
    assert checked(card())


@pytest.mark.parametrize("locale", languages())
@pytest.mark.parametrize("slot", [drawn(FOX), NotDrawn(HELD)])
def test_a_card_fits(locale: str, slot: Slot) -> None:
    for private in (True, False):
        board = Board(job=replace(job(FOX, private=private), locale=locale), slots=(slot,))
        assert checked(cards.card(board, files_of(board)))
    assert checked(cards.told(HELD, "abcdef", locale))
