"""The card in which a job is shown, from its place in the queue to its pictures."""

from collections.abc import Iterator, Mapping

from discord import ButtonStyle, Colour, ui

from bot.domain.board import Board, ShownFile
from bot.domain.errors import HeldByQuota, ImagineError
from bot.domain.job import Job
from bot.ui import layout, parking, wording
from bot.ui.custom_id import Action, CustomId
from bot.ui.moderation import report_button
from bot.ui.wording import boards, controls
from bot.ui.wording.language import _, speaking

# Beside the words, never instead of them.
_DRAWING = Colour.blurple()
_DONE = Colour.green()
_CANCELLED = Colour.greyple()
_FAILED = Colour.red()


def card(board: Board, files: Mapping[int, ShownFile]) -> ui.LayoutView:
    """Return the card of a board, in the language of its job.

    Args:
        board: What it shows.
        files: What is attached to its message, by the picture's index.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(
        ui.TextDisplay(boards.heading(board)), accent_colour=_colour(board)
    )
    if files:
        container.add_item(_gallery(board, files))
    with speaking(board.job.language):
        container.add_item(ui.TextDisplay(boards.body(board, files)))
        for row in _rows(board):
            container.add_item(row)
    return layout.view(container)


def told(error: ImagineError | None, reference: str | None, locale: str) -> ui.LayoutView:
    """Return what the user is told when there is no picture, with the way to park what can be parked.

    Args:
        error: What happened; None if it was cancelled.
        reference: Under what the log has the details; None if it has none.
        locale: In which language.
    """
    with speaking(locale):
        text = _(boards.CANCELLED) if error is None else wording.explain(error, reference)
        if isinstance(error, HeldByQuota) and error.job_id:
            return layout.view(ui.TextDisplay(text), layout.row(parking.park(error.job_id)))
        return layout.sentence(text)


def moved(url: str, locale: str) -> ui.LayoutView:
    """Return, in a language, what stays where a reply was, when it goes on at another place."""
    with speaking(locale):
        return layout.sentence(boards.moved(url))


def making(job: Job, index: int | None) -> list[layout.Item]:
    """Return the buttons that make a new picture of an old one.

    Args:
        job: Whose picture it is.
        index: Which one; None if there are several to choose from.
    """
    return [
        layout.button(CustomId(Action.AGAIN, job.id), _(controls.AGAIN), "🔁", style=ButtonStyle.primary),
        layout.button(CustomId(Action.EDIT, job.id, index), _(controls.EDIT), "✏️"),
    ]


def keeping(job: Job, index: int | None) -> list[layout.Item]:
    """Return the buttons for a picture that is there; the arguments are those of `making`."""
    return [
        layout.button(CustomId(Action.DETAILS, job.id, index), _(controls.DETAILS), "📋"),
        layout.button(CustomId(Action.FAVOURITE, job.id, index), _(controls.FAVOURITE), "⭐"),
    ]


def same_seed(job: Job, index: int | None) -> layout.Item:
    """Return the button that changes one thing in a picture; the arguments are those of `making`."""
    return layout.button(CustomId(Action.SAME_SEED, job.id, index), _(controls.SAME_SEED), "🌱")


def share(job: Job, index: int | None) -> layout.Item:
    """Return the button that shows everybody what one user alone sees; None is all pictures of the job."""
    control = CustomId(Action.SHARE, job.id, index)
    return layout.button(control, _(controls.SHARE), "📣", style=ButtonStyle.success)


def _rows(board: Board) -> Iterator[layout.Row]:
    job = board.job
    if not board.is_final:
        yield layout.row(layout.button(CustomId(Action.CANCEL, job.id), _(controls.CANCEL), "✖️"))
        return
    index = 0 if len(job.requests) == 1 else None
    delete = layout.button(CustomId(Action.DELETE, job.id), _(controls.DELETE), "🗑️")
    if not board.pictures:
        is_held = any(isinstance(slot.error, HeldByQuota) for slot in board.errors)
        yield layout.row(*([parking.park(job.id)] if is_held else []), *making(job, index), delete)
        return
    yield layout.row(*making(job, index), same_seed(job, index))
    yield layout.row(*keeping(job, index), delete, *_towards_others(job))


def _towards_others(job: Job) -> Iterator[layout.Item]:
    if job.private:
        yield share(job, None)
    elif job.guild_id is not None:
        yield report_button(job)


def _gallery(board: Board, files: Mapping[int, ShownFile]) -> ui.MediaGallery[ui.LayoutView]:
    requests = board.job.requests
    return ui.MediaGallery(
        *(
            layout.picture(
                f"attachment://{files[index].filename}", requests[index].prompt, spoiler=board.job.spoiler
            )
            for index in sorted(files)
        )
    )


def _colour(board: Board) -> Colour:
    if not board.is_final:
        return _DRAWING
    if board.pictures:
        return _DONE
    return _FAILED if any(slot.error for slot in board.errors) else _CANCELLED
