"""A Discord on your own machine: an unmodified client logs in to it, and people talk to the bot through it.

Strict where Discord is strict, and bound to 127.0.0.1 alone. Nothing in the bot knows that it exists.
"""

from bot.sandbox.discord.faults import Fault
from bot.sandbox.discord.people.person import Person
from bot.sandbox.discord.people.refused import Refused
from bot.sandbox.discord.people.reply import Form, ReceivedFile, Reply
from bot.sandbox.discord.people.resolving import File
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.rules import Rules
from bot.sandbox.discord.server import LoopbackDiscord

__all__ = [
    "Fault",
    "File",
    "Form",
    "LoopbackDiscord",
    "Permission",
    "Person",
    "ReceivedFile",
    "Refused",
    "Reply",
    "Rules",
]
