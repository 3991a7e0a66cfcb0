"""What the tests of the panel look at cards and forms with."""

from collections.abc import Callable
from typing import Any

from discord import ui

from bot.domain.settings.history import State
from bot.domain.settings.layers import Stored
from bot.sandbox.discord.components import texts, walk
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.people.forms import submission
from bot.sandbox.discord.validation import modals
from bot.sandbox.discord.validation.components import check_tree


def components(view: ui.LayoutView) -> list[dict[str, Any]]:
    return [item.to_component_dict() for item in view.children]


def checked(view: ui.LayoutView) -> list[dict[str, Any]]:
    """Return a card's components, which Discord has to take."""
    shown = components(view)
    problems = Problems()
    check_tree(shown, problems, v2=True)
    problems.refuse()
    return shown


def words(view: ui.LayoutView) -> str:
    return "\n".join(texts(components(view)))


def labels(view: ui.LayoutView) -> list[str]:
    return [part["label"] for part in walk(components(view)) if part["type"] == 2]


def controls(view: ui.LayoutView, action: str) -> list[dict[str, Any]]:
    """Return the buttons and menus of an action."""
    parts = walk(components(view))
    return [part for part in parts if f":{action}:" in part.get("custom_id", "")]


def opened(form: ui.Modal) -> dict[str, Any]:
    """Return a form, which Discord has to take."""
    payload = form.to_dict()
    modals.check(payload)
    for part in payload["components"]:
        assert len(part.get("description") or "") <= 100
    return payload


def submitted(
    form: ui.Modal, convert: Callable[[int, Any], Any] = lambda _, value: value, **values: Any
) -> dict[str, Any]:
    """Return what Discord gives back when somebody fills in some fields and sends the form."""
    return submission(opened(form), values, convert, checked=True)


def as_stored(state: State) -> list[Stored]:
    return [
        Stored(target=target, name=name, value=value, revision=number)
        for number, ((target, name), value) in enumerate(state.items(), 1)
    ]
