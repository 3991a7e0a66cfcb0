"""Servers' settings and their history, as `bot.ports.SettingsStore` asks for them."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import SettingsChanged
from bot.domain.settings.history import Change, Edit, Key, check_edits, differing, state
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import Stored, Target
from bot.ports import SettingsStore
from bot.storage.database import SqlStore, alone, repeatable, transaction
from bot.storage.server_schema import ChangeRow, RevisionRow, SettingRow


class SqlSettingsStore(SqlStore):
    """Settings in a relational database; what each method does is said in `bot.ports.SettingsStore`."""

    @repeatable
    async def stored(self, session: AsyncSession, guild_id: int) -> tuple[int, list[Stored]]:
        """Return a server's revision and its values."""
        # In this order, a save in between makes the revision too old: a later one is told more, never less.
        revision, rows = await _revision(session, guild_id), await _rows(session, guild_id)
        return revision, list(map(_read_stored, rows.values()))

    @transaction
    async def save(
        self,
        session: AsyncSession,
        guild_id: int,
        edits: Sequence[Edit],
        *,
        user_id: int,
        revision: int | None,
        now: float,
    ) -> list[Change]:
        """Save edits, all or none, with their history; return what has changed."""
        check_edits(edits)
        await alone(session)
        latest, rows = await _revision(session, guild_id), await _rows(session, guild_id)
        before = state(map(_read_stored, rows.values()))
        wanted = differing(edits, before)
        if not wanted:
            return []
        if revision is not None:
            await _check_unchanged(session, guild_id, {_key(edit) for edit in wanted}, revision)
        await session.merge(RevisionRow(guild_id=guild_id, revision=latest + 1))
        for edit in wanted:
            await _write(session, guild_id, rows.get(_key(edit)), edit, latest + 1)
        changes = [
            ChangeRow(
                guild_id=guild_id,
                id=number,
                revision=latest + 1,
                at=now,
                user_id=user_id,
                layer=edit.target.layer,
                target_id=edit.target.id,
                name=edit.name,
                before=_dump(before.get(_key(edit))),
                after=_dump(edit.value),
            )
            for number, edit in enumerate(wanted, await _last_change(session, guild_id) + 1)
        ]
        session.add_all(changes)
        return list(map(read_change, changes))

    @repeatable
    async def history(
        self, session: AsyncSession, guild_id: int, *, since: float = 0.0, limit: int = 1000
    ) -> list[Change]:
        """Return a server's changes, the newest first."""
        later = select(ChangeRow).where(ChangeRow.guild_id == guild_id, ChangeRow.at > since)
        rows = await session.scalars(later.order_by(ChangeRow.id.desc()).limit(limit))
        return [read_change(row) for row in rows]

    @repeatable
    async def change(self, session: AsyncSession, guild_id: int, change_id: int) -> Change | None:
        """Return a change of this server."""
        row = await session.get(ChangeRow, (guild_id, change_id))
        return None if row is None else read_change(row)


def read_change(row: ChangeRow) -> Change:
    """Return the change of a row."""
    return Change(
        id=row.id,
        revision=row.revision,
        at=row.at,
        user_id=row.user_id,
        target=Target(row.layer, row.target_id),
        name=row.name,
        before=_load(row.before),
        after=_load(row.after),
    )


def _key(edit: Edit) -> Key:
    return edit.target, edit.name


async def _revision(session: AsyncSession, guild_id: int) -> int:
    return await session.scalar(select(RevisionRow.revision).where(RevisionRow.guild_id == guild_id)) or 0


async def _last_change(session: AsyncSession, guild_id: int) -> int:
    return await session.scalar(select(func.max(ChangeRow.id)).where(ChangeRow.guild_id == guild_id)) or 0


async def _rows(session: AsyncSession, guild_id: int) -> dict[Key, SettingRow]:
    rows = await session.scalars(select(SettingRow).where(SettingRow.guild_id == guild_id))
    return {(Target(row.layer, row.target_id), row.name): row for row in rows}


def _read_stored(row: SettingRow) -> Stored:
    return Stored(
        target=Target(row.layer, row.target_id),
        name=row.name,
        value=_read(row.value),
        revision=row.revision,
    )


async def _check_unchanged(
    session: AsyncSession, guild_id: int, keys: Collection[Key], revision: int
) -> None:
    later = select(ChangeRow).where(ChangeRow.guild_id == guild_id, ChangeRow.revision > revision)
    changes = [read_change(row) for row in await session.scalars(later.order_by(ChangeRow.id))]
    if meanwhile := tuple(one for one in changes if (one.target, one.name) in keys):
        raise SettingsChanged(meanwhile)


async def _write(
    session: AsyncSession, guild_id: int, row: SettingRow | None, edit: Edit, revision: int
) -> None:
    """Make, change or delete the row of a value that differs."""
    if edit.value is None:
        await session.delete(row)
    elif row is None:
        session.add(
            SettingRow(
                guild_id=guild_id,
                layer=edit.target.layer,
                target_id=edit.target.id,
                name=edit.name,
                value=json.dumps(edit.value),
                revision=revision,
            )
        )
    else:
        row.value, row.revision = json.dumps(edit.value), revision


def _dump(value: Value | None) -> str | None:
    return None if value is None else json.dumps(value)


def _load(text: str | None) -> Value | None:
    return None if text is None else _read(text)


def _read(text: str) -> Value:
    value = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


_: type[SettingsStore] = SqlSettingsStore
