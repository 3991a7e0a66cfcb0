"""What moderators read of their settings: each one's name and meaning, and all of the panel."""

from bot.ui.wording.settings.page import page

__all__ = ["page"]
