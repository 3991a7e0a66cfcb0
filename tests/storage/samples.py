"""Jobs to be stored: an everyday one, and any at all."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from bot.domain.aspect_ratio import Size
from bot.domain.job import MAX_PICTURES, Job, JobState, PictureRef, Place
from bot.domain.limits import Limits, Range
from bot.domain.request import MAX_PROMPT, ImageRequest

KEY, NEW_KEY = "a" * 43 + "=", "b" * 42 + "A="  # 32 bytes each, as `bot.storage.vault.Vault` takes them
PLACE = Place(channel_id=30, message_id=40, token="secret-token", token_ends_at=1900.0)

_FOX = Job(
    id="fox",
    user_id=10,
    guild_id=20,
    channel_id=30,
    locale="en-US",
    requests=(ImageRequest("a fox", seed=7, model="sd-3.5"),),
    created_at=1000.0,
)


def job(name: str = "fox", *, pictures: int = 1, **changes: Any) -> Job:
    """Return an everyday job, with some of its fields changed."""
    return replace(_FOX, id=name, **{"requests": _FOX.requests * pictures, **changes})


_SNOWFLAKES = st.integers(1, 2**63 - 1)
_TIMES = st.floats(0, 2**40)
_NAMES = st.text("abcXYZ019-_", min_size=1, max_size=16)
# A prompt holds no control characters (`bot.domain.request.clean`), and no database takes half a character.
_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=MAX_PROMPT)
_SEEDS = Range(0, 2**63 - 1)
_WIDE = Limits(width=Range(32, 8192), height=Range(32, 8192), steps=Range(1, 9999), seed=_SEEDS)

_REQUESTS = st.builds(
    ImageRequest,
    prompt=_TEXT.filter(str.strip),
    negative_prompt=_TEXT,
    size=st.builds(Size, *[st.integers(1, 256).map(lambda sides: sides * 32)] * 2),
    guidance_scale=st.floats(0, 7.5),
    steps=st.integers(1, 9999),
    seed=st.integers(0, 2**63 - 1),
    model=_TEXT,
    limits=st.just(_WIDE),
)

_PLACES = st.builds(
    Place,
    channel_id=_SNOWFLAKES,
    message_id=st.none() | _SNOWFLAKES,
    token=st.none() | st.text("abc.-_019", min_size=1),
    token_ends_at=_TIMES,
)

ANY_JOB = st.builds(
    Job,
    id=_NAMES,
    user_id=_SNOWFLAKES,
    guild_id=st.none() | _SNOWFLAKES,
    channel_id=_SNOWFLAKES,
    locale=st.sampled_from(["en-US", "zh-CN", ""]),
    requests=st.lists(_REQUESTS, min_size=1, max_size=MAX_PICTURES).map(tuple),
    private=st.booleans(),
    spoiler=st.booleans(),
    parent=st.none() | st.builds(PictureRef, _NAMES, st.integers(0, MAX_PICTURES - 1)),
    created_at=_TIMES,
    state=st.sampled_from(JobState),
    place=st.none() | _PLACES,
    parked_until=st.none() | _TIMES,
)
