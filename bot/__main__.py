"""The command line: `python -m bot` runs the bot, `python -m bot demo` shows it without a token."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import dotenv_values

from bot import app
from bot.config import Config
from bot.domain.errors import SettingMissing, SettingRefused
from bot.logs import start_logging
from bot.ui import wording


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
    demo = commands.add_parser("demo", help=wording.CLI_DEMO)
    demo.set_defaults(command=_demo)
    demo.add_argument("--prompt", default=wording.DEMO_PROMPT, help=wording.CLI_PROMPT)
    demo.add_argument("--out", default="imagine.png", help=wording.CLI_OUT)
    demo.add_argument("--space", metavar="URL", help=wording.CLI_SPACE)
    demo.add_argument("--mood", default="calm", help=wording.CLI_MOOD)
    return parser


def _run(_: argparse.Namespace) -> int:
    env = {name: value or "" for name, value in {**dotenv_values(".env"), **os.environ}.items()}
    try:
        config = Config.from_env(env)
    except (SettingMissing, SettingRefused) as error:
        print(wording.setting(error), file=sys.stderr)  # noqa: T201 # a person reads it, no log is open yet
        return 2
    start_logging(config.log_level, [config.discord_token, config.hf_token, config.http_proxy_url])
    return asyncio.run(_until_stopped(config))


def _demo(given: argparse.Namespace) -> int:
    from bot.sandbox.demo import MOODS, Demo, show  # noqa: PLC0415 # the bot itself never loads the sandbox

    if given.mood not in MOODS:
        print(wording.unknown_mood(given.mood, MOODS), file=sys.stderr)  # noqa: T201 # as above
        return 2
    start_logging("ERROR", [])
    demo = Demo(prompt=given.prompt, out=Path(given.out), space=given.space, mood=given.mood)
    return asyncio.run(show(demo, app.run))


async def _until_stopped(config: Config) -> int:
    stop = asyncio.Event()
    with app.stop_on_signals(stop):
        return await app.run(config, stop)


if __name__ == "__main__":
    sys.exit(main())
