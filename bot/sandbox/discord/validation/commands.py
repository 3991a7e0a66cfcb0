"""Rules for application commands that the OpenAPI description leaves out.

Source: Discord's documentation, interactions/application-commands, "Application Command Structure",
"Application Command Naming", "Registering a Command".
"""

import re

from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.wire import Json

SLASH, USER, MESSAGE = 1, 2, 3
MOST = {SLASH: 100, USER: 15, MESSAGE: 15}
OPTIONS, CHOICES, CHARACTERS = 25, 25, 8000
SUBCOMMAND, GROUP = 1, 2
NAME = re.compile(r"[-_'\w]{1,32}")
Path = tuple[str | int, ...]


def check_all(commands: list[Json]) -> None:
    """Check a whole set, as PUT brings it.

    Raises:
        ApiError: 400/50035 with every field's errors.
    """
    problems = Problems()
    seen: set[tuple[int, str]] = set()
    for number, command in enumerate(commands):
        key = (command.get("type") or SLASH, command.get("name") or "")
        if key in seen:
            text = "Application command names must be unique"
            problems.add((number,), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
        seen.add(key)
        check(command, (number,), problems)
    for kind, most in MOST.items():
        if sum(1 for one in seen if one[0] == kind) > most:
            text = f"Maximum number of application commands reached ({most})."
            problems.add((), "APPLICATION_COMMANDS_MAX", text)
    problems.refuse()


def check(command: Json, path: Path, problems: Problems) -> None:
    """Note what is wrong with one command."""
    if (command.get("type") or SLASH) != SLASH:
        problems.require((*path, "name"), command.get("name"))
        problems.length((*path, "name"), command.get("name"), 32)
        if command.get("description"):
            text = "Context menu commands cannot have description"
            problems.add((*path, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", text)
        return
    _check_names(command, path, problems)
    _check_options(command.get("options") or [], path, problems)
    if characters(command) > CHARACTERS:
        text = f"Command exceeds maximum size ({CHARACTERS})"
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", text)


def _check_names(part: Json, path: Path, problems: Problems) -> None:
    names = {("name",): part.get("name"), **_localised(part, "name")}
    for place, name in names.items():
        if not name or not NAME.fullmatch(name) or name != name.lower():
            text = "Command name is invalid"
            problems.add((*path, *place), "APPLICATION_COMMAND_INVALID_NAME", text)
    descriptions = {("description",): part.get("description"), **_localised(part, "description")}
    for place, description in descriptions.items():
        problems.require((*path, *place), description)
        problems.length((*path, *place), description, 100)


def _localised(part: Json, key: str) -> dict[tuple[str, ...], str]:
    return {
        (f"{key}_localizations", locale): text
        for locale, text in (part.get(f"{key}_localizations") or {}).items()
    }


def _check_options(options: list[Json], path: Path, problems: Problems) -> None:
    problems.length((*path, "options"), options, OPTIONS)
    if len({option.get("name") for option in options}) < len(options):
        text = "Option names must be unique"
        problems.add((*path, "options"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", text)
    optional = False
    for number, option in enumerate(options):
        place = (*path, "options", number)
        if option.get("required") and optional:
            text = "Required options must be placed before non-required options"
            problems.add(place, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
        optional |= option.get("type") not in (SUBCOMMAND, GROUP) and not option.get("required")
        _check_names(option, place, problems)
        _check_choices(option, place, problems)
        _check_options(option.get("options") or [], place, problems)


def _check_choices(option: Json, path: Path, problems: Problems) -> None:
    choices = option.get("choices") or []
    problems.length((*path, "choices"), choices, CHOICES)
    if choices and option.get("autocomplete"):
        text = "Autocomplete cannot be used together with choices"
        problems.add((*path, "autocomplete"), "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", text)
    for key in ("name", "value"):
        if len({choice.get(key) for choice in choices}) < len(choices):
            text = f"Choice {key}s must be unique"
            problems.add(
                (*path, "choices"), f"APPLICATION_COMMAND_OPTIONS_CHOICE_{key.upper()}_ALREADY_EXISTS", text
            )
    for number, choice in enumerate(choices):
        problems.length((*path, "choices", number, "name"), choice.get("name"), 100, least=1)
        problems.length((*path, "choices", number, "value"), choice.get("value"), 100)


def characters(part: Json) -> int:
    """Return what counts towards the 8000: names, descriptions, choices; of each the longest translation."""
    total = sum(_longest(part, key) for key in ("name", "description"))
    total += sum(
        _longest(choice, "name") + len(str(choice.get("value"))) for choice in part.get("choices") or []
    )
    return total + sum(characters(option) for option in part.get("options") or [])


def _longest(part: Json, key: str) -> int:
    texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
    return max(map(len, texts))
