"""Servers' own styles, as `bot.ports.StyleStore` asks for them."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import StyleRefused, StyleUnknown
from bot.domain.styles import MOST, Style
from bot.ports import StyleStore
from bot.storage.database import SqlStore, alone, repeatable, transaction
from bot.storage.server_schema import StyleRow


class SqlStyleStore(SqlStore):
    """Styles in a relational database; what each method does is said in `bot.ports.StyleStore`."""

    @repeatable
    async def of(self, session: AsyncSession, guild_id: int) -> list[Style]:
        """Return a server's own styles, in the order of their names."""
        rows = await session.scalars(
            select(StyleRow).where(StyleRow.guild_id == guild_id).order_by(StyleRow.key)
        )
        return [_read(row) for row in rows]

    @transaction
    async def put(self, session: AsyncSession, guild_id: int, style: Style, *, is_new: bool) -> None:
        """Keep a style."""
        await alone(session)
        key = style.name.casefold()
        exists = await session.get(StyleRow, (guild_id, key)) is not None
        if is_new and exists:
            raise StyleRefused("exists")
        if not is_new and not exists:
            raise StyleUnknown(style.name)
        if is_new and await _count(session, guild_id) >= MOST:
            raise StyleRefused("too many")
        await session.merge(
            StyleRow(
                guild_id=guild_id,
                key=key,
                name=style.name,
                before=style.before,
                after=style.after,
                negative_prompt=style.negative_prompt,
                steps=style.steps,
                guidance_scale=style.guidance_scale,
                aspect_ratio=style.aspect_ratio,
            )
        )

    @transaction
    async def remove(self, session: AsyncSession, guild_id: int, name: str) -> bool:
        """Forget a style."""
        one = (StyleRow.guild_id == guild_id, StyleRow.key == name.casefold())
        return await session.scalar(delete(StyleRow).where(*one).returning(StyleRow.key)) is not None


async def _count(session: AsyncSession, guild_id: int) -> int:
    theirs = select(func.count()).select_from(StyleRow).where(StyleRow.guild_id == guild_id)
    return await session.scalar(theirs) or 0


def _read(row: StyleRow) -> Style:
    return Style(
        name=row.name,
        before=row.before,
        after=row.after,
        negative_prompt=row.negative_prompt,
        steps=row.steps,
        guidance_scale=row.guidance_scale,
        aspect_ratio=row.aspect_ratio,
    )


_: type[StyleStore] = SqlStyleStore
