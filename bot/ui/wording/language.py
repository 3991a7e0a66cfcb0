"""The language that texts are in: English stands in the sources, every other one is a gettext catalogue.

It belongs to whoever is spoken to, so it goes with the task that speaks to them: `speak` sets it for the rest
of a task, `speaking` for a block. What a catalogue lacks is said in English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

ENGLISH = "en-US"
DOMAIN = "imagine"
CATALOGUES = Path(__file__).with_name("locale")  # <language>/LC_MESSAGES/imagine.mo

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def gettext(message: str) -> str:
    """Return a text in the language that is spoken."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a text that goes with a number, in the language that is spoken."""
    return _catalogue(_language.get()).ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 # gettext's name, which the tools for catalogues look for
    """Mark a text that is translated where it is used, and return it as it is."""
    return message


_ = gettext  # likewise


def speak(locale: str) -> None:
    """Speak a language for the rest of the task.

    Args:
        locale: As Discord names it, `de` or `pt-BR`; one without a catalogue is English.
    """
    _language.set(locale)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Speak a language in a block; the argument is that of `speak`."""
    before = _language.set(locale)
    try:
        yield
    finally:
        _language.reset(before)


def languages() -> tuple[str, ...]:
    """Return the languages that the bot speaks, as Discord names them, English first."""
    found = sorted(path.parent.parent.name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (ENGLISH, *(name.replace("_", "-") for name in found))


@lru_cache(maxsize=64)
def _catalogue(locale: str) -> NullTranslations:
    """Return a language's catalogue: of `pt-BR`, else of `pt`, else one that leaves everything in English."""
    return translation(DOMAIN, CATALOGUES, [locale.replace("-", "_")], fallback=True)
