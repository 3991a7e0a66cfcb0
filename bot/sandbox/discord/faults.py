"""Scripted misfortune: what shall go wrong with which request.

Each fault names a method and a path pattern, and is used up after a number of matching requests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Self

from bot.sandbox.discord.wire import Json


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong.

    Attributes:
        method: The HTTP method, `*` for any.
        path: A shell pattern for the path after `/api/v10`, like `/webhooks/*/messages/@original`.
        status: The status answered instead of the real one; None leaves the answer alone (delay only).
        body: The JSON answered with it.
        headers: Additional headers.
        delay: Seconds before anything happens.
        drop: Cut the connection instead of answering.
        applied: Let the request take effect first, so that only its answer is lost.
        times: Matching requests that suffer; None means all.
        after: Matching requests that pass unharmed first.
    """

    method: str = "*"
    path: str = "*"
    status: int | None = None
    body: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drop: bool = False
    applied: bool = False
    times: int | None = 1
    after: int = 0

    @classmethod
    def rate_limited(
        cls, retry_after: float, *, method: str = "*", path: str = "*", times: int | None = 1
    ) -> Self:
        """Return a 429 as Discord itself gives it.

        Args:
            retry_after: Seconds.
            method: As above.
            path: As above.
            times: As above.
        """
        message = "You are being rate limited."
        body: Json = {"message": message, "code": 0, "retry_after": retry_after, "global": False}
        headers = {"Via": "1.1 loopback", "Retry-After": str(retry_after)}
        return cls(method=method, path=path, status=429, body=body, headers=headers, times=times)

    @property
    def replaces(self) -> bool:
        """Whether the client does not get the real answer."""
        return self.drop or self.status is not None

    def matches(self, method: str, path: str) -> bool:
        """Say whether this fault is meant for such a request."""
        return self.times != 0 and self.method in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    """The script: a list of faults, the first match counts."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def add(self, fault: Fault) -> Fault:
        """Append a fault and return it."""
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take a fault out of the script; others that are alike stay."""
        self._faults = [one for one in self._faults if one is not fault]

    def clear(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that hits this request, and use it up by one."""
        for fault in self._faults:
            if not fault.matches(method, path):
                continue
            if fault.after > 0:
                fault.after -= 1
                return None
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None
