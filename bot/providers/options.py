"""Where a service is and how it is reached: what the operator chooses, apart from what a user asks for."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How long to wait, each for another kind of silence; all in seconds.

    Attributes:
        idle: Without a single byte. A Space sends a heartbeat every 15 s, so this is four of them missed.
        answer: With bytes, and not one message, since the stream opened. A Space tells the place in its queue
            at once; heartbeats alone mean that somebody else has read this event, and it never ends.
        total: For all of it. Discord forgets an interaction after 15 minutes; this leaves one to say so.
    """

    idle: float = 60.0
    answer: float = 60.0
    total: float = 840.0

    def __post_init__(self) -> None:
        if min(self.idle, self.answer, self.total) <= 0:
            raise ValueError("a deadline is a positive number of seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOptions:
    """How one service is reached.

    Attributes:
        url: Where it is, instead of where the provider says; None for the provider's own. No query, no
            credentials.
        token: The service's API key; None for none. Never in a repr.
        proxy: An HTTP proxy for every request, as `http://user:password@host:port`; None for none. Never in
            a repr.
        deadlines: When to give up.

    Raises:
        ValueError: One of them cannot be used; the message repeats none of them.
    """

    url: str | None = None
    token: str | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)
    deadlines: Deadlines = field(default_factory=Deadlines)

    def __post_init__(self) -> None:
        if self.token and not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise ValueError("the token holds characters that no HTTP header may hold")
        if self.url and not _is_plain(self.url):
            raise ValueError("the URL of a service is http(s)://host[:port][/path] and nothing else")
        if self.proxy and not _is_web(self.proxy):
            raise ValueError("a proxy is http(s)://[user:password@]host[:port]")


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket that does not close
        return False


def _is_plain(url: str) -> bool:
    return _is_web(url) and url.isascii() and url.isprintable() and not any(mark in url for mark in "@?# \\")
