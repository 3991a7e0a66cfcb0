"""The tables. A change here needs a migration in `bot.storage.migrations`; a test compares the two.

Ids of Discord are 64 bits wide; times are Unix seconds, which no driver moves to another time zone; each
constraint has a name, so that a migration can name it on every database.
"""

from enum import Enum as PythonEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Enum,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeEngine

from bot.domain.job import JobState
from bot.domain.moderation import Action, Outcome
from bot.domain.quota_clock import QuotaKind
from bot.domain.settings.catalogue import Layer

JOB_ID = 16  # characters, as `Job.id` says

JOB_STATES = Enum(
    JobState,
    name="state",
    native_enum=False,  # a new state is a new CHECK, and no ALTER TYPE
    create_constraint=True,
    length=16,
    values_callable=lambda states: [state.value for state in states],
)


def _unchecked(kind: type[PythonEnum]) -> Enum:
    """Return the type of a column that holds an enum's values; a new one of them needs no migration."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """What every table keeps: the naming of constraints, and the SQL type of each Python type."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[type, TypeEngine[Any]]] = {
        int: BigInteger(),
        float: Float(53),
        str: Text(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        JobState: JOB_STATES,
        QuotaKind: _unchecked(QuotaKind),
        Layer: _unchecked(Layer),
        Outcome: _unchecked(Outcome),
        Action: _unchecked(Action),
    }


class JobRow(Base):
    """A `bot.domain.job.Job`; the columns `place_…` are its `Place`, the columns `parent_…` its parent.

    A parent is named by value: the picture may be gone. A job is open until its user has seen its end; its
    process, of several, is the one that sees to that, or none while it is in line for any of them. `turn`
    numbers the jobs that left that line. It is cancelled when its process shall end it.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index(None, "user_id", "created_at", "id"),
        Index(None, "state", "created_at"),
        Index(None, "user_id", "state"),
        Index(None, "guild_id", "created_at"),
        Index(None, "is_open", "state"),
        Index(None, "turn"),
    )

    id: Mapped[str] = mapped_column(String(JOB_ID), primary_key=True)
    user_id: Mapped[int]
    guild_id: Mapped[int | None]
    channel_id: Mapped[int]
    locale: Mapped[str]
    private: Mapped[bool]
    spoiler: Mapped[bool]
    parent_job_id: Mapped[str | None] = mapped_column(String(JOB_ID))
    parent_index: Mapped[int | None]
    created_at: Mapped[float]
    state: Mapped[JobState]
    place_channel_id: Mapped[int | None]
    place_message_id: Mapped[int | None]
    place_token: Mapped[str | None]
    place_token_ends_at: Mapped[float | None]
    place_file_limit: Mapped[int | None]
    parked_until: Mapped[float | None]
    notes: Mapped[dict[str, Any]]
    is_open: Mapped[bool]
    is_cancelled: Mapped[bool] = mapped_column(default=False)
    process_id: Mapped[str | None]
    turn: Mapped[int | None]

    pictures: Mapped[list["PictureRow"]] = relationship(
        back_populates="job", order_by="PictureRow.index", lazy="raise"
    )


class PictureRow(Base):
    """One picture of a job: its `ImageRequest`, and what became of it."""

    __tablename__ = "pictures"
    __table_args__ = (Index(None, "message_id"),)

    job_id: Mapped[str] = mapped_column(
        String(JOB_ID), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    )
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    prompt: Mapped[str]
    negative_prompt: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    guidance_scale: Mapped[float]
    steps: Mapped[int]
    seed: Mapped[int]
    model: Mapped[str]
    seconds: Mapped[float | None]
    message_id: Mapped[int | None]
    channel_id: Mapped[int | None]

    job: Mapped[JobRow] = relationship(back_populates="pictures", lazy="raise")


class FileRow(Base):
    """The file of a picture that nobody can fetch from Discord; apart, so that lists do not read it."""

    __tablename__ = "files"
    __table_args__ = (
        ForeignKeyConstraint(["job_id", "index"], ["pictures.job_id", "pictures.index"], ondelete="CASCADE"),
    )

    job_id: Mapped[str] = mapped_column(String(JOB_ID), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    image: Mapped[bytes]


class FavouriteRow(Base):
    """A picture, anybody's, that a user likes."""

    __tablename__ = "favourites"
    __table_args__ = (
        ForeignKeyConstraint(["job_id", "index"], ["pictures.job_id", "pictures.index"], ondelete="CASCADE"),
        Index(None, "user_id", "created_at"),
        Index(None, "job_id", "index"),
    )

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    job_id: Mapped[str] = mapped_column(String(JOB_ID), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[float]


class ChargeRow(Base):
    """A `bot.domain.allowance.Charge`, and the scopes that it counts in.

    A charge is older than the row of its job, which is named by value.
    """

    __tablename__ = "charges"
    __table_args__ = (
        Index(None, "user_id", "is_live", "at"),
        Index(None, "channel_id", "is_live", "at"),
        Index(None, "guild_id", "is_live", "at"),
        Index(None, "is_live", "at"),
        Index(None, "at"),
    )

    job_id: Mapped[str] = mapped_column(String(JOB_ID), primary_key=True)
    user_id: Mapped[int]
    channel_id: Mapped[int]
    guild_id: Mapped[int | None]
    at: Mapped[float]
    pictures: Mapped[int]
    is_live: Mapped[bool]


class StrikesRow(Base):
    """The `bot.domain.strikes.Strikes` of a user."""

    __tablename__ = "strikes"
    __table_args__ = (Index(None, "last_at"),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    last_at: Mapped[float]


class ClockRow(Base):
    """A `bot.domain.quota_clock.QuotaClock`."""

    __tablename__ = "quota_clocks"

    credential: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[QuotaKind] = mapped_column(primary_key=True)
    until: Mapped[float]
    stated: Mapped[bool]
    seconds_requested: Mapped[int | None]
    seconds_left: Mapped[int | None]
    noted_at: Mapped[float]


class TokenRow(Base):
    """A user's token, sealed by `bot.storage.vault`."""

    __tablename__ = "tokens"

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sealed: Mapped[bytes]


class ProcessRow(Base):
    """A process, and when it was last heard of by the database's clock."""

    __tablename__ = "processes"

    id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[float]


class IdentifyRow(Base):
    """When the next shard of a bucket may identify with the gateway."""

    __tablename__ = "identifies"

    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[float]
