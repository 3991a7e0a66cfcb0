"""Jobs know their process; processes, shards' logins, and what was found out when a job was prepared."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INDEXES = (("is_open", "state"), ("turn",))


def upgrade() -> None:
    """Widen the table of jobs, and make the others; of a job that had ended, nobody waits for the end."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("notes", sa.JSON(), nullable=False, server_default="{}"))
        jobs.add_column(sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.false()))
        jobs.add_column(sa.Column("is_cancelled", sa.Boolean(), nullable=False, server_default=sa.false()))
        jobs.add_column(sa.Column("process_id", sa.Text()))
        jobs.add_column(sa.Column("turn", sa.BigInteger()))
        jobs.add_column(sa.Column("place_file_limit", sa.BigInteger()))
    op.execute(sa.text("UPDATE jobs SET is_open = true WHERE state IN ('waiting', 'running', 'parked')"))
    with op.batch_alter_table("jobs") as jobs:
        for column in ("notes", "is_open", "is_cancelled"):
            jobs.alter_column(column, server_default=None)
        for columns in _INDEXES:
            jobs.create_index(op.f(f"ix_jobs_{'_'.join(columns)}"), list(columns))
    op.create_table(
        "processes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
    op.create_table(
        "identifies",
        sa.Column("bucket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_identifies")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("identifies")
    op.drop_table("processes")
    with op.batch_alter_table("jobs") as jobs:
        for columns in _INDEXES:
            jobs.drop_index(op.f(f"ix_jobs_{'_'.join(columns)}"))
        for column in ("place_file_limit", "turn", "process_id", "is_cancelled", "is_open", "notes"):
            jobs.drop_column(column)
