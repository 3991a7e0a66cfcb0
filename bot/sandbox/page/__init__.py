"""The loopback Discord in a browser: a page that looks and works like a Discord channel.

It is served by the loopback Discord's own server, on loopback only, and asks nothing of another machine.
"""

from bot.sandbox.page.furnishing import furnish
from bot.sandbox.page.page import Page

__all__ = ["Page", "furnish"]
