"""What limits count, the clocks of quota, users' tokens; and jobs that are held for want of quota."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_OLD = ("waiting", "running", "parked", "delivered", "failed", "cancelled", "interrupted")
_NEW = ("waiting", "running", "parked", "delivered", "failed", "held", "cancelled", "interrupted")

_LOGS = (("user_id", "is_live", "at"), ("channel_id", "is_live", "at"), ("guild_id", "is_live", "at"))


def upgrade() -> None:
    """Make the tables, and widen that of jobs."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("parked_until", sa.Float(53)))
        jobs.alter_column("state", existing_type=_states(_OLD), type_=_states(_NEW), existing_nullable=False)
        jobs.create_index(op.f("ix_jobs_user_id_state"), ["user_id", "state"])
    _make_charges()
    _make_strikes()
    _make_quota_clocks()
    _make_tokens()


def downgrade() -> None:
    """Drop them, with all that is in them; what was held has failed."""
    for table in ("tokens", "quota_clocks", "strikes", "charges"):
        op.drop_table(table)
    op.execute("UPDATE jobs SET state = 'failed' WHERE state = 'held'")
    with op.batch_alter_table("jobs") as jobs:
        jobs.drop_index(op.f("ix_jobs_user_id_state"))
        jobs.alter_column("state", existing_type=_states(_NEW), type_=_states(_OLD), existing_nullable=False)
        jobs.drop_column("parked_until")


def _states(names: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*names, name="state", native_enum=False, create_constraint=True, length=16)


def _make_charges() -> None:
    op.create_table(
        "charges",
        sa.Column("job_id", sa.String(16), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger()),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("pictures", sa.BigInteger(), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_charges")),
    )
    for columns in (*_LOGS, ("is_live", "at"), ("at",)):
        op.create_index(op.f(f"ix_charges_{'_'.join(columns)}"), "charges", list(columns))


def _make_strikes() -> None:
    op.create_table(
        "strikes",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_strikes")),
    )


def _make_quota_clocks() -> None:
    op.create_table(
        "quota_clocks",
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("until", sa.Float(53), nullable=False),
        sa.Column("stated", sa.Boolean(), nullable=False),
        sa.Column("seconds_requested", sa.BigInteger()),
        sa.Column("seconds_left", sa.BigInteger()),
        sa.Column("noted_at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("credential", "kind", name=op.f("pk_quota_clocks")),
    )


def _make_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_tokens")),
    )
