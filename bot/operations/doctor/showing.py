"""Prints what the doctor has found, a line a finding."""

from collections.abc import Sequence

from bot.operations.doctor.judging import Finding, Mark
from bot.ui.wording import doctor

_WIDTH = max(len(mark.value) for mark in Mark)


def show(findings: Sequence[Finding]) -> int:
    """Print the findings; return the exit status, 1 if anything has failed, else 0."""
    is_broken = any(finding.mark is Mark.FAILED for finding in findings)
    for finding in findings:
        _print(f"{finding.mark.value:<{_WIDTH}}  {finding.said.what}")
        if finding.said.remedy:
            _print(f"{'':<{_WIDTH}}  → {finding.said.remedy}")
    _print(doctor.BROKEN if is_broken else doctor.ALL_WELL)
    return int(is_broken)


def _print(line: str) -> None:
    print(line)  # noqa: T201 # what the command is for
