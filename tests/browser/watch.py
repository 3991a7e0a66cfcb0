"""What no page may do: log an error, throw, or ask anybody but its own server."""

from playwright.async_api import ConsoleMessage, Page, Request

_OWN = ("data:", "blob:")  # these never leave the page


class Watch:
    """Listens to pages.

    Args:
        origin: The server's, like `http://127.0.0.1:1234`.

    Attributes:
        problems: What they did.
    """

    def __init__(self, origin: str) -> None:
        self.problems: list[str] = []
        self._origin = origin

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"thrown: {error}"))
        page.on("request", self._asked)
        page.on("crash", lambda _: self.problems.append("the page crashed"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._origin}/", *_OWN)):
            self.problems.append(f"asked {request.url}")
