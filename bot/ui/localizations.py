"""What Discord shows of the commands, in every language that the bot speaks."""

from discord import Locale, app_commands
from discord.app_commands import ContextMenu, TranslationContextLocation, TranslationContextTypes

from bot.ui.wording.language import gettext, speaking

_NAMES = {
    TranslationContextLocation.command_name,
    TranslationContextLocation.group_name,
    TranslationContextLocation.parameter_name,
}


class Localizations(app_commands.Translator):
    """Translates descriptions, choices and menu entries, but not what is typed, as `/imagine prompt:`."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return a text in a language; None where it stays as it is."""
        if context.location in _NAMES and not isinstance(context.data, ContextMenu):
            return None
        with speaking(locale.value):
            said = gettext(string.message)
        return None if said == string.message else said
