"""Users' own tokens, as `bot.ports.TokenStore` asks for them; the database never sees one."""

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.errors import TokensNotKept
from bot.ports import TokenStore
from bot.storage.database import Database, SqlStore, alone, repeatable, transaction
from bot.storage.schema import TokenRow

if TYPE_CHECKING:
    from bot.storage.vault import Vault


class SqlTokenStore(SqlStore):
    """Tokens in a relational database; what each method does is said in `bot.ports.TokenStore`."""

    def __init__(self, database: Database, vault: "Vault | None") -> None:
        """Keep tokens in a vault; without one there are none."""
        super().__init__(database)
        self._vault = vault

    @property
    def can_keep(self) -> bool:
        """Whether there is a vault."""
        return self._vault is not None

    @repeatable
    async def link(self, session: AsyncSession, user_id: int, token: str) -> None:
        """Keep a user's token."""
        if self._vault is None:
            raise TokensNotKept
        await alone(session)
        await session.merge(TokenRow(user_id=user_id, sealed=self._vault.seal(user_id, token)))

    @repeatable
    async def linked(self, session: AsyncSession, user_id: int) -> str | None:
        """Return a user's token."""
        return self._read(user_id, await session.get(TokenRow, user_id))

    @transaction
    async def forget(self, session: AsyncSession, user_id: int, token: str | None = None) -> bool:
        """Forget a user's token, or only that very one."""
        await alone(session)
        row = await session.get(TokenRow, user_id)
        if row is None or (token is not None and self._read(user_id, row) != token):
            return False
        await session.delete(row)
        return True

    @repeatable
    async def renew(self, session: AsyncSession) -> None:
        """Seal all tokens with today's first key, so that the others can be given up."""
        if self._vault is None:
            return
        await alone(session)
        for row in await session.scalars(select(TokenRow)):
            row.sealed = self._vault.renewed(row.sealed)

    def _read(self, user_id: int, row: TokenRow | None) -> str | None:
        return None if row is None or self._vault is None else self._vault.open(user_id, row.sealed)


_: type[TokenStore] = SqlTokenStore
