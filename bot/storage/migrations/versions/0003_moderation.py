"""What moderators set and do; consents, and the servers that were left."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INDEXES = {
    "settings": (("name",),),
    "setting_changes": (("guild_id", "revision"), ("user_id",)),
    "reports": (("user_id", "guild_id", "at"), ("guild_id", "outcome", "at"), ("at",)),
    "blocks": (("user_id",), ("until",)),
    "audit": (("at",), ("user_id",)),
    "left_servers": (("at",),),
    "jobs": (("guild_id", "created_at"),),
    "strikes": (("last_at",),),
}
_TABLES = (
    "left_servers",
    "consents",
    "audit",
    "blocks",
    "reports",
    "styles",
    "setting_changes",
    "settings",
    "server_revisions",
)


def upgrade() -> None:
    """Make the tables, and find jobs by server and strikes by age."""
    _make_settings()
    _make_styles()
    _make_moderation()
    _make_privacy()
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index(op.f("ix_strikes_last_at"), "strikes")
    op.drop_index(op.f("ix_jobs_guild_id_created_at"), "jobs")


def _make_settings() -> None:
    op.create_table(
        "server_revisions",
        _key("guild_id"),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_server_revisions")),
    )
    op.create_table(
        "settings",
        _key("guild_id"),
        sa.Column("layer", sa.String(16), nullable=False),
        _key("target_id"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "layer", "target_id", "name", name=op.f("pk_settings")),
    )
    op.create_table(
        "setting_changes",
        _key("guild_id"),
        _key("id"),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("layer", sa.String(16), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_setting_changes")),
    )


def _make_styles() -> None:
    op.create_table(
        "styles",
        _key("guild_id"),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("negative_prompt", sa.Text(), nullable=False),
        sa.Column("steps", sa.BigInteger()),
        sa.Column("guidance_scale", sa.Float(53)),
        sa.Column("aspect_ratio", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "key", name=op.f("pk_styles")),
    )


def _make_moderation() -> None:
    op.create_table(
        "reports",
        sa.Column("job_id", sa.String(16), nullable=False),
        _key("user_id"),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_reports_job_id_jobs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "user_id", name=op.f("pk_reports")),
    )
    op.create_table(
        "blocks",
        _key("guild_id"),
        _key("user_id"),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("until", sa.Float(53)),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_blocks")),
    )
    op.create_table(
        "audit",
        _key("guild_id"),
        _key("id"),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name=op.f("pk_audit")),
    )


def _make_privacy() -> None:
    for table, key in (("consents", "user_id"), ("left_servers", "guild_id")):
        op.create_table(
            table,
            _key(key),
            sa.Column("at", sa.Float(53), nullable=False),
            sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
        )


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
