"""Limits on a message's components, old rows and Components V2 alike.

Source: Discord's documentation, components/reference.
"""

from bot.sandbox.discord.components import SELECTS, Kind, texts, walk
from bot.sandbox.discord.errors import Problems
from bot.sandbox.discord.wire import Json

ROWS, COMPONENTS, BUTTONS, TEXT = 5, 40, 5, 4000
CUSTOM_ID, LABEL, PLACEHOLDER, OPTIONS = 100, 80, 150, 25
LINK, PREMIUM = 5, 6  # button styles without a custom_id
TOP = {Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR, Kind.CONTAINER}
Path = tuple[str | int, ...]


def check_tree(components: list[Json], problems: Problems, *, v2: bool) -> None:
    """Note what is wrong with a message's components."""
    if not v2:
        problems.length(("components",), components, ROWS)
    if sum(1 for _ in walk(components)) > COMPONENTS:
        text = f"The total number of components cannot exceed {COMPONENTS}"
        problems.add(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", text)
    if sum(map(len, texts(components))) > TEXT:
        text = f"The total displayable text size cannot exceed {TEXT}"
        problems.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", text)
    check_custom_ids(components, problems)
    for number, component in enumerate(components):
        path: Path = ("components", number)
        allowed = TOP if v2 else {Kind.ROW}
        if component.get("type") not in allowed:
            _wrong_type(path, allowed, problems)
        else:
            _check(component, path, problems)


def check_custom_ids(components: list[Json], problems: Problems) -> None:
    """Note custom ids that are used twice."""
    seen: set[str] = set()
    for component in walk(components):
        custom_id = component.get("custom_id")
        if custom_id is not None and custom_id in seen:
            text = "Component custom id cannot be duplicated"
            problems.add(("components",), "COMPONENT_CUSTOM_ID_DUPLICATED", text)
        seen.add(custom_id or "")


def _wrong_type(path: Path, allowed: set[Kind], problems: Problems) -> None:
    choices = ", ".join(str(int(kind)) for kind in sorted(allowed))
    problems.add((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({choices},).')


def _check(component: Json, path: Path, problems: Problems) -> None:
    match component["type"]:
        case Kind.ROW:
            _check_row(component, path, problems)
        case Kind.SECTION:
            problems.length((*path, "components"), component.get("components") or [], 3, least=1)
            problems.require((*path, "accessory"), component.get("accessory"))
            if (component.get("accessory") or {}).get("type") == Kind.BUTTON:
                check_button(component["accessory"], (*path, "accessory"), problems)
        case Kind.CONTAINER:
            for number, child in enumerate(component.get("components") or []):
                _check(child, (*path, "components", number), problems)
        case Kind.GALLERY:
            problems.length((*path, "items"), component.get("items") or [], 10, least=1)
            for number, item in enumerate(component.get("items") or []):
                problems.length((*path, "items", number, "description"), item.get("description"), 1024)
        case Kind.TEXT:
            problems.require((*path, "content"), component.get("content"))


def _check_row(row: Json, path: Path, problems: Problems) -> None:
    children = row.get("components") or []
    menus = [child for child in children if child.get("type") in SELECTS]
    if menus and len(children) > 1:
        text = "The specified component exceeds the maximum width"
        problems.add((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", text)
    problems.length((*path, "components"), children, BUTTONS, least=1)
    for number, child in enumerate(children):
        place = (*path, "components", number)
        if child.get("type") in SELECTS:
            check_select(child, place, problems)
        elif child.get("type") == Kind.BUTTON:
            check_button(child, place, problems)
        else:
            _wrong_type(place, {Kind.BUTTON, *SELECTS}, problems)


def check_button(button: Json, path: Path, problems: Problems) -> None:
    """Note what is wrong with a button."""
    style = button.get("style")
    problems.length((*path, "label"), button.get("label"), LABEL)
    if style == LINK:
        problems.require((*path, "url"), button.get("url"))
    elif style == PREMIUM:
        problems.require((*path, "sku_id"), button.get("sku_id"))
        return
    else:
        problems.require((*path, "custom_id"), button.get("custom_id"))
        problems.length((*path, "custom_id"), button.get("custom_id"), CUSTOM_ID)
    if not button.get("label") and not button.get("emoji"):
        text = "A button must have a label or emoji"
        problems.add(path, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI", text)


def check_select(menu: Json, path: Path, problems: Problems) -> None:
    """Note what is wrong with a select menu."""
    problems.require((*path, "custom_id"), menu.get("custom_id"))
    problems.length((*path, "custom_id"), menu.get("custom_id"), CUSTOM_ID)
    problems.length((*path, "placeholder"), menu.get("placeholder"), PLACEHOLDER)
    if menu["type"] != Kind.SELECT:
        return
    options = menu.get("options") or []
    problems.length((*path, "options"), options, OPTIONS, least=1)
    if len({option.get("value") for option in options}) < len(options):
        text = "The specified option value is already used"
        problems.add((*path, "options"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", text)
    for number, option in enumerate(options):
        for key in ("label", "value"):
            problems.require((*path, "options", number, key), option.get(key))
            problems.length((*path, "options", number, key), option.get(key), 100)
