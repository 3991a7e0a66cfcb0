"""The service's own words: made short and harmless before anybody repeats them."""

from collections.abc import Mapping

from bot.domain.gpu_quota import plain_text

MAX_WORDS = 2000  # characters, markup included; ZeroGPU's longest sentence with its links has some 500


def words(value: object) -> str | None:
    """Return what the service said, or None when it said nothing.

    Args:
        value: A string; or what Gradio puts in its place: an object with `error`, `message` or `msg`, or a
            list of these, as FastAPI and Gradio's validators send.
    """
    match value:
        case str():
            return _bounded(value) or None
        case Mapping():
            return _first(value)
        case list():
            said = [each for item in value[:10] if isinstance(item, Mapping) and (each := _first(item))]
            return _bounded("; ".join(dict.fromkeys(said))) or None
        case _:
            return None


def plain_words(value: object) -> str | None:
    """Return what the service said without its markup, or None when it said nothing."""
    return plain_text(words(value) or "") or None


def redacted(data: bytes, secret: str | None) -> bytes:
    """Return the service's bytes without our secret, which a service that got it may repeat.

    Args:
        data: As it came, before any decoding.
        secret: ASCII; None or empty for none.
    """
    return data.replace(secret.encode(), b"[token]") if secret else data


def _first(value: Mapping[object, object]) -> str | None:
    if value.get("is_valid") is True:  # a validator's word on a field that is in order
        return None
    for key in ("error", "message", "msg"):
        said = value.get(key)
        if isinstance(said, str) and said.strip():
            return _bounded(said)
    return None


def _bounded(text: str) -> str:
    """Return the text's beginning, with no half a tag at its end and no half a character anywhere.

    The bound comes before any regular expression looks at the text.
    """
    head = text[:MAX_WORDS]
    if len(text) > MAX_WORDS and head.rfind("<") > head.rfind(">"):
        head = head[: head.rfind("<")]
    return head.encode("utf-8", "replace").decode().strip()
