"""The command line: `python -m bot` runs the bot, `python -m bot demo` shows it without a token."""

import argparse
import asyncio
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from bot.config import Config, database_url
from bot.domain.errors import BackupRefused, SettingMissing, SettingRefused
from bot.logs import start_logging
from bot.ui import wording
from bot.ui.wording import doctor, store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the commands.

    Args:
        arguments: As after `python -m bot`; None takes those of the process.

    Returns:
        The exit status.
    """
    given = _parser().parse_args(arguments)
    command: int = given.command(given)
    return command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=wording.CLI)
    parser.set_defaults(command=_run)
    commands = parser.add_subparsers(title=wording.CLI_COMMANDS)
    commands.add_parser("run", help=wording.CLI_RUN).set_defaults(command=_run)
    commands.add_parser("worker", help=wording.CLI_WORKER).set_defaults(command=_worker)
    commands.add_parser("doctor", help=doctor.CLI).set_defaults(command=_doctor)
    backup = commands.add_parser("backup", help=store.CLI_BACKUP)
    backup.set_defaults(command=_backup)
    backup.add_argument("file", type=Path, metavar="FILE", help=store.CLI_FILE)
    commands.add_parser("secret-key", help=wording.CLI_SECRET_KEY).set_defaults(command=_secret_key)
    demo = commands.add_parser("demo", help=wording.CLI_DEMO)
    demo.set_defaults(command=_demo)
    demo.add_argument("--port", type=int, default=0, help=wording.CLI_PORT)
    demo.add_argument("--no-browser", dest="browser", action="store_false", help=wording.CLI_NO_BROWSER)
    demo.add_argument("--prompt", help=wording.CLI_PROMPT)
    demo.add_argument("--out", help=wording.CLI_OUT)
    demo.add_argument("--space", metavar="URL", help=wording.CLI_SPACE)
    demo.add_argument("--mood", default="calm", help=wording.CLI_MOOD)
    return parser


def _run(_: argparse.Namespace) -> int:
    return _serve(_config)


def _worker(_: argparse.Namespace) -> int:
    return _serve(lambda: _config().for_worker())


def _serve(configure: Callable[[], Config]) -> int:
    try:
        config = configure()
    except (SettingMissing, SettingRefused) as error:
        print(wording.setting(error), file=sys.stderr)  # noqa: T201 # a person reads it, no log is open yet
        return 2
    start_logging(config.log_level, _secrets(config), config.log_format)
    return asyncio.run(_until_stopped(config))


def _doctor(_: argparse.Namespace) -> int:
    try:
        config = _config()
    except (SettingMissing, SettingRefused) as error:
        print(wording.setting(error), file=sys.stderr)  # noqa: T201 # as above
        return 1
    start_logging("CRITICAL", _secrets(config))
    return asyncio.run(_examine(config))


def _backup(given: argparse.Namespace) -> int:
    from bot.storage.backup import backup  # noqa: PLC0415 # nothing else here needs it

    try:
        size = backup(database_url(_environment()), given.file)
    except SettingRefused as error:
        print(wording.setting(error), file=sys.stderr)  # noqa: T201 # as above
        return 2
    except BackupRefused as error:
        print(wording.explain(error), file=sys.stderr)  # noqa: T201 # as above
        return 2
    print(store.backup_made(given.file, size))  # noqa: T201 # as above
    return 0


def _config() -> Config:
    return Config.from_env(_environment())


def _environment() -> dict[str, str]:
    return {name: value or "" for name, value in {**dotenv_values(".env"), **os.environ}.items()}


def _secrets(config: Config) -> Iterator[str | None]:
    yield from (config.discord_token, *config.hf_tokens, *config.secret_keys, config.http_proxy_url)
    password = urlsplit(config.database_url).password or ""
    yield from (password, unquote(password))


def _secret_key(_: argparse.Namespace) -> int:
    from cryptography.fernet import Fernet  # noqa: PLC0415 # nothing else here needs it

    print(Fernet.generate_key().decode())  # noqa: T201 # what the command is for
    return 0


def _demo(given: argparse.Namespace) -> int:
    with _importing():
        from bot.sandbox.demo import MOODS  # noqa: PLC0415 # the bot itself never loads the sandbox

    if given.mood not in MOODS:
        print(wording.unknown_mood(given.mood, MOODS), file=sys.stderr)  # noqa: T201 # as above
        return 2
    start_logging("ERROR", [])
    if given.prompt is None and given.out is None:
        return asyncio.run(_demo_in_browser(given))
    return asyncio.run(_demo_in_terminal(given))


async def _demo_in_browser(given: argparse.Namespace) -> int:
    from bot.sandbox.demo.page import Demo, serve  # noqa: PLC0415 # as above

    demo = Demo(port=given.port, browser=given.browser, space=given.space, mood=given.mood)
    stop = asyncio.Event()
    with _stop_on_signals(stop):
        try:
            return await serve(demo, _run_bot, stop)
        except OSError as error:
            print(wording.port_refused(given.port, error), file=sys.stderr)  # noqa: T201 # as above
            return 1


async def _demo_in_terminal(given: argparse.Namespace) -> int:
    from bot.sandbox.demo.terminal import Demo, show  # noqa: PLC0415 # as above

    prompt, out = given.prompt or wording.DEMO_PROMPT, Path(given.out or wording.DEMO_OUT)
    return await show(Demo(prompt=prompt, out=out, space=given.space, mood=given.mood), _run_bot)


async def _run_bot(config: Config, stop: asyncio.Event) -> int:
    """Run the bot, which is imported meanwhile: whoever waits for it has something to look at sooner."""
    with _importing():
        app = await asyncio.to_thread(importlib.import_module, "bot.app")
    status: int = await app.run(config, stop)
    return status


async def _examine(config: Config) -> int:
    from bot.examination import examine  # noqa: PLC0415 # a command that needs none of it starts without

    return await examine(config)


async def _until_stopped(config: Config) -> int:
    stop = asyncio.Event()
    with _stop_on_signals(stop):
        return await _run_bot(config, stop)


@contextmanager
def _importing() -> Iterator[None]:
    """Look for no garbage meanwhile: an import leaves next to none, and looking takes a tenth of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` on SIGINT and SIGTERM, which discord.py does not do by itself."""
    loop = asyncio.get_running_loop()
    kept = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main())
