"""What a reply says, from the place in the queue to the finished pictures: one thought a line, for phones."""

from collections.abc import Iterator, Mapping

from bot.domain.board import Board, Drawn, NotDrawn, ShownFile
from bot.domain.picture import Picture
from bot.domain.request import CharactersRemoved, Correction, ImageRequest, SizeCorrected
from bot.domain.stage import Drawing, Stage, Waiting
from bot.ui.wording.errors import explain
from bot.ui.wording.language import N_, _
from bot.ui.wording.queue import asked
from bot.ui.wording.quoting import cut, quote, relative, shortened

MAX_HEADING = 1800  # characters; with `MAX_BODY` it stays below the 4000 that Discord shows in one message
MAX_BODY = 1800
MAX_PROMPT = 600  # characters of a prompt, markup included; **Details** and the alt text have all of it
_BAR = 12  # characters of a progress bar; more would wrap on a phone

CANCELLED = N_("🚫 Cancelled.")
NO_PICTURE = N_("❌ No picture was made.")
_NOT_DRAWN = N_("❌ Not drawn.")  # while others were


def heading(board: Board) -> str:
    """Return what was asked for; several prompts with the numbers of their pictures."""
    numbers: dict[str, list[int]] = {}
    for number, request in enumerate(board.job.requests, 1):
        numbers.setdefault(request.prompt, []).append(number)
    if len(numbers) == 1:
        return f"> {shortened(board.job.requests[0].prompt, MAX_PROMPT)}"
    share = min(MAX_PROMPT, MAX_HEADING // len(numbers) - 40)  # for the marks and up to eight numbers
    return "\n".join(f"> **{_listed(own)}** {shortened(prompt, share)}" for prompt, own in numbers.items())


def body(board: Board, files: Mapping[int, ShownFile]) -> str:
    """Return how far it is, or how it ended.

    Args:
        board: What is shown.
        files: What is attached, by the picture's index.
    """
    lines = [*_ended(board, files)] if board.is_final else [*_running(board)]
    return cut("\n".join(lines), MAX_BODY)


def status(stage: Stage) -> str:
    """Return how far a picture is."""
    lines = _waiting(stage) if isinstance(stage, Waiting) else _drawing(stage)
    if stage.note:
        lines.append(f"-# {quote(stage.note)}")
    return "\n".join(lines)


def bar(done: float, total: float) -> str:
    """Return a progress bar, `▰▰▰▱▱▱▱▱▱▱▱▱` at a quarter."""
    filled = round(_BAR * min(max(done / total, 0), 1)) if total > 0 else 0
    return "▰" * filled + "▱" * (_BAR - filled)


def parameters(request: ImageRequest) -> str:
    """Return what all pictures of a reply have in common."""
    return _("{width} × {height} · {steps} steps · guidance {guidance:g}").format(
        width=request.size.width,
        height=request.size.height,
        steps=request.steps,
        guidance=request.guidance_scale,
    )


def result(picture: Picture) -> str:
    """Return what a picture has of its own."""
    parts = [
        _("seed `{seed}`").format(seed=picture.request.seed),
        picture.request.model,
        f"{picture.seconds:.1f} s",
    ]
    return " · ".join(part for part in parts if part)


def correction(change: Correction) -> str:
    """Return what had to be changed in what the user asked for."""
    match change:
        case SizeCorrected():
            text = _("{asked} is not a size this model draws; the nearest is {size}.")
            return text.format(asked=change.asked, size=change.size)
        case CharactersRemoved():
            return _("Invisible characters were taken out of the prompt.")


def lineage(url: str) -> str:
    """Return from what a picture was made."""
    return _("Made from [this picture]({url}).").format(url=url)


def moved(url: str) -> str:
    """Return where a reply has gone on."""
    return _("➡️ This goes on [in a message of its own]({url}).").format(url=url)


def _running(board: Board) -> Iterator[str]:
    number, stage = _current(board)
    if len(board.slots) > 1:
        yield _("**Picture {number} of {count}**").format(number=number, count=len(board.slots))
    yield status(stage)
    yield from _gaps(board)


def _current(board: Board) -> tuple[int, Stage]:
    """Return the picture that is being drawn, else the first that waits."""
    open_ones = [
        (number, slot) for number, slot in enumerate(board.slots, 1) if isinstance(slot, Waiting | Drawing)
    ]
    return next((one for one in open_ones if isinstance(one[1], Drawing)), open_ones[0])


def _waiting(stage: Waiting) -> list[str]:
    if stage.retry_at is not None:
        return [_("⏳ That did not work. Trying again {when}.").format(when=relative(stage.retry_at))]
    match stage.rank:
        case None:
            line = _("⏳ Asking for a place in the queue…")
        case 0:
            line = _("⏳ You are next.")
        case ahead:
            line = _("⏳ {ahead} ahead of you.").format(ahead=ahead)
    if stage.ready_at is None:
        return [line]
    ready = _("Ready {when}.").format(when=relative(stage.ready_at))
    return [f"{line} {ready}"]


def _drawing(stage: Drawing) -> list[str]:
    if not stage.total:
        return [_("🎨 Drawing…")]
    line = _("🎨 Drawing… step {step:g} of {total:g}").format(step=stage.step, total=stage.total)
    return [line, bar(stage.step, stage.total)]


def _ended(board: Board, files: Mapping[int, ShownFile]) -> Iterator[str]:
    yield from _gaps(board)
    if board.pictures:
        yield f"-# {parameters(board.pictures[0].request)}"
        yield from (f"-# {line}" for line in _results(board))
        shrunk = dict.fromkeys(file.shrunk_to for file in files.values() if file.shrunk_to)
        yield from (
            _("-# Saved as {kind}: Discord takes no larger file here.").format(kind=kind) for kind in shrunk
        )
    yield from (f"-# {correction(change)}" for change in board.job.notes.corrections)
    if board.parent_url:
        yield f"-# {lineage(board.parent_url)}"
    if board.job.parked_until is not None:
        yield f"-# {asked(board.job)}"


def _results(board: Board) -> Iterator[str]:
    for number, slot in enumerate(board.slots, 1):
        if isinstance(slot, Drawn):
            prefix = f"**{number}** " if len(board.slots) > 1 else ""
            yield prefix + result(slot.picture)


def _gaps(board: Board) -> Iterator[str]:
    """Say which pictures there will not be; why, where only the user sees it or everybody may."""
    reasons: dict[str, list[int]] = {}
    for number, slot in enumerate(board.slots, 1):
        if isinstance(slot, NotDrawn):
            reasons.setdefault(_reason(slot, told=board.job.private or slot.is_for_all), []).append(number)
    if len(reasons) == 1 and len(board.errors) == len(board.slots):
        yield from reasons
        return
    for reason, numbers in reasons.items():
        yield f"**{_listed(numbers)}** {_(_NOT_DRAWN) if reason == _(NO_PICTURE) else reason}"


def _reason(slot: NotDrawn, *, told: bool) -> str:
    if slot.error is None:
        return _(CANCELLED)
    return f"❌ {explain(slot.error, slot.reference)}" if told else _(NO_PICTURE)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
