"""Jobs, their pictures and files, and favourites."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_STATES = ("waiting", "running", "parked", "delivered", "failed", "cancelled", "interrupted")


def upgrade() -> None:
    """Make the tables."""
    _make_jobs()
    _make_pictures()
    _make_files()
    _make_favourites()


def downgrade() -> None:
    """Drop them, with all that is in them."""
    for table in ("favourites", "files", "pictures", "jobs"):
        op.drop_table(table)


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("spoiler", sa.Boolean(), nullable=False),
        sa.Column("parent_job_id", sa.String(16)),
        sa.Column("parent_index", sa.BigInteger()),
        sa.Column("created_at", sa.Float(53), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="state", native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column("place_channel_id", sa.BigInteger()),
        sa.Column("place_message_id", sa.BigInteger()),
        sa.Column("place_token", sa.Text()),
        sa.Column("place_token_ends_at", sa.Float(53)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_user_id_created_at_id"), "jobs", ["user_id", "created_at", "id"])
    op.create_index(op.f("ix_jobs_state_created_at"), "jobs", ["state", "created_at"])


def _make_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("job_id", sa.String(16), nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("negative_prompt", sa.Text(), nullable=False),
        sa.Column("width", sa.BigInteger(), nullable=False),
        sa.Column("height", sa.BigInteger(), nullable=False),
        sa.Column("guidance_scale", sa.Float(53), nullable=False),
        sa.Column("steps", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Float(53)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("channel_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_pictures_job_id_jobs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "index", name=op.f("pk_pictures")),
    )
    op.create_index(op.f("ix_pictures_message_id"), "pictures", ["message_id"])


def _make_files() -> None:
    op.create_table(
        "files",
        sa.Column("job_id", sa.String(16), nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        _picture("fk_files_job_id_index_pictures"),
        sa.PrimaryKeyConstraint("job_id", "index", name=op.f("pk_files")),
    )


def _make_favourites() -> None:
    op.create_table(
        "favourites",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("job_id", sa.String(16), nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.Float(53), nullable=False),
        _picture("fk_favourites_job_id_index_pictures"),
        sa.PrimaryKeyConstraint("user_id", "job_id", "index", name=op.f("pk_favourites")),
    )
    op.create_index(op.f("ix_favourites_user_id_created_at"), "favourites", ["user_id", "created_at"])
    op.create_index(op.f("ix_favourites_job_id_index"), "favourites", ["job_id", "index"])


def _picture(name: str) -> sa.ForeignKeyConstraint:
    columns = ["pictures.job_id", "pictures.index"]
    return sa.ForeignKeyConstraint(["job_id", "index"], columns, name=op.f(name), ondelete="CASCADE")
