"""Limits on forms. Source: Discord's documentation, interactions/receiving-and-responding, "Modal"."""

from bot.sandbox.discord.components import Kind
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.validation.components import check_custom_ids
from bot.sandbox.discord.wire import Json

TITLE, CUSTOM_ID, FIELDS, LABEL = 45, 100, 5, 45
TOP = {Kind.ROW, Kind.TEXT, Kind.LABEL}


def check(modal: Json) -> None:
    """Check a form before it opens.

    Raises:
        ApiError: 400/50035.
    """
    problems = Problems()
    for key, most in (("title", TITLE), ("custom_id", CUSTOM_ID)):
        problems.require((key,), modal.get(key))
        problems.length((key,), modal.get(key), most)
    fields = modal.get("components") or []
    problems.length(("components",), fields, FIELDS, least=1)
    check_custom_ids(fields, problems)
    for number, field in enumerate(fields):
        if field.get("type") not in TOP:
            text = 'Value of field "type" must be one of (1, 10, 18).'
            problems.add(("components", number, "type"), "UNION_TYPE_CHOICES", text)
        if field.get("type") == Kind.LABEL:
            problems.require(("components", number, "label"), field.get("label"))
            problems.length(("components", number, "label"), field.get("label"), LABEL)
            problems.require(("components", number, "component"), field.get("component"))
    problems.refuse()
