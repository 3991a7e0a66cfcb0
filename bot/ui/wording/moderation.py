"""What is said where pictures are reported, users blocked, and the bot paused."""

from bot.domain.case import Case
from bot.domain.moderation import Action, Block, Entry, Outcome, Report
from bot.ui.wording.quoting import cut, quote, relative, shortened

MAX_TEXT = 3500  # characters of a card; Discord shows 4000 in one message
MAX_SHOWN = 6  # reasons on a card; as much as fits, with all of their characters

REPORT = "Report"
REPORT_FORM = "Report this picture"
REASON = "What is wrong with it?"
REASON_HINT = "Moderators of this server read it, with your name"

DELETE = "Delete picture"
BLOCK = "Block here…"
DISMISS = "Dismiss"
OPEN_REPORTS = "Open reports"
NEWER, OLDER = "Newer", "Older"

BLOCK_FORM = "Block the user in this server"
BLOCK_HOURS = "For how long"
BLOCK_REASON = "Why"
BLOCK_REASON_HINT = "The user reads it when they try to draw"

LOOK_AT_REPORTS = "Look at the reports of pictures that are open"
BLOCK_GROUP = "Who may not draw in this server"
BLOCK_LIST = "Show who may not"
BLOCK_ADD = "Let a member draw nothing here, for some time or for good"
BLOCK_REMOVE = "Let a member draw again"
BLOCK_MEMBER = "Who"
BLOCK_FOR = "Hours, up to a year; without, there is no end"
PAUSE = "Draw nothing for now, here or in the whole server"
PAUSE_WHERE = "Where"
PAUSE_TEXT = "What members are told"
RESUME = "Draw again"
HERE, EVERYWHERE = "this channel", "the whole server"

THANKS = "🚩 Thank you. The moderators of this server have your report."
THANKS_FOR_LATER = "🚩 Thank you. The moderators of this server find your report in `/reports`."
NO_REPORTS = "✅ No report is open."
NO_BLOCKS = "✅ Nobody is blocked in this server."
NOT_REMOVED = (
    "The bot could not delete the picture: it no longer sees that channel. Delete the message, or grant it "
    "**View Channel** there. The report stays open."
)
RESUMED = "▶️ Pictures are drawn again."
STILL_PAUSED = "The bot is not paused at this place itself, but it still is in the whole server."

HOURS: dict[int | None, str] = {1: "1 hour", 24: "1 day", 168: "1 week", 720: "30 days", None: "No end"}

_OF_PICTURES = {Action.REPORT, Action.HIDE, Action.DELETE, Action.DISMISS}
_OUTCOMES = {Outcome.DELETED: "🗑️ Deleted", Outcome.DISMISSED: "✅ Dismissed"}


def reported(case: Case) -> str:
    """Return what a card says of a picture and of why it was reported."""
    job = case.job
    prompts = dict.fromkeys(request.prompt for request in job.requests)
    lines = [
        f"🚩 **{_times(len(case.reports))}**",
        f"[A picture]({case.url}) by <@{job.user_id}>" if case.url else f"A picture by <@{job.user_id}>",
        *(f"> {shortened(prompt, 250)}" for prompt in list(prompts)[:3]),
    ]
    hidden = len(case.reports) - MAX_SHOWN
    if hidden > 0:
        lines.append(f"-# and {hidden} before")
    lines += [_reason(report) for report in case.reports[-MAX_SHOWN:]]
    if case.block is not None:
        lines.append(f"🚫 Blocked by <@{case.block.by}>, {_until(case.block.until)}")
    return cut("\n".join(lines), MAX_TEXT)


def settled(case: Case, by: int | None) -> str:
    """Return what was done about a reported picture.

    Args:
        case: It.
        by: Who did it; None if that is not known here.
    """
    who = f" by <@{by}>" if by is not None else ""
    return f"**{_OUTCOMES.get(case.outcome, '✅ Settled')}**{who}"


def page(number: int, pages: int) -> str:
    """Return where in a list the reader is; numbers from 1."""
    return f"-# {number} of {pages}"


def blocks(shown: list[Block]) -> str:
    """Return some blocks, a line each."""
    return "\n".join(_block(block) for block in shown)


def blocked(block: Block) -> str:
    """Return that a user is blocked from now on."""
    return f"🚫 <@{block.user_id}> draws nothing in this server, {_until(block.until)}."


def unblocked(user_id: int, *, was_blocked: bool) -> str:
    """Return that a user may draw again."""
    if not was_blocked:
        return f"<@{user_id}> is not blocked in this server."
    return f"✅ <@{user_id}> may draw in this server again."


def paused(channel_id: int | None, text: str) -> str:
    """Return that nothing is drawn for now.

    Args:
        channel_id: Where; None for the whole server.
        text: What members are told; empty for nothing.
    """
    where = f"in <#{channel_id}>" if channel_id else "in this server"
    told = f"\nMembers read: {quote(text)}" if text else ""
    return f"⏸️ Nothing is drawn {where} until somebody uses `/resume`.{told}"


def review(user_id: int, channel_id: int, prompts: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Return a prompt that was not drawn, for moderators to see.

    Args:
        user_id: Who asked.
        channel_id: Where.
        prompts: For what.
        words: The words that are the reason.
    """
    lines = [
        f"🔎 <@{user_id}> asked for this in <#{channel_id}>. It was not drawn.",
        *(f"> {shortened(prompt, 600)}" for prompt in prompts[:4]),
        f"-# Your rules name {', '.join(quote(word) for word in words[:10])}.",
    ]
    return cut("\n".join(lines), MAX_TEXT)


def line(entry: Entry, url: str | None = None) -> str:
    """Return a line of the audit log.

    Args:
        entry: It.
        url: Where the picture is that it is about; None for none.
    """
    about = _pictures(entry, url) if entry.action in _OF_PICTURES else _others(entry)
    return cut(about, MAX_TEXT)


def _pictures(entry: Entry, url: str | None) -> str:
    who = f"<@{entry.user_id}>"
    picture = f"[a picture]({url})" if url else f"the picture {quote(entry.subject)}"
    match entry.action:
        case Action.REPORT:
            return f"🚩 {who} reported {picture}{_colon(entry.detail)}"
        case Action.DELETE:
            return f"🗑️ {who} deleted {picture} by <@{entry.detail}>"
        case Action.DISMISS:
            return f"✅ {who} dismissed the reports of {picture} by <@{entry.detail}>"
        case _:
            done = "removed" if entry.detail == "remove" else "hid"
            return f"🫥 {who} {done} {picture} after as many reports as are set"


def _others(entry: Entry) -> str:
    who = f"<@{entry.user_id}>"
    match entry.action:
        case Action.BLOCK:
            return _blocking(entry)
        case Action.UNBLOCK:
            return f"✅ {who} unblocked <@{entry.subject}>"
        case Action.PAUSE | Action.RESUME:
            done = "⏸️ {} paused" if entry.action is Action.PAUSE else "▶️ {} resumed"
            return f"{done.format(who)} {_place(entry)}{_colon(entry.detail)}"
        case Action.REVIEW:
            return f"🔎 A prompt of {who} was held back{_colon(entry.detail)}"
        case Action.REFUSED:
            return f"⛔ {who} tried {quote(entry.subject)}, which they may not"
        case _:
            what = "the style " if entry.action is Action.STYLE else ""
            return f"⚙️ {who} changed {what}{quote(entry.subject)}{_colon(entry.detail)}"


def _times(number: int) -> str:
    return "Reported" if number < 2 else f"Reported by {number} members"


def _reason(report: Report) -> str:
    reason = shortened(" ".join(report.reason.split()), 400)
    return f"- <@{report.user_id}>, {relative(report.at)}: {reason}"


def _block(block: Block) -> str:
    reason = f": {quote(block.reason)}" if block.reason else ""
    return f"- <@{block.user_id}>, {_until(block.until)}, by <@{block.by}>{reason}"


def _until(until: float | None) -> str:
    return "without an end" if until is None else f"until <t:{until:.0f}:f>"


def _blocking(entry: Entry) -> str:
    end, _, reason = entry.detail.partition(" ")
    until = _until(float(end) if end.isdigit() else None)
    return f"🚫 <@{entry.user_id}> blocked <@{entry.subject}>, {until}{_colon(reason)}"


def _place(entry: Entry) -> str:
    return f"<#{entry.subject}>" if entry.subject else "the whole server"


def _colon(detail: str) -> str:
    return f": {quote(detail)}" if detail else ""
