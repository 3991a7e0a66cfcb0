"""HTTP answers of a Space that are no stream: what they hold, or what their refusal means.

Most errors of Gradio arrive as status 200 inside of a stream; the ones here are the rest.
"""

from dataclasses import dataclass
from typing import Any

from bot.domain.errors import (
    EventNotFound,
    NotAuthenticated,
    QueueFull,
    QueueStopped,
    RequestRefused,
    ResponseError,
    ServiceFailed,
    UnreadableAnswer,
)
from bot.domain.gpu_quota import gpu_error
from bot.providers.gradio.messages import read_json
from bot.providers.gradio.words import plain_words

_MEANINGS: dict[int, type[ResponseError]] = {
    401: NotAuthenticated,
    403: NotAuthenticated,
    404: UnreadableAnswer,  # no Gradio at that address, or none with this function
    429: QueueFull,  # the host's own limit, before the Space's queue
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole HTTP answer.

    Attributes:
        status: The HTTP status.
        content_type: The media type without its parameters, as `application/json`.
        body: What it holds; for a refusal perhaps only the beginning.
    """

    status: int
    content_type: str
    body: bytes

    def json(self) -> Any:
        """Return the JSON value that the answer holds.

        Raises:
            ResponseError: It is a refusal, or holds no JSON; in one of the leaves.
        """
        if self.status != 200:
            raise self.refusal()
        if self.content_type != "application/json":  # a Space that sleeps answers 200 and a page
            raise UnreadableAnswer
        return read_json(self.body)

    def refusal(self) -> ResponseError:
        """Return the error that an answer means that is not what was asked for."""
        said = plain_words(self._detail())
        if self.status >= 500:
            return self._failure(said)
        if self.status in {401, 403} and said and said.startswith("File not allowed"):
            # An unknown path; also what another replica, or one that restarted, says of a good one.
            return EventNotFound(said, status=self.status)
        if self.status in _MEANINGS:
            return _MEANINGS[self.status](said, status=self.status)
        if self.status >= 400:
            return RequestRefused(said, status=self.status)
        return UnreadableAnswer(status=self.status)  # a redirect, or a page in place of an answer

    def _failure(self, said: str | None) -> ResponseError:
        if self.status == 503 and said and said.startswith("Queue is "):
            return (QueueFull if "full" in said else QueueStopped)(said, status=503)
        error = gpu_error(said, status=self.status)
        return ServiceFailed(said, status=self.status) if isinstance(error, RequestRefused) else error

    def _detail(self) -> Any:
        """Return the words in a JSON answer. A text or a page is left out: gradio 5 sends tracebacks."""
        if self.content_type != "application/json":
            return None
        try:
            value = read_json(self.body)
        except UnreadableAnswer:
            return None
        return value.get("detail", value) if isinstance(value, dict) else value
