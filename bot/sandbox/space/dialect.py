"""What differs between the Gradio releases that the loopback Space speaks like.

6.31 and 5.50 answer as real servers of these releases were recorded; 4.44 as its source says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

Version: TypeAlias = Literal["6.31", "5.50", "4.44"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One release's way of speaking.

    Attributes:
        release: The version that `/config` states.
        prefix: What the API's paths start with; empty before Gradio 5.
        explains_on_call: `/call` streams carry the error's words (6.13 and later), else null.
        checks_sliders: Values outside of a slider's range are refused with a sentence (5.39 and later).
        has_titles: Errors and logs have a heading (5.2 and later).
        quotes_errors: An error's words come as a Python repr, in quotes (4.x).
        has_time_limit: Previews state a time limit (5.0 and later).
        has_cache_fields: Results state what the cache did (6.x).
        removes_queued: `/cancel` removes an event that still waits; 5.50 only ends its stream.
        restarts: `/cancel` with a wrong fn_index starts a running generator again (5.50).
    """

    release: str
    prefix: str = "/gradio_api"
    explains_on_call: bool = False
    checks_sliders: bool = True
    has_titles: bool = True
    quotes_errors: bool = False
    has_time_limit: bool = True
    has_cache_fields: bool = False
    removes_queued: bool = False
    restarts: bool = True


DIALECTS: Mapping[Version, Dialect] = MappingProxyType(
    {
        "6.31": Dialect(
            release="6.31.0",
            explains_on_call=True,
            has_cache_fields=True,
            removes_queued=True,
            restarts=False,
        ),
        "5.50": Dialect(release="5.50.0"),
        "4.44": Dialect(
            release="4.44.1",
            prefix="",
            checks_sliders=False,
            has_titles=False,
            quotes_errors=True,
            has_time_limit=False,
        ),
    }
)
