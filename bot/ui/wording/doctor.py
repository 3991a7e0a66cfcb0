"""What `python -m bot doctor` says: what was found and, if something is wrong, what to do about it."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.limits import Limits

CLI = "look at the token, Discord, the Space, the database and the clock, and say what is wrong"
ALL_WELL = "Nothing is broken."
BROKEN = "Something is broken; see the lines that say so."


class Said(NamedTuple):
    """One finding in words.

    Attributes:
        what: What was found.
        remedy: What to do about it; empty for nothing.
    """

    what: str
    remedy: str = ""


TOKEN_REFUSED = Said(
    "Discord refuses DISCORD_TOKEN.",
    "Copy it anew from the developer portal, page Bot, and put it into the file .env.",
)
DISCORD_UNREACHABLE = Said(
    "Discord cannot be reached.",
    "Check the network, HTTP_PROXY_URL if there is a proxy, and Discord's status page.",
)
KEY_RIGHT = Said("DISCORD_PUBLIC_KEY is the application's.")
KEY_WRONG = Said(
    "DISCORD_PUBLIC_KEY is not the application's.",
    "Copy it anew from the developer portal, page General Information.",
)
ENDPOINT_MISSING = Said(
    "INTERACTIONS_PORT is set, and Discord does not know where to post commands.",
    "Set the Interactions Endpoint URL on the developer portal, page General Information,"
    " or take INTERACTIONS_PORT away.",
)
ENDPOINT_IN_THE_WAY = Said(
    "Discord posts commands to an Interactions Endpoint URL, so none come over the gateway.",
    "Remove the URL on the developer portal, page General Information, or set INTERACTIONS_PORT.",
)
COMMANDS_MISSING = Said("Discord knows no command of the bot yet.", "Start the bot: it registers them.")
NO_HF_TOKEN = Said(
    "There is no Hugging Face token: pictures use the small GPU quota of this machine's address.",
    "Make one at https://huggingface.co/settings/tokens, and put it into HF_TOKENS.",
)
CLOCK_RIGHT = Said("The clock agrees with Discord's.")
STORE_NEW = Said("The database is empty; the first start makes its tables.")
STORE_DRIVER_MISSING = Said(
    "The driver of PostgreSQL is not installed.",
    "Install the extra postgres, or take DATABASE_URL away to use a file of SQLite's.",
)


def token_accepted(name: str, application_id: int) -> Said:
    """Return that Discord knows the bot."""
    return Said(f"Discord accepts DISCORD_TOKEN: the application is {name} ({application_id}).")


def commands_in_sync(number: int) -> Said:
    """Return that Discord has the commands of this version."""
    return Said(f"Discord has the {number} commands of this version.")


def commands_differ(names: Sequence[str]) -> Said:
    """Return which commands Discord has otherwise than this version."""
    return Said(
        f"Discord's commands are of another version: {', '.join(names)}.",
        "Start the bot again: it registers them.",
    )


def invite(url: str) -> Said:
    """Return the address with which a server is given the bot, and the bot what it needs."""
    return Said(f"The invite with exactly the permissions needed: {url}")


def permissions_missing(lacking: int, looked_at: int, url: str) -> Said:
    """Return in how many of the servers that were looked at the bot lacks a permission."""
    return Said(
        f"The bot lacks permissions in {lacking} of {looked_at} servers.",
        f"Invite it there again, which takes nothing away: {url}",
    )


def space_answers(limits: Limits) -> Said:
    """Return what the Space draws."""
    width, height, steps = limits.width, limits.height, limits.steps
    return Said(
        f"The Space answers: {width.minimum:g} to {width.maximum:g} pixels wide,"
        f" {height.minimum:g} to {height.maximum:g} high, {steps.minimum:g} to {steps.maximum:g} steps."
    )


def space_silent(kind: str) -> Said:
    """Return that the Space cannot be used."""
    return Said(
        f"The Space cannot be used ({kind}).",
        "Open its page in a browser, which wakes it; check SPACE_URL, and that it has an endpoint /infer.",
    )


def quota_left(credential: str, seconds: float) -> Said:
    """Return how much GPU quota a token has left."""
    return Said(f"The Hugging Face {credential} has {seconds:.0f} GPU seconds left.")


def quota_unknown(credential: str) -> Said:
    """Return that a token is good, and nobody says how much GPU quota it has left."""
    return Said(f"The Hugging Face {credential} is good; how much GPU quota it has left is not said.")


def quota_used_up(credential: str) -> Said:
    """Return that a token draws nothing for now."""
    return Said(
        f"The GPU quota of the Hugging Face {credential} is used up.",
        "It returns within a day; another token in HF_TOKENS is used meanwhile.",
    )


def hf_token_refused(credential: str) -> Said:
    """Return that a token is no account's."""
    return Said(
        f"Hugging Face refuses {credential}.",
        "Make a new one at https://huggingface.co/settings/tokens, and put it into HF_TOKENS in its place.",
    )


def hub_unreachable(credential: str) -> Said:
    """Return that nobody says whether a token is good."""
    return Said(
        f"Hugging Face does not answer for {credential}.",
        "Check the network, HTTP_PROXY_URL if there is a proxy, and HF_ENDPOINT.",
    )


def store_ready(revision: str) -> Said:
    """Return that the database is of this version."""
    return Said(f"The database answers, and is at revision {revision}, the newest.")


def store_behind(found: str, newest: str) -> Said:
    """Return that the next start changes the database."""
    return Said(
        f"The database is at revision {found}; the next start brings it to {newest}.",
        "Make a copy of it before: an older version of the bot cannot use it afterwards.",
    )


def store_too_new(found: str) -> Said:
    """Return that a newer version of the bot has changed the database."""
    return Said(
        f"The database is at revision {found}, which this version does not know.",
        "Install the version of the bot that made it, or a newer one.",
    )


def store_failed(kind: str) -> Said:
    """Return that the database cannot be used."""
    return Said(
        f"The database cannot be used ({kind}).",
        "Check DATABASE_URL, that the server runs, and that the file is the bot's to read and write.",
    )


def clock_wrong(seconds: float) -> Said:
    """Return how far the clock is off; `seconds` is how far it is ahead of Discord's."""
    side = "ahead of" if seconds > 0 else "behind"
    return Said(
        f"The clock is {abs(seconds):.0f} s {side} Discord's.",
        "Switch on time synchronisation, as with timedatectl set-ntp true.",
    )
