"""What a test of a prompt against the words comes to."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.words.verdict import Act, Verdict
from bot.ui.wording.language import N_, _
from bot.ui.wording.quoting import quote

_ACTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.BLOCK: N_("It is not drawn. Found: {found}."),
        Act.MATURE: N_("It is drawn in age-restricted channels only, and this is none. Found: {found}."),
        Act.REVIEW: N_("It is not drawn, and moderators are sent the prompt. Found: {found}."),
        Act.WARN: N_("It is drawn, and its member is warned. Found: {found}."),
    }
)


def tested(prompt: str, verdict: Verdict | None) -> str:
    """Return what would become of a prompt here."""
    if verdict is None:
        said = _("Nothing is found in it: it is drawn.")
    else:
        said = _(_ACTS[verdict.act]).format(found=", ".join(map(quote, verdict.words)))
    return f"{quote(prompt)}\n{said}"
