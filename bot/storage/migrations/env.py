"""Alembic runs this file for each of its commands; the connection is its caller's, and so is the commit."""

from alembic import context

from bot.storage.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
context.run_migrations()
