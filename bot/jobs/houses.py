"""What moderators decided for their servers: what holds where somebody asks, and how it is changed."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.domain.allowance import Policy, RateLimit
from bot.domain.errors import UserBlocked
from bot.domain.house_rules import Rules
from bot.domain.moderation import Action, Entry
from bot.domain.settings.here import Here
from bot.domain.settings.history import Edit
from bot.domain.settings.layers import Ceilings, Stored, resolve
from bot.domain.styles import Style
from bot.domain.wish import Asker
from bot.domain.words.folding import Folding
from bot.domain.words.matcher import Matcher
from bot.domain.words.verdict import Verdict, WordRules
from bot.ports import ModerationStore, Policies, SettingsStore, StyleStore

_K = TypeVar("_K")
_V = TypeVar("_V")

KNOWN = 1.0  # seconds after which the store is asked anew; another process may have saved
MOST = 1000  # servers whose settings are remembered, and sets of words; the oldest make room


class Houses:
    """Knows every server's settings.

    Args:
        settings: Keeps them.
        styles: Keeps servers' own styles.
        moderation: Keeps blocks, and the audit log.
        limits: The operator's, which no server's exceed.
        blocked_words: The operator's words, blocked everywhere.
        folding: Reads words however they are disguised.
        clock: Returns Unix time in seconds.
    """

    def __init__(
        self,
        settings: SettingsStore,
        styles: StyleStore,
        moderation: ModerationStore,
        *,
        limits: Policy,
        blocked_words: Iterable[str],
        folding: Folding,
        clock: Callable[[], float],
    ) -> None:
        self.ceilings: Ceilings = ceilings(limits)
        self._settings = settings
        self._styles = styles
        self._moderation = moderation
        self._limits = limits
        self._operator = Matcher.of(blocked_words, folding)
        self._folding = folding
        self._clock = clock
        self._stored: dict[int, tuple[float, int, list[Stored]]] = {}
        self._words: dict[tuple[tuple[str, ...], ...], WordRules] = {}

    async def stored(self, guild_id: int) -> tuple[int, list[Stored]]:
        """Return a server's revision, 0 for none, and its values, as they were a moment ago."""
        now = asyncio.get_running_loop().time()
        if guild_id in self._stored:
            read_at, revision, values = self._stored[guild_id]
            if now - read_at < KNOWN:
                return revision, values
            del self._stored[guild_id]
        revision, values = await self._settings.stored(guild_id)
        _remember(self._stored, guild_id, (now, revision, values))
        return revision, values

    async def save(
        self,
        guild_id: int,
        edits: Sequence[Edit],
        *,
        user_id: int,
        revision: int | None,
        action: Action = Action.SETTINGS,
        subject: str | None = None,
        detail: str = "",
    ) -> Entry | None:
        """Save edits, all or none; return the line that is in the audit log, and None if nothing changed.

        Args:
            guild_id: The server.
            edits: What shall change.
            user_id: Who does it.
            revision: The revision that they have seen; None for whichever there is.
            action: What the audit log calls it.
            subject: What that is about; None for the names of the settings.
            detail: What else the audit log has to it.

        Raises:
            SettingError: In one of its leaves, as `bot.ports.SettingsStore.save` does.
        """
        now = self._clock()
        try:
            changes = await self._settings.save(guild_id, edits, user_id=user_id, revision=revision, now=now)
        finally:
            self._stored.pop(guild_id, None)
        if not changes:
            return None
        names = ", ".join(dict.fromkeys(change.name for change in changes))
        entry = Entry(
            guild_id=guild_id,
            at=now,
            user_id=user_id,
            action=action,
            subject=names if subject is None else subject,
            detail=detail,
        )
        await self._moderation.note(entry)
        return entry

    async def check_user(self, guild_id: int | None, user_id: int) -> None:
        """Check that a user may draw in a server.

        Raises:
            UserBlocked: They may not.
        """
        if guild_id is None:
            return
        if block := await self._moderation.blocked(guild_id, user_id, self._clock()):
            raise UserBlocked(block.until, block.reason)

    async def rules(self, guild_id: int | None, here: Here) -> Rules:
        """Return what holds for somebody at a place; the bot's own defaults where there is no server."""
        values = (await self.stored(guild_id))[1] if guild_id is not None else []
        return Rules(resolve(values, here.spot, self.ceilings))

    async def styles(self, guild_id: int | None) -> list[Style]:
        """Return a server's own styles."""
        return [] if guild_id is None else await self._styles.of(guild_id)

    async def judge(self, prompt: str, guild_id: int | None, here: Here) -> Verdict | None:
        """Return what becomes of a prompt at a place, by the words in it; None for nothing."""
        words = self.words(await self.rules(guild_id, here))
        return words.judge(prompt, is_age_restricted=here.is_age_restricted)

    def words(self, rules: Rules) -> WordRules:
        """Return the rules for words that hold at a place."""
        names = ("blocked_words", "mature_words", "reviewed_words", "warned_words", "allowed_words")
        lists = tuple(rules.names(name) for name in names)
        if lists not in self._words:
            blocked, mature, reviewed, warned, allowed = (Matcher.of(one, self._folding) for one in lists)
            made = WordRules(
                operator=self._operator,
                blocked=blocked,
                mature=mature,
                reviewed=reviewed,
                warned=warned,
                allowed=allowed,
            )
            _remember(self._words, lists, made)
        return self._words[lists]

    async def policy(self, asker: Asker) -> Policy:
        """Return the limits that hold where somebody asks; of their roles, the most generous is in them."""
        rules = await self.rules(asker.guild_id, asker.here)
        return Policy(
            user=RateLimit(
                at_once=rules.whole("user_at_once"),
                burst=rules.whole("user_burst") or 1,
                cooldown=(rules.number("user_cooldown") or 0.0) if rules.number("user_burst") else 0.0,
                daily=rules.whole("user_daily"),
            ),
            channel=RateLimit(daily=rules.whole("channel_daily")),
            server=RateLimit(daily=rules.whole("server_daily")),
            bot=self._limits.bot,
        )


def ceilings(limits: Policy) -> Ceilings:
    """Return the operator's limits as the ceilings of the settings that moderators have for them."""
    most = {
        "user_at_once": limits.user.at_once,
        "user_burst": limits.user.burst if limits.user.cooldown else None,
        "user_cooldown": limits.user.cooldown or None,
        "user_daily": limits.user.daily,
        "channel_daily": limits.channel.daily,
        "server_daily": limits.server.daily,
    }
    return {name: number for name, number in most.items() if number is not None}


def _remember(known: dict[_K, _V], key: _K, value: _V) -> None:
    while len(known) >= MOST:
        del known[next(iter(known))]
    known[key] = value


_: type[Policies] = Houses
