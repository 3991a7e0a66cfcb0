"""What the person reads who runs the bot, about its database."""

CLI_BACKUP = "copy the SQLite database into a new file; the bot may be running meanwhile"
CLI_FILE = "where the copy is written"

IN_USE = "Another process of the bot works with this SQLite file. Stop that one, or use PostgreSQL."
DRIVER_MISSING = (
    "PostgreSQL's driver is not installed. In the bot's folder, run "
    "`.venv/bin/pip install --require-hashes -r requirements/postgres.txt`."
)

_REFUSED = {
    "not a file": "DATABASE_URL is no file of SQLite's. For PostgreSQL, use its own pg_dump.",
    "no database": "There is no database yet at DATABASE_URL.",
    "exists": "There is a file of that name already, and it was left alone. Choose another name.",
    "failed": "The copy could not be made. Check that its folder exists and that there is room.",
}


def backup_refused(reason: str) -> str:
    """Return why there is no copy."""
    return _REFUSED[reason]


def backup_made(file: object, size: int) -> str:
    """Return the line that ends a backup; `size` is in bytes."""
    return f"The copy is in {file} ({size / 1024:.0f} KiB)."
