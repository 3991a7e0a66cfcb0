"""What all buttons, menus and forms have in common.

A `DynamicItem` is made anew for each press, from the custom_id alone; nothing of it is kept between two.
"""

import re
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Self, cast

import discord
from discord import ui

from bot.client import answer_error
from bot.domain.errors import NotAllowed, PictureUnknown
from bot.domain.job import Job, KeptPicture, PictureRef
from bot.ui import answers
from bot.ui.custom_id import Action, CustomId, parse, read, template
from bot.ui.wording.language import speaking
from cogs.drawing import Interaction


class Control(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """The base of buttons and menus; one class a kind.

    Attributes:
        action: What it does.
        meant: To what.
    """

    action: ClassVar[Action]

    def __init_subclass__(cls, *, action: Action) -> None:
        super().__init_subclass__(template=template(action))
        cls.action = action

    def __init__(self, item: ui.Item[Any], meant: CustomId) -> None:
        super().__init__(item)
        self.meant = meant

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it for one press."""
        del interaction
        return cls(item, read(cls.action, match))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, and answer with a sentence where that cannot be."""
        try:
            with speaking(interaction.locale.value):
                await self.press(interaction)
        except Exception as error:  # noqa: BLE001 # discord.py only logs it, and the user would read nothing
            await answer_error(interaction, error)

    @abstractmethod
    async def press(self, interaction: Interaction) -> None:
        """Do what the control is for.

        Raises:
            ImagineError: In one of its leaves.
        """

    async def job(self, interaction: Interaction) -> Job:
        """Return the job that is meant; raises as `known_job` does."""
        return await known_job(interaction, self.meant.key)

    async def own_job(self, interaction: Interaction) -> Job:
        """Return the job that is meant.

        Raises:
            PictureUnknown: There is none.
            NotAllowed: It is somebody else's.
        """
        job = await self.job(interaction)
        if job.user_id != interaction.user.id:
            raise NotAllowed
        return job

    async def picture(self, interaction: Interaction) -> KeptPicture | None:
        """Return the picture that is meant; if that is the question, ask it, and return None.

        Raises:
            PictureUnknown: There is none.
            NotAllowed: It is somebody else's private one.
        """
        if self.meant.number is None:
            await choose(interaction, self.action, await drawn(interaction, await self.job(interaction)))
            return None
        return await known_picture(interaction, PictureRef(self.meant.key, self.meant.number))


async def known_job(interaction: Interaction, job_id: str) -> Job:
    """Return a job.

    Raises:
        PictureUnknown: There is none.
        NotAllowed: It is somebody else's private one.
    """
    job = await interaction.client.services.jobs.store.get(job_id)
    if job is None:
        raise PictureUnknown
    if job.private and job.user_id != interaction.user.id:
        raise NotAllowed
    return job


async def known_picture(interaction: Interaction, ref: PictureRef) -> KeptPicture:
    """Return a picture; raises as `known_job` does."""
    await known_job(interaction, ref.job_id)
    picture = await interaction.client.services.jobs.store.picture(ref)
    if picture is None:
        raise PictureUnknown
    return picture


async def drawn(interaction: Interaction, job: Job) -> list[KeptPicture]:
    """Return the pictures of a job that were drawn."""
    store = interaction.client.services.jobs.store
    known = [await store.picture(PictureRef(job.id, index)) for index in range(len(job.requests))]
    return [picture for picture in known if picture is not None and picture.seconds is not None]


async def choose(interaction: Interaction, action: Action, pictures: list[KeptPicture]) -> None:
    """Ask which of some pictures is meant.

    Raises:
        PictureUnknown: There are none.
    """
    if not pictures:
        raise PictureUnknown
    await interaction.response.send_message(view=answers.which(action, pictures), ephemeral=True)


async def answer_form(
    interaction: Interaction, action: Action, submit: Callable[[Interaction, CustomId], Awaitable[None]]
) -> None:
    """Answer a form that comes back, also one that was opened before a restart.

    Args:
        interaction: Whatever somebody did; nothing is done of what is no form of the action.
        action: It.
        submit: Does what the form is for; where that cannot be, its error is the answer.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    meant = parse(used(interaction)["custom_id"])
    if meant is None or meant.action is not action:
        return  # somebody else answers
    try:
        with speaking(interaction.locale.value):
            await submit(interaction, meant)
    except Exception as error:  # noqa: BLE001 # discord.py only logs it, and the user would read nothing
        await answer_error(interaction, error)


def used(interaction: Interaction) -> Mapping[str, Any]:
    """Return what Discord says of the control that was used: its custom_id, and what was chosen in it."""
    return cast("Mapping[str, Any]", interaction.data or {})


def check_may_end(interaction: Interaction, job: Job) -> None:
    """Check that a user may cancel or delete a job: their own, or any for those who manage messages.

    Raises:
        NotAllowed: They may not.
    """
    if interaction.user.id != job.user_id and not interaction.permissions.manage_messages:
        raise NotAllowed
