"""Rows become values of the domain, and the reverse; pure."""

from typing import Any

from bot.domain.aspect_ratio import Size
from bot.domain.job import Job, KeptPicture, Notes, PictureRef, Place
from bot.domain.limits import Limits, Range
from bot.domain.quota_clock import QuotaClock
from bot.domain.request import CharactersRemoved, Correction, ImageRequest, SizeCorrected
from bot.domain.strikes import Strikes
from bot.storage.schema import ClockRow, JobRow, PictureRow, StrikesRow

# What was accepted once is read whatever a service accepts today; it is checked anew before it is drawn anew.
_ANY = Range(float("-inf"), float("inf"))
_STORED = Limits(width=_ANY, height=_ANY, guidance_scale=_ANY, steps=_ANY, seed=_ANY)


def job_row(job: Job, process_id: str | None = None) -> JobRow:
    """Return the row of a job that a process sees to, with the rows of its pictures."""
    return JobRow(
        id=job.id,
        user_id=job.user_id,
        guild_id=job.guild_id,
        channel_id=job.channel_id,
        locale=job.locale,
        private=job.private,
        spoiler=job.spoiler,
        parent_job_id=job.parent and job.parent.job_id,
        parent_index=job.parent and job.parent.index,
        created_at=job.created_at,
        state=job.state,
        parked_until=job.parked_until,
        notes=_notes(job.notes),
        is_open=not job.state.is_final,
        process_id=process_id,
        pictures=[_picture_row(index, request) for index, request in enumerate(job.requests)],
        **(place_columns(job.place) if job.place else {}),
    )


def place_columns(place: Place) -> dict[str, int | float | str | None]:
    """Return the columns of a job that say where its reply is."""
    return {
        "place_channel_id": place.channel_id,
        "place_message_id": place.message_id,
        "place_token": place.token,
        "place_token_ends_at": place.token_ends_at,
        "place_file_limit": place.file_limit,
    }


def read_job(row: JobRow) -> Job:
    """Return the job of a row, whose pictures are loaded."""
    return Job(
        id=row.id,
        user_id=row.user_id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        locale=row.locale,
        requests=tuple(_read_request(picture) for picture in row.pictures),
        private=row.private,
        spoiler=row.spoiler,
        parent=_read_parent(row),
        created_at=row.created_at,
        state=row.state,
        place=_read_place(row),
        parked_until=row.parked_until,
        notes=_read_notes(row.notes),
        is_open=row.is_open,
    )


def read_picture(row: PictureRow, *, has_image: bool, favourite: bool) -> KeptPicture:
    """Return the picture of a row, whose job is loaded with all of its pictures."""
    return KeptPicture(
        job=read_job(row.job),
        index=row.index,
        seconds=row.seconds,
        message_id=row.message_id,
        channel_id=row.channel_id,
        has_image=has_image,
        favourite=favourite,
    )


def read_strikes(row: StrikesRow) -> Strikes:
    """Return the strikes of a row."""
    return Strikes(row.count, row.last_at)


def clock_row(clock: QuotaClock) -> ClockRow:
    """Return the row of a clock."""
    return ClockRow(
        credential=clock.credential,
        kind=clock.kind,
        until=clock.until,
        stated=clock.stated,
        seconds_requested=clock.requested,
        seconds_left=clock.left,
        noted_at=clock.noted_at,
    )


def read_clock(row: ClockRow) -> QuotaClock:
    """Return the clock of a row."""
    return QuotaClock(
        credential=row.credential,
        kind=row.kind,
        until=row.until,
        stated=row.stated,
        requested=row.seconds_requested,
        left=row.seconds_left,
        noted_at=row.noted_at,
    )


def _picture_row(index: int, request: ImageRequest) -> PictureRow:
    return PictureRow(
        index=index,
        prompt=request.prompt,
        negative_prompt=request.negative_prompt,
        width=request.size.width,
        height=request.size.height,
        guidance_scale=request.guidance_scale,
        steps=request.steps,
        seed=request.seed,
        model=request.model,
    )


def _read_request(row: PictureRow) -> ImageRequest:
    return ImageRequest(
        prompt=row.prompt,
        negative_prompt=row.negative_prompt,
        size=Size(row.width, row.height),
        guidance_scale=row.guidance_scale,
        steps=row.steps,
        seed=row.seed,
        model=row.model,
        limits=_STORED,
    )


def _read_parent(row: JobRow) -> PictureRef | None:
    if row.parent_job_id is None or row.parent_index is None:
        return None
    return PictureRef(row.parent_job_id, row.parent_index)


def _notes(notes: Notes) -> dict[str, Any]:
    """Return notes as JSON; a size is a pair of pixels."""
    sizes = [one for one in notes.corrections if isinstance(one, SizeCorrected)]
    return {
        "sizes": [[one.asked, one.size.width, one.size.height] for one in sizes],
        "characters_removed": CharactersRemoved() in notes.corrections,
        "has_previews": notes.has_previews,
        "warned": list(notes.warned),
        "language": notes.language,
    }


def _read_notes(kept: dict[str, Any]) -> Notes:
    removed: list[Correction] = [CharactersRemoved()] if kept.get("characters_removed") else []
    sizes = [SizeCorrected(asked, Size(width, height)) for asked, width, height in kept.get("sizes", ())]
    return Notes(
        corrections=(*removed, *sizes),
        has_previews=kept.get("has_previews", True),
        warned=tuple(kept.get("warned", ())),
        language=kept.get("language", ""),
    )


def _read_place(row: JobRow) -> Place | None:
    if row.place_channel_id is None:
        return None
    return Place(
        channel_id=row.place_channel_id,
        message_id=row.place_message_id,
        token=row.place_token,
        token_ends_at=row.place_token_ends_at or 0.0,
        file_limit=row.place_file_limit,
    )
