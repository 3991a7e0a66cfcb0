"""Every text that a user reads, and nothing else: one file an idea.

Pure: facts go in, sentences come out.
"""

from bot.ui.wording import boards, commands, controls, gallery, limits, queue, quota, tokens, usage
from bot.ui.wording.commands import ratio
from bot.ui.wording.errors import explain
from bot.ui.wording.operator import (
    CLI,
    CLI_COMMANDS,
    CLI_DEMO,
    CLI_MOOD,
    CLI_NO_BROWSER,
    CLI_OUT,
    CLI_PORT,
    CLI_PROMPT,
    CLI_RUN,
    CLI_SECRET_KEY,
    CLI_SPACE,
    CLI_WORKER,
    DEMO_NEIGHBOURS,
    DEMO_OUT,
    DEMO_PROMPT,
    DISCORD_UNREACHABLE,
    TOKEN_REFUSED,
    demo_asks,
    demo_page,
    demo_wrote,
    port_refused,
    setting,
    unknown_mood,
)
from bot.ui.wording.quoting import block, quote, shortened

__all__ = [
    "CLI",
    "CLI_COMMANDS",
    "CLI_DEMO",
    "CLI_MOOD",
    "CLI_NO_BROWSER",
    "CLI_OUT",
    "CLI_PORT",
    "CLI_PROMPT",
    "CLI_RUN",
    "CLI_SECRET_KEY",
    "CLI_SPACE",
    "CLI_WORKER",
    "DEMO_NEIGHBOURS",
    "DEMO_OUT",
    "DEMO_PROMPT",
    "DISCORD_UNREACHABLE",
    "TOKEN_REFUSED",
    "block",
    "boards",
    "commands",
    "controls",
    "demo_asks",
    "demo_page",
    "demo_wrote",
    "explain",
    "gallery",
    "limits",
    "port_refused",
    "queue",
    "quota",
    "quote",
    "ratio",
    "setting",
    "shortened",
    "tokens",
    "unknown_mood",
    "usage",
]
