"""Reads a Dockerfile, and does what it says in a folder: no engine for images is needed.

Absolute paths are those of the image, and become paths below the folder. What is not known here is an error:
nothing is skipped in silence.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
_SAID_ONLY = frozenset(
    {"VOLUME", "USER", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT"}
)  # nothing is built by them


@dataclass(frozen=True, slots=True)
class Line:
    """An instruction, as `COPY` and `bot bot`."""

    word: str
    rest: str


def lines(text: str) -> list[Line]:
    """Return the instructions of a Dockerfile, continued ones in one piece."""
    whole = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    return [Line(*line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def only(text: str, word: str) -> Line:
    """Return the one instruction of a kind."""
    [line] = [line for line in lines(text) if line.word == word]
    return line


def command(line: Line) -> list[str]:
    """Return the command of an instruction, in its form of a JSON list."""
    found: list[str] = json.loads(line.rest[line.rest.index("[") :])
    return found


@dataclass
class Image:
    """A folder that is built as an image would be.

    Attributes:
        folder: Where the stages' files lie.
        env: What `ENV` sets in the last stage.
    """

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    _stages: list[str] = field(default_factory=list)
    _workdir: str = "/"

    def build(self, text: str) -> None:
        """Do what a Dockerfile says."""
        for line in lines(text):
            match line.word:
                case "FROM":
                    self._stages.append(line.rest.split(" AS ")[-1])
                    self._workdir = "/"
                case "WORKDIR":
                    self._workdir = line.rest
                    self._at(line.rest).mkdir(parents=True, exist_ok=True)
                case "COPY":
                    self._copy(shlex.split(line.rest))
                case "RUN":
                    self._run(shlex.split(line.rest))
                case "ENV":
                    self.env |= self._variables(line.rest)
                case word:
                    assert word in _SAID_ONLY, f"what does {word} do?"

    def run(self, arguments: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command in the finished image, in an environment of its own."""
        path = self.env["PATH"]
        program = shutil.which(arguments[0], path=path)
        assert program is not None
        return subprocess.run(
            [program, *arguments[1:]],
            cwd=self._at(self._workdir),
            env={**self.env, **env},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def _at(self, path: str) -> Path:
        return self.folder / self._stages[-1].replace(":", "_") / path.lstrip("/")

    def _copy(self, words: Sequence[str]) -> None:
        options, (*sources, target) = _options(words)
        for source in sources:
            stage = options.get("from")
            origin = ROOT / source if stage is None else self.folder / stage / source.lstrip("/")
            goal = self._at(str(Path(self._workdir) / target))
            goal.parent.mkdir(parents=True, exist_ok=True)
            if origin.is_dir():
                shutil.copytree(
                    origin,
                    goal,
                    symlinks=True,
                    dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("__pycache__"),
                )
            else:
                shutil.copy(origin, goal)

    def _run(self, words: Sequence[str]) -> None:
        inside = [str(self._at(word)) if word.startswith("/") else word for word in words]
        done = subprocess.run(
            inside, cwd=self._at(self._workdir), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def _variables(self, rest: str) -> Iterator[tuple[str, str]]:
        for word in shlex.split(rest):
            name, _, value = word.partition("=")
            if name == "PATH":
                value = str(self._at(value.removesuffix(":$PATH"))) + os.pathsep + os.environ["PATH"]
            yield name, value


def _options(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    given = [word for word in words if word.startswith("--")]
    named = dict(word.removeprefix("--").split("=", 1) for word in given)
    return named, [word for word in words if word not in given]
