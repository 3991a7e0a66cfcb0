"""What is said where pictures are reported, users blocked, and the bot paused."""

from bot.domain.case import Case
from bot.domain.moderation import Action, Block, Entry, Outcome, Report
from bot.ui.wording.language import N_, _, ngettext
from bot.ui.wording.quoting import cut, quote, relative, shortened

MAX_TEXT = 3500  # characters of a card; Discord shows 4000 in one message
MAX_SHOWN = 6  # reasons on a card; as much as fits, with all of their characters

REPORT = N_("Report")
REPORT_FORM = N_("Report this picture")
REASON = N_("What is wrong with it?")
REASON_HINT = N_("Moderators of this server read it, with your name")

DELETE = N_("Delete picture")
BLOCK = N_("Block here…")
DISMISS = N_("Dismiss")
OPEN_REPORTS = N_("Open reports")
NEWER, OLDER = N_("Newer"), N_("Older")

BLOCK_FORM = N_("Block the user in this server")
BLOCK_HOURS = N_("For how long")
BLOCK_REASON = N_("Why")
BLOCK_REASON_HINT = N_("The user reads it when they try to draw")

LOOK_AT_REPORTS = N_("Look at the reports of pictures that are open")
BLOCK_GROUP = N_("Who may not draw in this server")
BLOCK_LIST = N_("Show who may not")
BLOCK_ADD = N_("Let a member draw nothing here, for some time or for good")
BLOCK_REMOVE = N_("Let a member draw again")
BLOCK_MEMBER = N_("Who")
BLOCK_FOR = N_("Hours, up to a year; without, there is no end")
PAUSE = N_("Draw nothing for now, here or in the whole server")
PAUSE_WHERE = N_("Where")
PAUSE_TEXT = N_("What members are told")
RESUME = N_("Draw again")
HERE, EVERYWHERE = N_("this channel"), N_("the whole server")

THANKS = N_("🚩 Thank you. The moderators of this server have your report.")
THANKS_FOR_LATER = N_("🚩 Thank you. The moderators of this server find your report in `/reports`.")
NO_REPORTS = N_("✅ No report is open.")
NO_BLOCKS = N_("✅ Nobody is blocked in this server.")
NOT_REMOVED = N_(
    "The bot could not delete the picture: it no longer sees that channel. Delete the message, or grant it "
    "**View Channel** there. The report stays open."
)
RESUMED = N_("▶️ Pictures are drawn again.")
STILL_PAUSED = N_("The bot is not paused at this place itself, but it still is in the whole server.")

HOURS: dict[int | None, str] = {
    1: N_("1 hour"),
    24: N_("1 day"),
    168: N_("1 week"),
    720: N_("30 days"),
    None: N_("No end"),
}

_OF_PICTURES = {Action.REPORT, Action.HIDE, Action.DELETE, Action.DISMISS}
_SETTLED = N_("✅ Settled")
_OUTCOMES = {Outcome.DELETED: N_("🗑️ Deleted"), Outcome.DISMISSED: N_("✅ Dismissed")}


def reported(case: Case) -> str:
    """Return what a card says of a picture and of why it was reported."""
    job = case.job
    prompts = dict.fromkeys(request.prompt for request in job.requests)
    lines = [
        f"🚩 **{_times(len(case.reports))}**",
        _picture(case),
        *(f"> {shortened(prompt, 250)}" for prompt in list(prompts)[:3]),
    ]
    hidden = len(case.reports) - MAX_SHOWN
    if hidden > 0:
        lines.append(_("-# and {number} before").format(number=hidden))
    lines += [_reason(report) for report in case.reports[-MAX_SHOWN:]]
    if case.block is not None:
        line = _("🚫 Blocked by <@{user}>, {until}")
        lines.append(line.format(user=case.block.by, until=_until(case.block.until)))
    return cut("\n".join(lines), MAX_TEXT)


def settled(case: Case, by: int | None) -> str:
    """Return what was done about a reported picture.

    Args:
        case: It.
        by: Who did it; None if that is not known here.
    """
    done = _(_OUTCOMES.get(case.outcome, _SETTLED))
    return f"**{done}**" if by is None else _("**{done}** by <@{user}>").format(done=done, user=by)


def page(number: int, pages: int) -> str:
    """Return where in a list the reader is; numbers from 1."""
    return _("-# {number} of {pages}").format(number=number, pages=pages)


def blocks(shown: list[Block]) -> str:
    """Return some blocks, a line each."""
    return "\n".join(_block(block) for block in shown)


def blocked(block: Block) -> str:
    """Return that a user is blocked from now on."""
    text = _("🚫 <@{user}> draws nothing in this server, {until}.")
    return text.format(user=block.user_id, until=_until(block.until))


def unblocked(user_id: int, *, was_blocked: bool) -> str:
    """Return that a user may draw again."""
    if not was_blocked:
        return _("<@{user}> is not blocked in this server.").format(user=user_id)
    return _("✅ <@{user}> may draw in this server again.").format(user=user_id)


def paused(channel_id: int | None, text: str) -> str:
    """Return that nothing is drawn for now.

    Args:
        channel_id: Where; None for the whole server.
        text: What members are told; empty for nothing.
    """
    if channel_id:
        said = _("⏸️ Nothing is drawn in <#{channel}> until somebody uses `/resume`.").format(
            channel=channel_id
        )
    else:
        said = _("⏸️ Nothing is drawn in this server until somebody uses `/resume`.")
    if not text:
        return said
    told = _("Members read: {text}").format(text=quote(text))
    return f"{said}\n{told}"


def review(user_id: int, channel_id: int, prompts: tuple[str, ...], words: tuple[str, ...]) -> str:
    """Return a prompt that was not drawn, for moderators to see.

    Args:
        user_id: Who asked.
        channel_id: Where.
        prompts: For what.
        words: The words that are the reason.
    """
    asked = _("🔎 <@{user}> asked for this in <#{channel}>. It was not drawn.")
    named = _("-# Your rules name {words}.")
    lines = [
        asked.format(user=user_id, channel=channel_id),
        *(f"> {shortened(prompt, 600)}" for prompt in prompts[:4]),
        named.format(words=", ".join(quote(word) for word in words[:10])),
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
    if url:
        picture = _("[a picture]({url})").format(url=url)
    else:
        picture = _("the picture {id}").format(id=quote(entry.subject))
    match entry.action:
        case Action.REPORT:
            reported = _("🚩 {who} reported {picture}").format(who=who, picture=picture)
            return f"{reported}{_colon(entry.detail)}"
        case Action.DELETE:
            text = _("🗑️ {who} deleted {picture} by <@{user}>")
        case Action.DISMISS:
            text = _("✅ {who} dismissed the reports of {picture} by <@{user}>")
        case _ if entry.detail == "remove":
            text = _("🫥 {who} removed {picture} after as many reports as are set")
        case _:
            text = _("🫥 {who} hid {picture} after as many reports as are set")
    return text.format(who=who, picture=picture, user=entry.detail)


def _others(entry: Entry) -> str:
    who = f"<@{entry.user_id}>"
    match entry.action:
        case Action.BLOCK:
            return _blocking(entry)
        case Action.UNBLOCK:
            return _("✅ {who} unblocked <@{user}>").format(who=who, user=entry.subject)
        case Action.PAUSE | Action.RESUME:
            done = _paused(entry).format(who=who, channel=entry.subject)
            return f"{done}{_colon(entry.detail)}"
        case Action.REVIEW:
            held = _("🔎 A prompt of {who} was held back").format(who=who)
            return f"{held}{_colon(entry.detail)}"
        case Action.REFUSED:
            text = _("⛔ {who} tried {what}, which they may not")
            return text.format(who=who, what=quote(entry.subject))
        case Action.STYLE:
            text = _("⚙️ {who} changed the style {what}")
        case _:
            text = _("⚙️ {who} changed {what}")
    return f"{text.format(who=who, what=quote(entry.subject))}{_colon(entry.detail)}"


def _times(number: int) -> str:
    if number < 2:
        return _("Reported")
    text = ngettext("Reported by {number} member", "Reported by {number} members", number)
    return text.format(number=number)


def _picture(case: Case) -> str:
    if case.url is None:
        return _("A picture by <@{user}>").format(user=case.job.user_id)
    return _("[A picture]({url}) by <@{user}>").format(url=case.url, user=case.job.user_id)


def _reason(report: Report) -> str:
    reason = shortened(" ".join(report.reason.split()), 400)
    return f"- <@{report.user_id}>, {relative(report.at)}: {reason}"


def _block(block: Block) -> str:
    text = _("- <@{user}>, {until}, by <@{by}>")
    told = text.format(user=block.user_id, until=_until(block.until), by=block.by)
    return f"{told}{_colon(block.reason)}"


def _until(until: float | None) -> str:
    return _("without an end") if until is None else _("until <t:{time:.0f}:f>").format(time=until)


def _blocking(entry: Entry) -> str:
    end, *reason = entry.detail.split(" ", 1)
    text = _("🚫 <@{by}> blocked <@{user}>, {until}")
    until = _until(float(end) if end.isdigit() else None)
    told = text.format(by=entry.user_id, user=entry.subject, until=until)
    return f"{told}{_colon(''.join(reason))}"


def _paused(entry: Entry) -> str:
    if entry.action is Action.PAUSE:
        return _("⏸️ {who} paused <#{channel}>") if entry.subject else _("⏸️ {who} paused the whole server")
    return _("▶️ {who} resumed <#{channel}>") if entry.subject else _("▶️ {who} resumed the whole server")


def _colon(detail: str) -> str:
    return f": {quote(detail)}" if detail else ""
