"""Discord's refusals: an HTTP status, a numeric code, a sentence, and where in the body it went wrong.

Every refusal this server can give is named here once.
Source: Discord's documentation, topics/opcodes-and-status-codes, "JSON Error Codes".
"""

from dataclasses import dataclass, field

from bot.sandbox.discord.wire import Json


class ApiError(Exception):
    """The request is refused.

    Attributes:
        status: The HTTP status.
        code: Discord's own number; 0 means "general error".
        errors: Nested field errors, empty where there are none.
    """

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.errors = errors or {}

    @property
    def body(self) -> Json:
        """The JSON that the client reads."""
        body: Json = {"message": str(self), "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


@dataclass(frozen=True, slots=True)
class Problems:
    """Field errors on their way to one `Invalid Form Body`."""

    found: Json = field(default_factory=dict)

    def add(self, path: tuple[str | int, ...], code: str, message: str) -> None:
        """Note one error at a path of keys and indices; the empty path is the body itself."""
        place = self.found
        for key in path:
            place = place.setdefault(str(key), {})
        place.setdefault("_errors", []).append({"code": code, "message": message})

    def length(self, path: tuple[str | int, ...], value: object, most: int, *, least: int = 0) -> None:
        """Note a string or list whose length is outside `least..most`; None passes."""
        if isinstance(value, str | list) and not least <= len(value) <= most:
            span = (
                f"Must be {most} or fewer in length."
                if not least
                else f"Must be between {least} and {most} in length."
            )
            self.add(path, "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH", span)

    def require(self, path: tuple[str | int, ...], value: object) -> None:
        """Note a missing or empty field."""
        if value in (None, "", []):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def refuse(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            ApiError: 400/50035 with the nested errors.
        """
        if self.found:
            raise ApiError(400, 50035, "Invalid Form Body", self.found)


def invalid(path: tuple[str | int, ...], code: str, message: str) -> ApiError:
    """Return an `Invalid Form Body` with one field error."""
    problems = Problems()
    problems.add(path, code, message)
    return ApiError(400, 50035, "Invalid Form Body", problems.found)


def unauthorized() -> ApiError:
    """No bot token, or another's."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """No such route."""
    return ApiError(404, 0, "404: Not Found")


def method_not_allowed() -> ApiError:
    """The route exists, with another method."""
    return ApiError(405, 0, "405: Method Not Allowed")


def unknown(code: int, thing: str) -> ApiError:
    """Nothing of this kind has this id."""
    return ApiError(404, code, f"Unknown {thing}")


def unknown_interaction() -> ApiError:
    """The interaction never was, or nobody acknowledged it in time."""
    return unknown(10062, "interaction")


def unknown_token() -> ApiError:
    """The interaction's token never was, is not acknowledged yet, or has expired."""
    return unknown(10015, "Webhook")


def unknown_message() -> ApiError:
    """No such message, or one the asker cannot see."""
    return unknown(10008, "Message")


def already_acknowledged() -> ApiError:
    """A second callback."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def too_large() -> ApiError:
    """A file above the limit."""
    return ApiError(413, 40005, "Request entity too large")


def empty_message() -> ApiError:
    """Nothing to show."""
    return ApiError(400, 50006, "Cannot send an empty message")


def missing_access() -> ApiError:
    """The bot cannot see the channel."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """The bot sees the channel and may not do this there."""
    return ApiError(403, 50013, "Missing Permissions")


def too_many_followups() -> ApiError:
    """A user-installed application wrote too often.

    Source: Discord's documentation, JSON error code 40094.
    """
    return ApiError(400, 40094, "This interaction has hit the maximum number of follow up messages")
