"""The list of a user's requests that are under way, each with its way out."""

from collections.abc import Sequence

from discord import ui

from bot.domain.report import OpenJob
from bot.ui import layout, wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import controls
from bot.ui.wording import queue as texts
from bot.ui.wording.language import _

MOST = 10  # requests in the list; three components each, and Discord takes forty in a message
_MAX_PROMPT = 150  # characters


def view(open_jobs: Sequence[OpenJob]) -> ui.LayoutView:
    """Return the list, the oldest request first."""
    if not open_jobs:
        return layout.sentence(_(texts.EMPTY))
    shown: list[layout.Item] = [ui.TextDisplay(texts.heading(len(open_jobs)))]
    shown += [_section(one) for one in open_jobs[:MOST]]
    if len(open_jobs) > MOST:
        shown.append(ui.TextDisplay(texts.more(len(open_jobs) - MOST)))
    return layout.view(*shown)


def _section(one: OpenJob) -> layout.Item:
    prompt = wording.shortened(one.job.requests[0].prompt, _MAX_PROMPT)
    cancel = layout.button(CustomId(Action.WITHDRAW, one.job.id), _(controls.CANCEL), "✖️")
    text = f"> {prompt}{texts.pictures(one.job)}\n{texts.status(one)}"
    return ui.Section(text, accessory=cancel)
