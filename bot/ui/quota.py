"""What a user has left, and for those who manage a server what its members use."""

from collections.abc import Sequence
from datetime import date

import discord
from discord import ui

from bot.domain.report import QuotaReport
from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import quota, usage
from bot.ui.wording.language import _

CHART = "usage.png"

_KEY = "server"  # a custom_id names something; this one names nothing that would be trusted


def view(report: QuotaReport, *, may_link: bool, is_manager: bool) -> ui.LayoutView:
    """Return what a user may ask for now.

    Args:
        report: The facts.
        may_link: Whether the bot keeps users' tokens.
        is_manager: Whether they may see what the server uses.
    """
    buttons = []
    if may_link and not report.has_token:
        buttons.append(layout.button(CustomId(Action.LINK, _KEY), _(quota.LINK_TOKEN), "🔗"))
    if is_manager:
        buttons.append(layout.button(CustomId(Action.USAGE, _KEY), _(quota.USAGE), "📊"))
    rows = [layout.row(*buttons)] if buttons else []
    return layout.view(ui.TextDisplay(quota.report(report)), *rows)


def server(days: Sequence[tuple[date, int]], users: Sequence[tuple[int, int]], *, span: int) -> ui.LayoutView:
    """Return what a server uses; with users, the chart of them is attached as `CHART`.

    Args:
        days: Days, each with its pictures.
        users: The users with the most pictures in `span` days, each with their number.
        span: Days.
    """
    texts: list[layout.Item] = [ui.TextDisplay(usage.days(days)), ui.TextDisplay(usage.users(users, span))]
    if users:
        media = discord.MediaGalleryItem(f"attachment://{CHART}", description=usage.alt(users, span))
        texts.append(ui.MediaGallery(media))
    return layout.view(*texts)
