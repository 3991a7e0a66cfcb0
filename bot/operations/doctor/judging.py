"""What the doctor thinks of what it sees: facts go in, findings come out; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from bot.domain.errors import ProviderError, StoreDriverMissing, StoreFailed, TokenRefused
from bot.domain.limits import Limits
from bot.domain.preflight import INVITE, missing
from bot.domain.revisions import Revisions
from bot.operations.doctor.commands import differing
from bot.operations.doctor.facts import Account, Application, Facts, NoDiscord
from bot.ui.wording import doctor
from bot.ui.wording.doctor import Said

SKEW_WARNED, SKEW_BROKEN = 5.0, 60.0  # seconds; Discord's Date counts whole ones


class Mark(Enum):
    """How bad a finding is; the values are what is printed."""

    OK = "ok"
    WARNING = "warning"  # the bot runs, and somebody may miss something
    FAILED = "failed"  # the bot does not run, or nobody gets a picture


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        mark: How bad it is.
        said: It in words, with its remedy.
    """

    mark: Mark
    said: Said


def judge(facts: Facts) -> list[Finding]:
    """Return the findings, in the order in which a set-up is done."""
    return [
        *_discord(facts),
        _space(facts.space),
        *map(_account, facts.accounts),
        _store(facts.store),
    ]


def _discord(facts: Facts) -> Iterator[Finding]:
    match facts.discord:
        case NoDiscord.TOKEN_REFUSED:
            yield Finding(Mark.FAILED, doctor.TOKEN_REFUSED)
        case NoDiscord.UNREACHABLE:
            yield Finding(Mark.FAILED, doctor.DISCORD_UNREACHABLE)
        case Application() as app:
            yield Finding(Mark.OK, doctor.token_accepted(app.name, app.id))
            yield from _way_in(app, facts)
            yield _commands(app, facts)
            yield _invite(app)
            yield _clock(app.skew)
        case _:
            assert_never(facts.discord)


def _way_in(app: Application, facts: Facts) -> Iterator[Finding]:
    if facts.public_key:
        is_right = facts.public_key.lower() == app.public_key.lower()
        yield Finding(Mark.OK, doctor.KEY_RIGHT) if is_right else Finding(Mark.FAILED, doctor.KEY_WRONG)
    if facts.takes_posts and app.endpoint is None:
        yield Finding(Mark.FAILED, doctor.ENDPOINT_MISSING)
    if not facts.takes_posts and app.endpoint is not None:
        yield Finding(Mark.FAILED, doctor.ENDPOINT_IN_THE_WAY)


def _commands(app: Application, facts: Facts) -> Finding:
    if not app.commands:
        return Finding(Mark.WARNING, doctor.COMMANDS_MISSING)
    names = differing(facts.commands, app.commands)
    if names:
        return Finding(Mark.WARNING, doctor.commands_differ(names))
    return Finding(Mark.OK, doctor.commands_in_sync(len(app.commands)))


def _invite(app: Application) -> Finding:
    url = (
        f"https://discord.com/oauth2/authorize?client_id={app.id}"
        f"&scope=bot+applications.commands&permissions={INVITE}"
    )
    lacking = sum(
        bool(missing(permissions, is_thread=False) or missing(permissions, is_thread=True))
        for permissions in app.permissions
    )
    if lacking:
        return Finding(Mark.WARNING, doctor.permissions_missing(lacking, len(app.permissions), url))
    return Finding(Mark.OK, doctor.invite(url))


def _clock(skew: float) -> Finding:
    if abs(skew) <= SKEW_WARNED:
        return Finding(Mark.OK, doctor.CLOCK_RIGHT)
    mark = Mark.WARNING if abs(skew) <= SKEW_BROKEN else Mark.FAILED
    return Finding(mark, doctor.clock_wrong(skew))


def _space(space: Limits | ProviderError) -> Finding:
    if isinstance(space, Limits):
        return Finding(Mark.OK, doctor.space_answers(space))
    return Finding(Mark.FAILED, doctor.space_silent(type(space).__name__))


def _account(account: Account) -> Finding:
    name = account.credential
    if account.is_anonymous:
        return Finding(Mark.WARNING, doctor.NO_HF_TOKEN)
    match account.left:
        case TokenRefused():
            return Finding(Mark.FAILED, doctor.hf_token_refused(name))
        case ProviderError():
            return Finding(Mark.WARNING, doctor.hub_unreachable(name))
        case None:
            return Finding(Mark.OK, doctor.quota_unknown(name))
        case float() | int() as left if left <= 0:
            return Finding(Mark.WARNING, doctor.quota_used_up(name))
        case left:
            return Finding(Mark.OK, doctor.quota_left(name, left))


def _store(store: Revisions | StoreFailed | StoreDriverMissing) -> Finding:
    match store:
        case StoreDriverMissing():
            return Finding(Mark.FAILED, doctor.STORE_DRIVER_MISSING)
        case StoreFailed():
            return Finding(Mark.FAILED, doctor.store_failed(store.reason))
        case Revisions(found=None):
            return Finding(Mark.OK, doctor.STORE_NEW)
        case Revisions(found=str(found), is_known=False):
            return Finding(Mark.FAILED, doctor.store_too_new(found))
        case Revisions(found=str(found), newest=newest) if found != newest:
            return Finding(Mark.WARNING, doctor.store_behind(found, newest))
        case Revisions(newest=newest):
            return Finding(Mark.OK, doctor.store_ready(newest))
        case _:
            assert_never(store)
