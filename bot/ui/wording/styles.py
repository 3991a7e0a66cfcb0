"""What is said of styles: the commands, the form and the list."""

from bot.domain.styles import Style
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import quote

GROUP = N_("This server's styles for pictures")
ADD = N_("Add a style")
EDIT = N_("Change a style")
REMOVE = N_("Remove a style")
LIST = N_("All styles, with a picture of each on demand")

NAME = N_("The style's name")
STEPS = N_("Steps where a member gives none")
GUIDANCE = N_("Guidance where a member gives none")
RATIO = N_("Shape where a member gives none")

FORM_ADD = N_("Add a style")
FORM_EDIT = N_("Change a style")
FORM_NAME = N_("Name")
FORM_BEFORE = N_("Before the prompt")
FORM_AFTER = N_("After the prompt")
FORM_NEGATIVE = N_("After the negative prompt")

TRY = N_("Try it")
TRY_PROMPT = "a fox in the snow"
NEWER = N_("Back")
OLDER = N_("More")


def heading(number: int, of: int) -> str:
    """Return the heading of a page of the list, pages counted from 1."""
    title = _("## Styles")
    if of == 1:
        return title
    page = _("-# page {number} of {pages}").format(number=number, pages=of)
    return f"{title}\n{page}"


def entry(style: Style, *, is_own: bool) -> str:
    """Return what a style adds."""
    parts = [
        _("{text} before").format(text=quote(style.before)) if style.before else "",
        _("{text} after").format(text=quote(style.after)) if style.after else "",
        _("not {text}").format(text=quote(style.negative_prompt)) if style.negative_prompt else "",
        "" if style.steps is None else _("{steps} steps").format(steps=style.steps),
        ""
        if style.guidance_scale is None
        else _("guidance {guidance:g}").format(guidance=style.guidance_scale),
        style.aspect_ratio or "",
    ]
    whose = "" if is_own else _(" · built in")
    return f"**{style.name}**{whose}\n-# " + " · ".join(part for part in parts if part)


def saved(name: str) -> str:
    """Return that a style was saved."""
    return _("The style {name} is saved. `/imagine` has it as `style`.").format(name=quote(name))


def removed(name: str) -> str:
    """Return that a style was removed."""
    return _("The style {name} is removed.").format(name=quote(name))
