"""The tables of what moderators set and do, and of what is kept about servers and users beside pictures.

`bot.storage.schema` says what all tables have in common. Numbers that count within a server are given by the
stores: no row of one server tells how many another has.
"""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.moderation import Action, Outcome
from bot.domain.settings.catalogue import Layer
from bot.storage.schema import JOB_ID, Base


class RevisionRow(Base):
    """How often a server's settings were saved."""

    __tablename__ = "server_revisions"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class SettingRow(Base):
    """A `bot.domain.settings.layers.Stored`; its value as JSON."""

    __tablename__ = "settings"
    __table_args__ = (Index(None, "name"),)

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    layer: Mapped[Layer] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    revision: Mapped[int]


class ChangeRow(Base):
    """A `bot.domain.settings.history.Change`; numbered within its server, its values as JSON.

    Its user is 0 when they have had their data deleted.
    """

    __tablename__ = "setting_changes"
    __table_args__ = (Index(None, "guild_id", "revision"), Index(None, "user_id"))

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    at: Mapped[float]
    user_id: Mapped[int]
    layer: Mapped[Layer]
    target_id: Mapped[int]
    name: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]


class StyleRow(Base):
    """A `bot.domain.styles.Style` of a server; its key is its name, whatever the case."""

    __tablename__ = "styles"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    negative_prompt: Mapped[str]
    steps: Mapped[int | None]
    guidance_scale: Mapped[float | None]
    aspect_ratio: Mapped[str | None]


class ReportRow(Base):
    """A `bot.domain.moderation.Report`; it goes with its job."""

    __tablename__ = "reports"
    __table_args__ = (
        Index(None, "user_id", "guild_id", "at"),
        Index(None, "guild_id", "outcome", "at"),
        Index(None, "at"),
    )

    job_id: Mapped[str] = mapped_column(
        String(JOB_ID), ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    guild_id: Mapped[int]
    reason: Mapped[str]
    at: Mapped[float]
    outcome: Mapped[Outcome]


class BlockRow(Base):
    """A `bot.domain.moderation.Block`."""

    __tablename__ = "blocks"
    __table_args__ = (Index(None, "user_id"), Index(None, "until"))

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by: Mapped[int]
    reason: Mapped[str]
    at: Mapped[float]
    until: Mapped[float | None]


class EntryRow(Base):
    """A `bot.domain.moderation.Entry`, numbered within its server."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "at"), Index(None, "user_id"))

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[float]
    user_id: Mapped[int]
    action: Mapped[Action]
    subject: Mapped[str]
    detail: Mapped[str]


class ConsentRow(Base):
    """A user who has accepted the rules of use, and when."""

    __tablename__ = "consents"

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[float]


class LeftServerRow(Base):
    """A server that the bot is no member of any more, and since when."""

    __tablename__ = "left_servers"
    __table_args__ = (Index(None, "at"),)

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[float]
