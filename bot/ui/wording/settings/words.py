"""What a test of a prompt against the words comes to."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.words.verdict import Act, Verdict
from bot.ui.wording.quoting import quote

_ACTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.BLOCK: "It is not drawn",
        Act.MATURE: "It is drawn in age-restricted channels only, and this is none",
        Act.REVIEW: "It is not drawn, and moderators are sent the prompt",
        Act.WARN: "It is drawn, and its member is warned",
    }
)


def tested(prompt: str, verdict: Verdict | None) -> str:
    """Return what would become of a prompt here."""
    if verdict is None:
        return f"{quote(prompt)}\nNothing is found in it: it is drawn."
    found = ", ".join(map(quote, verdict.words))
    return f"{quote(prompt)}\n{_ACTS[verdict.act]}. Found: {found}."
