"""The image: its lines are executed in a folder, and what comes of them runs.

It takes a minute and the network, so it is done where `IMAGE_TESTS` is set, as CI sets it.
"""

import os
from pathlib import Path

import pytest

from bot.config import Config
from tests.deploy.dockerfile import DOCKERFILE, Image, command, lines, only

TEXT = DOCKERFILE.read_text()
NOWHERE = {
    "DISCORD_TOKEN": "a.made-up.token",
    "DISCORD_API_BASE": "http://127.0.0.1:9/api/v10",
    "SPACE_URL": "http://127.0.0.1:9",
    "DATABASE_URL": "sqlite://",
}
needed = pytest.mark.skipif("IMAGE_TESTS" not in os.environ, reason="IMAGE_TESTS is not set")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    image = Image(tmp_path_factory.mktemp("image"))
    image.build(TEXT)
    return image


@needed
def test_what_is_built_starts_and_says_how_it_is_used(image: Image) -> None:
    done = image.run([*command(only(TEXT, "ENTRYPOINT")), "--help"], NOWHERE)

    assert done.returncode == 0, done.stderr
    assert "doctor" in done.stdout


@needed
def test_the_doctor_of_the_image_finds_out_that_it_is_nowhere(image: Image) -> None:
    done = image.run([*command(only(TEXT, "ENTRYPOINT")), "doctor"], NOWHERE)

    assert done.returncode == 1, done.stderr
    assert "failed   Discord cannot be reached." in done.stdout
    assert "a.made-up.token" not in done.stdout + done.stderr


@needed
def test_the_program_of_the_image_is_the_one_that_was_installed(image: Image) -> None:
    done = image.run(["python", "-c", "import bot; print(bot.__file__)"], NOWHERE)

    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(image.folder)


def test_packages_are_checked_against_their_pinned_hashes() -> None:
    install = (DOCKERFILE.parent / "install").read_text()

    assert "--require-hashes" in install
    assert [line.rest for line in lines(TEXT) if line.word == "RUN"] == ["deploy/install /opt/imagine"]


def test_the_image_runs_without_rights() -> None:
    user = only(TEXT, "USER").rest

    assert user.split(":")[0].isdecimal()  # engines can check that a number is not root's
    assert int(user.split(":")[0]) > 0


def test_what_the_image_sets_is_accepted() -> None:
    variables = [
        word.split("=", 1) for line in lines(TEXT) if line.word == "ENV" for word in line.rest.split()
    ]
    config = Config.from_env({"DISCORD_TOKEN": "a.made-up.token"} | dict(variables))

    assert config.metrics_port == 9464
    assert config.database_url == "sqlite:////data/imagine.db"
