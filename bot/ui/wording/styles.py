"""What is said of styles: the commands, the form and the list."""

from bot.domain.styles import Style
from bot.ui.wording.quoting import quote

GROUP = "This server's styles for pictures"
ADD = "Add a style"
EDIT = "Change a style"
REMOVE = "Remove a style"
LIST = "All styles, with a picture of each on demand"

NAME = "The style's name"
STEPS = "Steps where a member gives none"
GUIDANCE = "Guidance where a member gives none"
RATIO = "Shape where a member gives none"

FORM_ADD = "Add a style"
FORM_EDIT = "Change a style"
FORM_NAME = "Name"
FORM_BEFORE = "Before the prompt"
FORM_AFTER = "After the prompt"
FORM_NEGATIVE = "After the negative prompt"

TRY = "Try it"
TRY_PROMPT = "a fox in the snow"
NEWER = "Back"
OLDER = "More"


def heading(number: int, of: int) -> str:
    """Return the heading of a page of the list, pages counted from 1."""
    return "## Styles" + (f"\n-# page {number} of {of}" if of > 1 else "")


def entry(style: Style, *, is_own: bool) -> str:
    """Return what a style adds."""
    parts = [
        f"{quote(style.before)} before" if style.before else "",
        f"{quote(style.after)} after" if style.after else "",
        f"not {quote(style.negative_prompt)}" if style.negative_prompt else "",
        f"{style.steps} steps" if style.steps is not None else "",
        f"guidance {style.guidance_scale:g}" if style.guidance_scale is not None else "",
        style.aspect_ratio or "",
    ]
    whose = "" if is_own else " · built in"
    return f"**{style.name}**{whose}\n-# " + " · ".join(part for part in parts if part)


def saved(name: str) -> str:
    """Return that a style was saved."""
    return f"The style {quote(name)} is saved. `/imagine` has it as `style`."


def removed(name: str) -> str:
    """Return that a style was removed."""
    return f"The style {quote(name)} is removed."
