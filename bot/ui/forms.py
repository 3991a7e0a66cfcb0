"""The form in which a picture is edited, and what is read from it when it comes back.

Discord gives a form's answer back with its custom_id; nothing of it is kept meanwhile, so it works after a
restart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.domain import remake
from bot.domain.aspect_ratio import AspectRatio
from bot.domain.job import Job
from bot.domain.permutations import doubled
from bot.domain.request import MAX_PROMPT, ImageRequest
from bot.domain.wish import Wish
from bot.ui import wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.wording import controls
from bot.ui.wording.language import _

PROMPT, NEGATIVE_PROMPT, RATIO, NUMBERS, SEED = "prompt", "negative_prompt", "ratio", "numbers", "seed"

_AS_IT_IS = "-"  # the shape of a picture whose size is of no ratio


def edit(job: Job, index: int) -> ui.Modal:
    """Return the form for a picture, filled in with what it was drawn from."""
    request = job.requests[index]
    form = ui.Modal(title=_(controls.FORM), custom_id=str(CustomId(Action.EDIT, job.id, index)))
    for label, hint, field in (
        (_(controls.FORM_PROMPT), None, _text(PROMPT, doubled(request.prompt))),
        (_(controls.FORM_NEGATIVE_PROMPT), None, _text(NEGATIVE_PROMPT, request.negative_prompt)),
        (_(controls.FORM_RATIO), None, _ratios(request)),
        (_(controls.FORM_NUMBERS), _(controls.FORM_NUMBERS_HINT), _numbers(request)),
        (_(controls.FORM_SEED), _(controls.FORM_SEED_HINT), _seed()),
    ):
        form.add_item(ui.Label(text=label, description=hint, component=field))
    form.stop()  # or discord.py would keep it until it comes back, which it may never
    return form


def read(data: Mapping[str, Any], job: Job, index: int) -> Wish:
    """Return what a submitted form asks for; a prompt with choices in it is not expanded.

    Args:
        data: The `data` of the interaction.
        job: The job of the form's custom_id.
        index: Its picture.

    Raises:
        NotNumbers: The steps and the guidance cannot be read.
        UnknownAspectRatio: Somebody made their own form.
    """
    answers = dict(_answers(data))
    steps, guidance = remake.read_numbers(str(answers[NUMBERS]))
    wish = replace(
        remake.same(job, index),
        prompts=(str(answers[PROMPT]),),
        negative_prompt=str(answers[NEGATIVE_PROMPT] or ""),
        steps=steps,
        guidance_scale=guidance,
        seed=job.requests[index].seed if answers[SEED] else None,
    )
    ratio = str(answers[RATIO])
    if ratio == _AS_IT_IS:
        return wish
    return replace(wish, aspect_ratio=AspectRatio.parse(ratio), width=None, height=None)


def _answers(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in data["components"]:
        field = part["component"]
        yield field["custom_id"], field["value"] if "value" in field else next(iter(field["values"]), "")


def _text(name: str, value: str) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph,
        default=value,
        required=name == PROMPT,
        max_length=2 * MAX_PROMPT,  # a doubled brace is one; what is too long in the end is told
    )


def _numbers(request: ImageRequest) -> ui.TextInput[ui.Modal]:
    return ui.TextInput(custom_id=NUMBERS, default=remake.numbers(request), max_length=20)


def _seed() -> ui.Checkbox[ui.Modal]:
    return ui.Checkbox(custom_id=SEED, default=True)


def _ratios(request: ImageRequest) -> ui.Select[ui.Modal]:
    """Return the ratios, and first of all the picture's own size if no ratio leads to it."""
    own = remake.ratio_of(request)
    options = [
        discord.SelectOption(label=wording.ratio(ratio), value=ratio.value, default=ratio is own)
        for ratio in AspectRatio
    ]
    if own is None:
        label = controls.as_it_is(str(request.size))
        options.insert(0, discord.SelectOption(label=label, value=_AS_IT_IS, default=True))
    return ui.Select(custom_id=RATIO, options=options, required=True)
