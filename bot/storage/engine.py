"""Opens a database, of whichever kind its address is."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.domain.errors import StoreDriverMissing, StoreFailed
from bot.storage.database import Database
from bot.storage.jobs import SqlJobStore
from bot.storage.limits import SqlLimitStore
from bot.storage.migrating import migrate
from bot.storage.moderation import SqlModerationStore
from bot.storage.postgresql import open_postgresql
from bot.storage.privacy import SqlPrivacyStore
from bot.storage.quotas import SqlQuotaStore
from bot.storage.settings import SqlSettingsStore
from bot.storage.sqlite import open_sqlite
from bot.storage.styles import SqlStyleStore
from bot.storage.tokens import SqlTokenStore

if TYPE_CHECKING:
    from bot.storage.vault import Vault

QUEUE_SECONDS = 60.0  # for a connection, behind the transactions of everybody else
PATIENCE = 10.0  # seconds for PostgreSQL to come back: a restart takes a few


@dataclass(frozen=True, slots=True)
class Stores:
    """All that is kept in one database."""

    jobs: SqlJobStore
    limits: SqlLimitStore
    quotas: SqlQuotaStore
    tokens: SqlTokenStore
    settings: SqlSettingsStore
    styles: SqlStyleStore
    moderation: SqlModerationStore
    privacy: SqlPrivacyStore


@asynccontextmanager
async def open_store(
    url: str, keys: Sequence[str] = (), process_id: str | None = None
) -> AsyncGenerator[Stores, None]:
    """Open a database, bring its schema up to date, and let go of it in the end.

    Leaving waits for the transactions that are under way.

    Args:
        url: `sqlite:///imagine.db` is a file in the working directory, which is made if there is none;
            `sqlite://` lives in memory; `postgresql://user:password@host/name` is PostgreSQL's. Secret.
        keys: Under which users' tokens are kept, as `Vault` takes them; without any, none are. What was kept
            under a later one is kept under the first from now on. Secret.
        process_id: Whose jobs it writes down, of several processes; None for the only one.

    Raises:
        ValueError: One of the keys is none.
        StoreFailed: It cannot be opened, or not be migrated.
        StoreDriverMissing: It is PostgreSQL's, whose driver is not installed.
        StoreTooNew: It was made by a newer version of the program.
    """
    database = _open(url, process_id)
    tokens = SqlTokenStore(database, _vault(keys))
    try:
        await _make_ready(database)
        await tokens.renew()
        yield Stores(
            jobs=SqlJobStore(database),
            limits=SqlLimitStore(database),
            quotas=SqlQuotaStore(database),
            tokens=tokens,
            settings=SqlSettingsStore(database),
            styles=SqlStyleStore(database),
            moderation=SqlModerationStore(database),
            privacy=SqlPrivacyStore(database),
        )
    finally:
        await database.close()


def is_shared(url: str) -> bool:
    """Return whether several processes may have a database open."""
    return make_url(url).get_backend_name() == "postgresql"


def _vault(keys: Sequence[str]) -> "Vault | None":
    if not keys:
        return None
    from bot.storage.vault import Vault  # noqa: PLC0415 # 6 MiB that nobody needs without a key

    return Vault(keys)


def _open(url: str, process_id: str | None) -> Database:
    """Return a database that never logs a parameter: they hold tokens and prompts."""
    try:
        address = make_url(url)
        match address.get_backend_name():
            case "sqlite":
                return Database(open_sqlite(address, QUEUE_SECONDS), process_id)
            case "postgresql":
                return Database(open_postgresql(address, QUEUE_SECONDS), process_id, patience=PATIENCE)
            case other:
                raise ArgumentError(other)
    except ModuleNotFoundError as error:
        raise StoreDriverMissing from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreFailed(type(error).__name__) from error


async def _make_ready(database: Database) -> None:
    await database.run(lambda session: session.execute(select(1)))  # a server that is starting is waited for
    try:
        await migrate(database.engine)
    except SQLAlchemyError as error:
        raise StoreFailed(type(error).__name__) from error
