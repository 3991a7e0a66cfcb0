"""Addresses at a Space: only ever on the Space's own origin, whatever the Space says.

A Space builds a picture's address from headers of the request, so a proxy in between can make it point
anywhere, also into our own network.
"""

from urllib.parse import SplitResult, quote, urlsplit

from bot.domain.errors import UntrustedImage
from bot.providers.gradio.outputs import FileData

_PORTS = {"http": 80, "https": 443}
_KEPT = "/%=:@!$&'()*+,;~"  # with "%": what is encoded already is not encoded again


def origin(url: str) -> str | None:
    """Return `scheme://host:port` of a web address; None when it is none, or holds credentials."""
    parts = _split(url)
    if parts is None or parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port or _PORTS[parts.scheme]}"


def image_url(file: FileData, base: str, prefix: str) -> str:
    """Return where to fetch a file, on the origin of `base`.

    Args:
        file: What the Space said.
        base: The Space's address, without a slash at its end.
        prefix: What stands before the routes of its API: `/gradio_api`, or nothing before gradio 5.

    Raises:
        UntrustedImage: The file lies elsewhere.
    """
    route = None if file.path is None else f"{base}{prefix}/file={quote(file.path, errors='replace')}"
    if route is not None and file.url == route:
        return route  # as nearly always; what follows costs as much as the rest of a message
    parts = _split(file.url)
    if parts is None or origin(file.url) != origin(base):
        if route is None:
            raise UntrustedImage("foreign origin")
        return route
    if file.path and file.url.endswith(file.path):
        # gradio 5 does not encode: a "#" or a "%" in the file's name is a character of that name
        before = urlsplit(file.url.removesuffix(file.path)).path
        return f"{_home(base)}{_requoted(before)}{quote(file.path, errors='replace')}"
    return _on(base, parts)


def own_url(url: str, base: str) -> str:
    """Return an address that was made before, made again out of its path and query on the origin of `base`.

    Raises:
        UntrustedImage: It lies elsewhere.
    """
    parts = _split(url)
    if parts is None or origin(url) is None or origin(url) != origin(base):
        raise UntrustedImage("foreign origin")
    return _on(base, parts)


def _on(base: str, parts: SplitResult) -> str:
    query = f"?{_requoted(parts.query)}" if parts.query else ""
    return f"{_home(base)}{_requoted(parts.path)}{query}"


def _home(base: str) -> str:
    """Return the origin of `base` as the operator wrote it, without a port that goes without saying."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a property that refuses what is no port
    except ValueError:
        return None
    return parts


def _requoted(text: str) -> str:
    return quote(text, safe=_KEPT, errors="replace")
