"""Wishes made of pictures that were drawn before."""

import re
from dataclasses import replace

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import NotNumbers
from bot.domain.job import MAX_COUNT, Job, KeptPicture, PictureRef
from bot.domain.request import ImageRequest
from bot.domain.variation import Variation
from bot.domain.wish import Wish

_NUMBERS = re.compile(r"\s*(\d{1,6})\s*[·,;/\s]\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*")


def same(job: Job, index: int) -> Wish:
    """Return the wish for one picture of a job exactly as it is."""
    request = job.requests[index]
    return Wish(
        prompts=(request.prompt,),
        negative_prompt=request.negative_prompt,
        width=request.size.width,
        height=request.size.height,
        guidance_scale=request.guidance_scale,
        steps=request.steps,
        seed=request.seed,
        model=request.model,
        private=job.private,
        spoiler=job.spoiler,
        parent=PictureRef(job.id, index),
    )


def again(job: Job) -> Wish:
    """Return the wish for all pictures of a job with a new seed."""
    prompts = tuple(dict.fromkeys(request.prompt for request in job.requests))
    count = min(MAX_COUNT, len(job.requests) // len(prompts))
    return replace(same(job, 0), prompts=prompts, count=count, seed=None)


def varied(job: Job, index: int, change: Variation) -> Wish:
    """Return the wish for a picture with its seed kept and one thing changed."""
    wish = same(job, index)
    if change.steps is not None:
        return replace(wish, steps=change.steps)
    return replace(wish, guidance_scale=change.guidance_scale or 0.0)


def copied(wish: Wish, picture: KeptPicture) -> frozenset[str]:
    """Return the options that a wish has from the picture it is made from: nobody has chosen them anew."""
    request = picture.request
    before = {
        "negative_prompt": request.negative_prompt,
        "aspect_ratio": ratio_of(request),
        "width": request.size.width,
        "height": request.size.height,
        "guidance_scale": request.guidance_scale,
        "steps": request.steps,
        "seed": request.seed,
        "model": request.model,
    }
    same_as_before = {name for name, value in before.items() if getattr(wish, name) == value}
    return frozenset({*same_as_before, "count", "private", "spoiler"})


def ratio_of(request: ImageRequest) -> AspectRatio | None:
    """Return the ratio that leads to a picture's size; None if none does."""
    return next((ratio for ratio in AspectRatio if ratio.size() == request.size), None)


def numbers(request: ImageRequest) -> str:
    """Return the steps and the guidance as a person reads and edits them."""
    return f"{request.steps} · {request.guidance_scale:g}"


def read_numbers(text: str) -> tuple[int, float]:
    """Read the steps and the guidance; a decimal comma serves too.

    Raises:
        NotNumbers: It is anything else.
    """
    found = _NUMBERS.fullmatch(text)
    if found is None:
        raise NotNumbers(text)
    return int(found[1]), float(found[2].replace(",", "."))
