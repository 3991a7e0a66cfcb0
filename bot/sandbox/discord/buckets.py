"""Rate limit arithmetic: so many requests a window, counted from the window's first request.

No clock in here: every question brings its own `now`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The answer to one request.

    Attributes:
        allowed: Whether the request may pass.
        limit: Requests a window.
        remaining: Requests left in this window.
        reset_at: When the window ends, seconds since the epoch.
        reset_after: Seconds until then.
        bucket: The bucket's name, opaque to clients.
    """

    allowed: bool
    limit: int
    remaining: int
    reset_at: float
    reset_after: float
    bucket: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers that every answer carries, and those of a refusal.

        A refusal needs `Via`: clients take a 429 without it for Cloudflare's, not Discord's.
        """
        headers = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{self.reset_at:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": self.bucket,
        }
        if self.allowed:
            return headers
        return headers | {
            "Retry-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Scope": "user",
            "Via": "1.1 loopback",
        }


class Bucket:
    """One bucket.

    Args:
        name: What clients know it by.
        size: Requests a window.
        window: Seconds.
    """

    def __init__(self, name: str, size: int, window: float) -> None:
        self.name = name
        self.size = size
        self.window = window
        self._opened: float | None = None
        self._used = 0

    def take(self, now: float) -> Grant:
        """Count one request made at `now` (seconds since the epoch) and say whether it may pass."""
        if self._opened is None or now >= self._opened + self.window:
            self._opened, self._used = now, 0
        allowed = self._used < self.size
        self._used += allowed
        reset_at = self._opened + self.window
        return Grant(
            allowed=allowed,
            limit=self.size,
            remaining=self.size - self._used,
            reset_at=reset_at,
            reset_after=reset_at - now,
            bucket=self.name,
        )
