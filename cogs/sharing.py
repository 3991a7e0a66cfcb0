"""**Share**: what one user alone sees, or what never arrived, as a message for everybody.

What is shared is a job of its own, public and drawn already: it is delivered as every other, and everybody
may use its buttons. Its id comes from the job it shows, so that nothing is shared twice.
"""

from dataclasses import replace
from typing import ClassVar

from bot.client import ImagineBot
from bot.domain.board import Board, Drawn
from bot.domain.errors import HouseRule, PictureUnknown
from bot.domain.house_rules import public_language
from bot.domain.job import Job, JobState, KeptPicture, Notes, PictureRef
from bot.domain.picture import Picture
from bot.domain.wish import Asker
from bot.ports import JobStore
from bot.ui import layout
from bot.ui.custom_id import Action
from bot.ui.wording import controls
from cogs.drawing import Interaction, asker, check, place, reviewing
from cogs.pressing import Control, drawn

TRIES = "abcdefgh"  # a share that failed is not tried under the same id again


class Share(Control, action=Action.SHARE):
    """Posts pictures to the channel.

    Attributes:
        posting: The ids of what is being posted; in another process, the store refuses the second.
    """

    posting: ClassVar[set[str]] = set()

    async def press(self, interaction: Interaction) -> None:
        """Post them, unless they have been."""
        job = await self.own_job(interaction)
        if await check(interaction):
            raise HouseRule  # whatever the bot shows there, it shows one user alone
        async with reviewing(interaction, [request.prompt for request in job.requests]):
            who = await asker(interaction)
            await interaction.client.services.jobs.check_share(job, who)
        key, before = await self._copy(interaction.client.services.jobs.store, job)
        if before is not None or key in self.posting:
            card = layout.sentence(controls.shared(before.url if before else None))
            await interaction.response.send_message(view=card, ephemeral=True)
            return
        self.posting.add(key)
        try:
            chosen = [one for one in await drawn(interaction, job) if self.meant.number in {None, one.index}]
            await _post(interaction, key, chosen, await _language(interaction, who))
        finally:
            self.posting.discard(key)

    async def _copy(self, store: JobStore, job: Job) -> tuple[str, KeptPicture | None]:
        """Return the id of the public copy, and its first picture if there is one."""
        number = "" if self.meant.number is None else self.meant.number
        for letter in TRIES:
            key = f"{job.id}{letter}{number}"
            copy = await store.picture(PictureRef(key, 0))
            if copy is None or copy.job.state is JobState.DELIVERED or not copy.job.state.is_final:
                return key, copy
        raise PictureUnknown


async def _language(interaction: Interaction, who: Asker) -> str:
    rules = await interaction.client.services.houses.rules(who.guild_id, who.here)
    return public_language(rules, who.server_locale, who.locale)


async def _post(interaction: Interaction, key: str, chosen: list[KeptPicture], language: str) -> None:
    store = interaction.client.services.jobs.store
    files = {one: await store.image(one.ref) for one in chosen}
    pictures = [
        Picture(request=one.request, image=image, seconds=one.seconds or 0.0)
        for one, image in files.items()
        if image is not None
    ]
    if not pictures:
        raise PictureUnknown
    board = _board(interaction, key, chosen[0].job, pictures, language)
    answered = await interaction.response.defer(thinking=True)

    await interaction.client.services.jobs.show(board, place(interaction, answered))


def _board(interaction: Interaction, key: str, job: Job, pictures: list[Picture], language: str) -> Board:
    """Return the board of the public copy: nothing on it is left to draw."""
    copy = replace(
        job,
        id=key,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0,
        requests=tuple(picture.request for picture in pictures),
        private=False,
        created_at=interaction.created_at.timestamp(),
        state=JobState.WAITING,
        place=None,
        notes=Notes(language=language),
    )
    return Board(job=copy, slots=tuple(map(Drawn, pictures)))


async def setup(bot: ImagineBot) -> None:
    """discord.py calls this when it loads the file."""
    bot.add_dynamic_items(Share)


async def teardown(bot: ImagineBot) -> None:
    """discord.py calls this when it lets go of the file."""
    bot.remove_dynamic_items(Share)
