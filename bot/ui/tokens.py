"""The form in which a user gives their own token, and what is read from it when it comes back."""

from collections.abc import Mapping
from typing import Any

from discord import ui

from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import tokens
from bot.ui.wording.language import _

FIELD = "token"
MAX_TOKEN = 200  # characters; those of today have 37

_KEY = "token"  # a custom_id names something; a form has nothing to name but itself


def link() -> ui.Modal:
    """Return the form, always empty."""
    form = ui.Modal(title=_(tokens.FORM), custom_id=str(CustomId(Action.LINK, _KEY)))
    field = ui.TextInput[ui.Modal](custom_id=FIELD, placeholder=tokens.PLACEHOLDER, max_length=MAX_TOKEN)
    form.add_item(ui.TextDisplay(_(tokens.ABOUT)))
    form.add_item(ui.Label(text=_(tokens.FIELD), description=_(tokens.HINT), component=field))
    form.stop()  # or discord.py would keep it until it comes back, which it may never
    return form


def read(data: Mapping[str, Any]) -> str:
    """Return the token of a submitted form, from the `data` of the interaction."""
    [token] = [part["component"]["value"] for part in data["components"] if "component" in part]
    return str(token).strip()
