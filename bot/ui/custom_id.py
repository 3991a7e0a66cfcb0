"""What a button, a menu or a form stands for, in the hundred characters that Discord gives back.

All that a use needs is in here and in the store, so that it works after a restart.
"""

import re
from dataclasses import dataclass
from enum import Enum

PREFIX = "imagine"
MAX_LENGTH = 100  # characters; Discord takes no more

_KEY = r"(?P<key>[A-Za-z0-9_-]{1,64})"
_NUMBER = r"(?P<number>[0-9]{0,3})"


class Action(Enum):
    """What happens; the values are part of messages that are years old, so none may ever change."""

    CANCEL = "cancel"
    AGAIN = "again"
    EDIT = "edit"
    SAME_SEED = "same-seed"
    VARY = "vary"
    DETAILS = "details"
    FAVOURITE = "favourite"
    UNFAVOURITE = "unfavourite"
    DELETE = "delete"
    SHARE = "share"
    DRAW = "draw"
    DROP = "drop"
    PAGE = "page"
    REPORT = "report"
    REPORT_DELETE = "report-delete"
    REPORT_BLOCK = "report-block"
    REPORT_DISMISS = "report-dismiss"
    REPORTS = "reports"
    BLOCKS = "blocks"
    AGREE = "agree"
    ERASE = "erase"
    PARK = "park"
    UNPARK = "unpark"
    WITHDRAW = "withdraw"
    USAGE = "usage"
    LINK = "link"
    SETTINGS = "settings"
    SET_PAGE = "set-page"
    SET_WHERE = "set-where"
    SET_CHANNEL = "set-channel"
    SET_ROLE = "set-role"
    SET_FLAG = "set-flag"
    SET_VALUE = "set-value"
    SET_RESET = "set-reset"
    SET_WHY = "set-why"
    SET_MEMBER = "set-member"
    SET_HISTORY = "set-history"
    SET_UNDO = "set-undo"
    SET_RESTORE = "set-restore"
    SET_DATE = "set-date"
    SET_APPLY = "set-apply"
    SET_EXPORT = "set-export"
    SET_IMPORT = "set-import"
    SET_TEST = "set-test"
    STYLES = "styles"
    STYLE_TRY = "style-try"
    STYLE_FORM = "style-form"


@dataclass(frozen=True, slots=True)
class CustomId:
    """One control.

    Attributes:
        action: What happens.
        key: To what: a job's id, an offer's, or a gallery's name; 1 to 64 letters, digits, `-` and `_`.
        number: Which picture of it, or which page, 0 to 999; None where there is no question, or it is open.
    """

    action: Action
    key: str
    number: int | None = None

    def __post_init__(self) -> None:
        if re.fullmatch(_KEY, self.key) is None:
            raise ValueError(f"{self.key!r} is no key")
        if self.number is not None and not 0 <= self.number <= 999:
            raise ValueError(f"{self.number} is out of range")

    def __str__(self) -> str:
        number = "" if self.number is None else self.number
        return f"{PREFIX}:{self.action.value}:{self.key}:{number}"


def parse(text: str) -> CustomId | None:
    """Return the control of a custom_id; None if it is none of this version's."""
    for action in Action:
        if found := re.fullmatch(template(action), text):
            return read(action, found)
    return None


def read(action: Action, found: re.Match[str]) -> CustomId:
    """Return the control that a match of its action's `template` found."""
    number = found["number"]
    return CustomId(action, found["key"], int(number) if number else None)


def template(action: Action) -> str:
    """Return the regular expression of an action's custom_ids."""
    return f"{PREFIX}:{re.escape(action.value)}:{_KEY}:{_NUMBER}"
