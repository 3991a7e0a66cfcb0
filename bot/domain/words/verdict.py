"""What becomes of a prompt, by the words in it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from bot.domain.words.matcher import Found, Matcher
from bot.domain.words.text import Text


class Act(Enum):
    """What is done about words, the gravest first."""

    BLOCK = "block"
    MATURE = "mature"  # drawn in age-restricted channels only, and this is none
    REVIEW = "review"  # not drawn; moderators are sent the prompt
    WARN = "warn"  # drawn; the user is told


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done about a prompt.

    Attributes:
        act: What.
        found: The words that are why, in the order of the prompt.
    """

    act: Act
    found: tuple[Found, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words as the user wrote them, without repetition."""
        return tuple(dict.fromkeys(one.written for one in self.found))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRules:
    """All rules that hold at a place, ready to be looked for; to be kept, for making them takes a while.

    Attributes:
        operator: The operator's words, blocked everywhere.
        blocked: The moderators' words that are not drawn.
        mature: Those drawn in age-restricted channels only.
        reviewed: Those that moderators look at first.
        warned: Those that are drawn with a warning.
        allowed: What exempts whatever of the moderators' it is found around.
    """

    operator: Matcher
    blocked: Matcher
    mature: Matcher
    reviewed: Matcher
    warned: Matcher
    allowed: Matcher

    def judge(self, prompt: str, *, is_age_restricted: bool) -> Verdict | None:
        """Return what is done about a prompt; None for nothing.

        Args:
            prompt: As the user gave it.
            is_age_restricted: Whether the channel is.
        """
        text = Text(prompt, self.operator.folding)
        allowed = self.allowed.find(text)
        blocked = (*self.operator.find(text), *_without(self.blocked.find(text), allowed))
        if blocked:
            return Verdict(Act.BLOCK, blocked)
        mature = Matcher.of((), text.folding) if is_age_restricted else self.mature
        for act, matcher in ((Act.MATURE, mature), (Act.REVIEW, self.reviewed), (Act.WARN, self.warned)):
            if found := _without(matcher.find(text), allowed):
                return Verdict(act, found)
        return None


def _without(found: Iterable[Found], allowed: Iterable[Found]) -> tuple[Found, ...]:
    """Return what nothing allowed is found around; both are in the order of where they begin."""
    kept, ahead, reach = [], deque(allowed), 0
    for one in found:
        while ahead and ahead[0].begin <= one.begin:
            reach = max(reach, ahead.popleft().end)
        if one.end > reach:
            kept.append(one)
    return tuple(kept)
