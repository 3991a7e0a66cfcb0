"""Text files that come with a form."""

from bot.domain.errors import SettingError
from bot.domain.settings.transfer import MAX_BYTES
from bot.ui.settings import answers
from cogs.drawing import Interaction
from cogs.pressing import used


async def uploaded(interaction: Interaction, problem: SettingError) -> str | None:
    """Return the text of the file that came with a form, after an acknowledgement; None if none came.

    Args:
        interaction: The form.
        problem: What to say if it is too large, or no text.

    Raises:
        SettingError: The problem.
    """
    file = answers.uploaded(used(interaction))
    if file is None:
        return None
    if file["size"] > MAX_BYTES:
        raise problem
    await interaction.response.defer()  # the download may take its time
    data = await interaction.client.http.get_from_cdn(file["url"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise problem from None
