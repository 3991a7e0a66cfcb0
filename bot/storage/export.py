"""Rows as JSON, for the user whom they are about; pure.

Ids are texts, which JavaScript would round as numbers; times are Unix seconds. No secret is in it: of tokens
and files it is said that there are.
"""

import json
from collections.abc import Iterable
from typing import Any

from bot.storage.schema import ChargeRow, ClockRow, FavouriteRow, JobRow, PictureRow, StrikesRow
from bot.storage.server_schema import BlockRow, ChangeRow, EntryRow, ReportRow


def jobs(rows: Iterable[JobRow], files: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return jobs, whose pictures are loaded.

    Args:
        rows: They.
        files: The job and the index of each picture whose file is kept.
    """
    kept = set(files)
    return [
        {
            "id": row.id,
            "guild_id": _id(row.guild_id),
            "channel_id": _id(row.channel_id),
            "locale": row.locale,
            "private": row.private,
            "spoiler": row.spoiler,
            "parent": row.parent_job_id and {"job_id": row.parent_job_id, "index": row.parent_index},
            "created_at": row.created_at,
            "state": row.state.value,
            "parked_until": row.parked_until,
            "reply": {"channel_id": _id(row.place_channel_id), "message_id": _id(row.place_message_id)},
            "pictures": [_picture(one, has_file=(row.id, one.index) in kept) for one in row.pictures],
        }
        for row in rows
    ]


def favourites(rows: Iterable[FavouriteRow]) -> list[dict[str, Any]]:
    """Return the pictures that a user likes, by name: they may be somebody else's."""
    return [{"job_id": row.job_id, "index": row.index, "created_at": row.created_at} for row in rows]


def charges(rows: Iterable[ChargeRow]) -> list[dict[str, Any]]:
    """Return what was charged to a user's allowance."""
    return [
        {
            "job_id": row.job_id,
            "channel_id": _id(row.channel_id),
            "guild_id": _id(row.guild_id),
            "at": row.at,
            "pictures": row.pictures,
            "is_live": row.is_live,
        }
        for row in rows
    ]


def clocks(rows: Iterable[ClockRow]) -> list[dict[str, Any]]:
    """Return when the quota of a user's own token returns."""
    return [{"kind": row.kind.value, "until": row.until, "noted_at": row.noted_at} for row in rows]


def strikes(row: StrikesRow | None) -> dict[str, Any] | None:
    """Return how often a user's pictures met used-up quota lately."""
    return None if row is None else {"count": row.count, "last_at": row.last_at}


def reports(rows: Iterable[ReportRow]) -> list[dict[str, Any]]:
    """Return the reports that a user made."""
    return [
        {
            "job_id": row.job_id,
            "guild_id": _id(row.guild_id),
            "reason": row.reason,
            "at": row.at,
            "outcome": row.outcome.value,
        }
        for row in rows
    ]


def blocks(rows: Iterable[BlockRow]) -> list[dict[str, Any]]:
    """Return the blocks of a user; who made them is not theirs to know."""
    return [
        {"guild_id": _id(row.guild_id), "reason": row.reason, "at": row.at, "until": row.until}
        for row in rows
    ]


def changes(rows: Iterable[ChangeRow]) -> list[dict[str, Any]]:
    """Return the changes of settings that a user made."""
    return [
        {
            "guild_id": _id(row.guild_id),
            "at": row.at,
            "layer": row.layer.value,
            "target_id": _id(row.target_id),
            "name": row.name,
            "before": row.before and json.loads(row.before),
            "after": row.after and json.loads(row.after),
        }
        for row in rows
    ]


def entries(rows: Iterable[EntryRow]) -> list[dict[str, Any]]:
    """Return the lines of audit logs about what a user did."""
    return [
        {
            "guild_id": _id(row.guild_id),
            "at": row.at,
            "action": row.action.value,
            "subject": row.subject,
            "detail": row.detail,
        }
        for row in rows
    ]


def _picture(row: PictureRow, *, has_file: bool) -> dict[str, Any]:
    return {
        "index": row.index,
        "prompt": row.prompt,
        "negative_prompt": row.negative_prompt,
        "width": row.width,
        "height": row.height,
        "guidance_scale": row.guidance_scale,
        "steps": row.steps,
        "seed": str(row.seed),
        "model": row.model,
        "seconds": row.seconds,
        "channel_id": _id(row.channel_id),
        "message_id": _id(row.message_id),
        "has_file": has_file,
    }


def _id(number: int | None) -> str | None:
    return None if number is None else str(number)
