"""How much does a picture's event stream cost the client? Ours beside its peers, in one run.

    python benchmarks/provider.py            # about five minutes; see README.md beside it

The peers are installed into an environment of their own, in the user's cache. Each measurement is a fresh
process against one server that replays recorded bytes, and the contestants take turns, so that a slow minute
of the machine hits all of them.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).parents[1]
PEERS = ("g4f", "gradio_client")
CONTESTANTS = ("floor", "ours", "seed", "g4f", "gradio_client")
CONCURRENCIES = (1, 16, 64)
COUNTS = {1: 300, 16: 1600, 64: 3200}  # generations; fewer for gradio_client, which takes fifty times as long
SLOW_COUNTS = {1: 20, 16: 160, 64: 320}
LIMIT = 180  # seconds for one process

Results: TypeAlias = dict[tuple[str, int], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the contestants live.

    Attributes:
        folder: A virtual environment of their own.
    """

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def prepare(self) -> None:
        """Create it where it is missing, and install the peers and what Imagine itself depends on."""
        if not self.python.exists():
            venv.create(self.folder, with_pip=True)
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        command = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, *PEERS, *project["dependencies"]], check=True)

    def start(self, script: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start one of this folder's scripts in it."""
        command = [str(self.python), str(Path(__file__).with_name(script)), *arguments]
        environ = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ)

    def versions(self) -> str:
        """Return the versions of what is compared."""
        code = "from importlib.metadata import version as v; print(*(f'{n} {v(n)}' for n in %r), sep=', ')"
        names = (*PEERS, "aiohttp")
        return subprocess.check_output([self.python, "-c", code % (names,)], text=True).strip()


@contextmanager
def replay_server(environment: Environment) -> Iterator[str]:
    """Run the server, and yield its URL."""
    server = environment.start("replay.py")
    assert server.stdout is not None  # noqa: S101 - it is a pipe
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def measure(environment: Environment, url: str, name: str, concurrency: int) -> dict[str, Any]:
    """Run one contestant once."""
    counts = SLOW_COUNTS if name == "gradio_client" else COUNTS
    with environment.start(
        "contestants.py", name, url, str(concurrency), str(counts[concurrency])
    ) as process:
        out, _ = process.communicate(timeout=LIMIT)
    if process.returncode:
        raise SystemExit(f"{name} at {concurrency} at once broke")
    return dict(json.loads(out.splitlines()[-1]))


def compare(environment: Environment, names: Sequence[str], runs: int) -> Results:
    """Let the contestants take turns."""
    results: Results = {}
    with replay_server(environment) as url:
        for run in range(runs):
            for concurrency in CONCURRENCIES:
                for name in names:
                    taken = measure(environment, url, name, concurrency)
                    results.setdefault((name, concurrency), []).append(taken)
                    print(f"run {run + 1}, {concurrency} at once, {name}: {taken}", file=sys.stderr)
    return results


def _spread(taken: list[dict[str, Any]], key: str, digits: int) -> str:
    values = [one[key] for one in taken]
    middle = statistics.median(values)
    return f"{middle:.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def _ratio(results: Results, name: str, concurrency: int, key: str) -> str:
    if ("g4f", concurrency) not in results:
        return "-"
    mine, theirs = (statistics.median(one[key] for one in results[who, concurrency]) for who in (name, "g4f"))
    return f"{mine / theirs:.2f}"


def table(results: Results, names: Sequence[str]) -> str:
    """Return the figures as a Markdown table: medians, and the least and the most in brackets."""
    head = ("at once", "who", "CPU ms", "of g4f", "wall ms", "of g4f", "peak RSS MiB", "failed")
    lines = [head, ("---:", "---", *["---:"] * 6)]
    for concurrency in CONCURRENCIES:
        for name in names:
            taken = results[name, concurrency]
            failed, count = sum(one["failed"] for one in taken), sum(one["count"] for one in taken)
            lines.append(
                (
                    str(concurrency),
                    name,
                    _spread(taken, "cpu", 2),
                    _ratio(results, name, concurrency, "cpu"),
                    _spread(taken, "wall", 2),
                    _ratio(results, name, concurrency, "wall"),
                    _spread(taken, "rss", 0),
                    f"{failed} of {count}",
                )
            )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "imagine-benchmarks"


def main() -> None:
    """Read the command line, install, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=CONTESTANTS, help="contestants")
    parser.add_argument("--environment", type=Path, default=_cache(), help="where the peers are installed")
    chosen = parser.parse_args()
    environment = Environment(chosen.environment)
    environment.prepare()
    results = compare(environment, chosen.only, chosen.runs)
    print(f"Python {platform.python_version()}, {environment.versions()}, {os.cpu_count()} cores\n")
    print(table(results, chosen.only))


if __name__ == "__main__":
    main()
