"""The unit for systemd, as systemd judges it, and the compose file."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import DRAIN_SECONDS
from tests.deploy.dockerfile import ROOT

UNIT = ROOT / "deploy" / "imagine.service"
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text()
ANALYZE = shutil.which("systemd-analyze")


def service() -> configparser.SectionProxy:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign] # systemd's names have capitals
    unit.read_string(UNIT.read_text())
    return unit["Service"]


def test_a_stop_waits_longer_than_running_pictures_may_take() -> None:
    [grace] = re.findall(r"stop_grace_period: (\d+)s", COMPOSE)

    assert float(service()["TimeoutStopSec"]) > DRAIN_SECONDS
    assert float(grace) > DRAIN_SECONDS
    assert service()["KillSignal"] == "SIGTERM"


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd")
def test_systemd_has_nothing_to_say_against_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/opt/imagine/bin/python", sys.executable))
    done = subprocess.run(
        [ANALYZE or "", "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(ANALYZE is None, reason="this machine has no systemd")
def test_the_unit_exposes_little() -> None:
    done = subprocess.run(
        [ANALYZE or "", "security", "--offline=true", "--threshold=20", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 0, done.stdout
