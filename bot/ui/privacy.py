"""The rules of use before the first picture, and what the bot keeps about somebody."""

from discord import ButtonStyle, ui

from bot.ui import layout
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import privacy as texts
from bot.ui.wording.language import _


def rules(key: str, rules_url: str) -> ui.LayoutView:
    """Return the rules of use, with the way to accept them and draw what was asked for.

    Args:
        key: Under what that is kept as an offer.
        rules_url: Where the rules stand.
    """
    read = ui.Button[ui.LayoutView](style=ButtonStyle.link, label=_(texts.READ_RULES), url=rules_url)
    agree = layout.button(CustomId(Action.AGREE, key), _(texts.AGREE), "🎨", style=ButtonStyle.primary)
    drop = layout.button(CustomId(Action.DROP, key), _(texts.DISAGREE))
    return layout.view(ui.TextDisplay(_(texts.RULES)), layout.row(read, agree, drop))


def exported(filename: str) -> ui.LayoutView:
    """Return what goes with the file that holds all that is kept about a user."""
    file = ui.File[ui.LayoutView](f"attachment://{filename}")
    return layout.view(ui.TextDisplay(_(texts.EXPORTED)), file)


def ask(user_id: int) -> ui.LayoutView:
    """Return the question whether a user's data shall go, with what stays."""
    erase = layout.button(CustomId(Action.ERASE, str(user_id)), _(texts.ERASE), "🗑️", style=ButtonStyle.danger)
    return layout.view(ui.TextDisplay(_(texts.ASK)), layout.row(erase))
