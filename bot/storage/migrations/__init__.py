"""Alembic's scripts: how the schema came to be what `bot.storage.schema` says."""
