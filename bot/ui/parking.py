"""The way to let a request wait for GPU quota, and the way back."""

from discord import ButtonStyle, ui

from bot.domain.errors import HeldByQuota
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import queue
from bot.ui.wording.language import _


def park(job_id: str) -> layout.Item:
    """Return the button that parks a job."""
    return layout.button(CustomId(Action.PARK, job_id), _(queue.PARK), "🅿️", style=ButtonStyle.primary)


def parked(job_id: str, held: HeldByQuota, now: float) -> ui.LayoutView:
    """Return that a job was parked.

    Args:
        job_id: The job.
        held: When quota returns.
        now: Unix time in seconds.
    """
    back = layout.button(CustomId(Action.UNPARK, job_id), _(queue.UNPARK), "✖️")
    return layout.view(ui.TextDisplay(queue.parked(held, now)), layout.row(back))
