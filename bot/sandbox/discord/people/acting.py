"""Sending an interaction: it is opened, published on the gateway or posted, and waited for."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from bot.sandbox.discord.core import Core
from bot.sandbox.discord.endpoint import Undelivered
from bot.sandbox.discord.gateway.session import Event
from bot.sandbox.discord.interaction import Interaction, InteractionType
from bot.sandbox.discord.model import Channel, Message, User
from bot.sandbox.discord.payloads.interactions import interaction
from bot.sandbox.discord.wire import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody does.

    Attributes:
        data: The `data` object of INTERACTION_CREATE.
        source: The message whose component is used, or from which the submitted form came.
        metadata: What `interaction_metadata` says beyond the usual.
        user_install: The guild has not installed the application, only the person has.
    """

    kind: InteractionType
    user: User
    channel: Channel
    data: Json
    source: Message | None = None
    metadata: Json | None = None
    user_install: bool = False


async def send(core: Core, act: Act) -> Interaction:
    """Send an interaction and return it once it is acknowledged, or once the person gives up."""
    part = core.world.open_interaction(
        act.kind,
        act.user,
        act.channel,
        act.data,
        core.clock(),
        upload_limit=core.rules.upload_limit,
        source=act.source,
        metadata=act.metadata or {},
        user_install=act.user_install,
    )
    data = interaction(part, core.world, core.clock())
    core.bell.ring()
    with suppress(TimeoutError, Undelivered):
        async with asyncio.timeout(core.rules.ack_deadline):
            await _deliver(core, act, data)
            await core.bell.until(lambda: part.callback)
    part.abandoned = part.callback is None
    core.bell.ring()
    return part


async def _deliver(core: Core, act: Act, data: Json) -> None:
    if core.endpoint.url is None:
        core.gateway.publish(Event(name="INTERACTION_CREATE", data=data, guild_id=act.channel.guild_id))
    else:
        await core.endpoint.deliver(data)
