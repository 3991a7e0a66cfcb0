"""The languages of the texts: each catalogue is whole, and nobody hears the language of somebody else."""

import ast
import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.domain.settings.catalogue import LANGUAGES
from bot.ui.wording import language
from bot.ui.wording.language import CATALOGUES, ENGLISH, gettext, languages, ngettext, speak, speaking
from bot.ui.wording.settings.values import choice

WORDING = Path("bot/ui/wording")
TRANSLATED = [name for name in languages() if name != ENGLISH]
RENEW = "make translations"

PLACEHOLDER = re.compile(r"{[a-z_]+(?::[^}]*)?}")


def path(name: str) -> Path:
    return CATALOGUES / name.replace("-", "_") / "LC_MESSAGES" / "imagine.po"


def catalogue(name: str) -> Catalog:
    with path(name).open("rb") as file:
        return read_po(file, locale=name.replace("-", "_"))


def said() -> set[str]:
    """Return the texts of the sources; of one with forms, the singular."""
    found = extract_from_dir(WORDING, keywords={"_": None, "N_": None, "ngettext": (1, 2)})
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues that has none yet."""
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    language._catalogue.cache_clear()
    yield tmp_path
    language._catalogue.cache_clear()


def test_the_setting_offers_every_language_that_there_is() -> None:
    assert ("", *languages()) == LANGUAGES


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_catalogue_has_the_texts_of_the_sources_and_no_others(name: str) -> None:
    known = {forms(message.id)[0] for message in catalogue(name) if message.id}

    assert known == said(), RENEW
    assert not catalogue(name).obsolete, RENEW


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_text_is_translated_and_has_the_placeholders_of_the_original(name: str) -> None:
    for message in catalogue(name):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        singular, *_ = forms(message.id)
        for form in forms(message.string):
            assert form, message.id
            assert placeholders(form) == placeholders(singular), message.id


@pytest.mark.parametrize("name", TRANSLATED)
def test_what_is_loaded_is_what_translators_wrote(name: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(name))

    assert path(name).with_suffix(".mo").read_bytes() == compiled.getvalue(), RENEW


def test_a_text_that_is_marked_is_translated_wherever_it_is_used() -> None:
    assert [one for file in sorted(Path("bot/ui").rglob("*.py")) for one in untranslated(file)] == []
    assert [one for file in sorted(Path("cogs").rglob("*.py")) for one in untranslated(file)] == []


def untranslated(file: Path) -> Iterator[str]:
    """Yield where a module uses a marked text of the wording neither in `_()` nor as part of a command."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    marked = {
        alias.asname or alias.name: constants(Path(*(node.module or "").split("."), f"{alias.name}.py"))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    translated = {part for node in ast.walk(tree) for whole in translating(node) for part in ast.walk(whole)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if name in marked.get(module, ()):
                if node not in translated:
                    yield f"{file}:{node.lineno} {module}.{name}"


def constants(module: Path) -> set[str]:
    """Return the marked constants of a module; there are none outside the wording."""
    if not module.is_relative_to(WORDING) or not module.is_file():
        return set()
    return {
        target.id
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith(("N_(", "(N_("))
        for target in ast.walk(node.targets[0])
        if isinstance(target, ast.Name)
    }


def translating(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a node and translated: by `_`, or, of a command, by discord.py."""
    match node:
        case ast.Call(func=ast.Name(id="_" | "Choice")):
            yield node
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from node.decorator_list
        case ast.ClassDef():
            yield from node.decorator_list
            yield from node.keywords


@pytest.mark.parametrize(
    ("locale", "word"), [("de", "Abbrechen"), ("de-AT", "Abbrechen"), ("en-GB", "Cancel"), ("xx", "Cancel")]
)
def test_a_language_without_a_catalogue_is_its_nearest_or_english(locale: str, word: str) -> None:
    with speaking(locale):
        assert gettext("Cancel") == word


def test_nobody_asked_for_a_language_is_english() -> None:
    assert gettext("Cancel") == "Cancel"
    assert ngettext("{number} picture", "{number} pictures", 2) == "{number} pictures"


def test_the_language_before_returns_after_a_block_whatever_happens_in_it() -> None:
    with speaking("de"):
        with pytest.raises(ZeroDivisionError), speaking("en-US"):
            raise ZeroDivisionError
        assert gettext("Cancel") == "Abbrechen"
    assert gettext("Cancel") == "Cancel"


async def test_tasks_speak_their_own_languages_at_the_same_time() -> None:
    both_speak = asyncio.Barrier(2)

    async def speaks(locale: str) -> str:
        speak(locale)
        await both_speak.wait()
        return gettext("Cancel")

    assert [*await asyncio.gather(speaks("de"), speaks("en-US"))] == ["Abbrechen", "Cancel"]
    assert gettext("Cancel") == "Cancel"


def test_a_language_calls_itself_by_its_own_name() -> None:
    with speaking("de"):
        assert choice("language", "en-US") == "English"
        assert choice("language", "de") == "Deutsch"


def test_another_language_needs_nothing_but_its_catalogue(elsewhere: Path) -> None:
    folder = elsewhere / "pt_BR" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    another = Catalog(locale="pt_BR")
    another.add("Cancel", "Cancelar")
    with (folder / "imagine.mo").open("wb") as file:
        write_mo(file, another)

    assert languages() == ("en-US", "pt-BR")
    with speaking("pt-BR"):
        assert gettext("Cancel") == "Cancelar"
        assert gettext("Again") == "Again"
