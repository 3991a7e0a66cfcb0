"""What people do that no client lets them do, and what moderators set before."""

from dataclasses import replace
from typing import Any

from bot.domain.moderation import Action
from bot.domain.settings.history import Edit
from bot.domain.settings.kinds import Value
from bot.domain.settings.layers import SERVER, Target
from bot.sandbox.discord import Person, Reply
from bot.sandbox.discord.interaction import InteractionType
from tests.cogs.conftest import Scene


async def forge(scene: Scene, person: Person, custom_id: str, message: dict[str, Any]) -> Reply:
    """Press a button that the bot never made, under one of its messages.

    discord.py looks for it in the message as the interaction has it, and hears of no other button.
    """
    button = {"type": 2, "id": 2, "style": 2, "label": "Forged", "custom_id": custom_id}
    known = scene.discord.core.world.messages[int(message["id"])]
    source = replace(known, components=[{"type": 1, "id": 1, "components": [button]}])
    data = {"component_type": 2, "custom_id": custom_id, "id": 2}
    return await person._act(InteractionType.COMPONENT, source.channel, data, source=source)


async def decide(scene: Scene, target: Target = SERVER, /, **values: Value) -> None:
    """Set what holds in the whole server, at a place, or for a role."""
    edits = [Edit(target=target, name=name, value=value) for name, value in values.items()]
    owner = scene.discord.core.world.owner.id
    await scene.bot.services.houses.save(scene.discord.guild.id, edits, user_id=owner, revision=None)


def take_rights(scene: Scene, person: Person) -> None:
    """Leave a person with what everybody may do."""
    scene.discord.guild.members[person.user.id].role_ids.clear()


async def audit(scene: Scene, action: Action) -> list[tuple[int, str, str]]:
    """Return who did it, to what, and the rest, of the lines of an action, the newest first."""
    entries = await scene.stores.moderation.entries(scene.discord.guild.id, 100)
    return [(one.user_id, one.subject, one.detail) for one in entries if one.action is action]
