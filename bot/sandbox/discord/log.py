"""The request log: one row a request, the form in which a referee can judge it."""

from pathlib import Path

from bot.sandbox.discord.drafts import Upload
from bot.sandbox.discord.wire import Json, encode


class RequestLog:
    """What was asked and answered, in memory and, if a path is given, as JSON lines.

    Attributes:
        rows: Each with method, path (without `/api/v10`), query, body, files, status (None when the
            connection was cut) and response, in the order of the answers; with
            `at`, when it came in seconds since the epoch, `seconds`, until it was answered, and `remaining`,
            what the rate limit leaves.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.rows: list[Json] = []
        self._path = path
        if path:
            path.write_bytes(b"")

    def add(self, row: Json, uploads: list[Upload]) -> Json:
        """Append a row and return it; of files, only what they are is kept."""
        row = row | {"files": [_described(upload) for upload in uploads]}
        self.rows.append(row)
        if self._path:
            with self._path.open("ab") as file:
                file.write(encode(row) + b"\n")
        return row

    def find(self, method: str, ending: str) -> list[Json]:
        """Return the rows of a method whose path ends in a string."""
        return [row for row in self.rows if row["method"] == method and row["path"].endswith(ending)]


def _described(upload: Upload) -> Json:
    return {"filename": upload.filename, "size": len(upload.data), "content_type": upload.content_type}
