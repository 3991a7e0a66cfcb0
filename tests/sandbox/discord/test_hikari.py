"""A second client judges the payloads: hikari, which forgives less than discord.py."""

from collections.abc import AsyncIterator

import hikari
import pytest

from bot.sandbox.discord import LoopbackDiscord, Person
from tests.sandbox.discord.sample import png


@pytest.fixture
async def client(loopback: LoopbackDiscord) -> AsyncIterator[hikari.GatewayBot]:
    bot = hikari.GatewayBot(loopback.token, banner=None, rest_url=loopback.api_base, logs=None)

    @bot.listen()
    async def on_start(_: hikari.StartedEvent) -> None:
        command = bot.rest.slash_command_builder("imagine", "Draw a picture").add_option(
            hikari.CommandOption(
                type=hikari.OptionType.STRING, name="prompt", description="What", is_required=True
            )
        )
        menu = bot.rest.context_menu_command_builder(hikari.CommandType.MESSAGE, "Details")
        await bot.rest.set_application_commands(loopback.world.bot.id, [command, menu])

    await bot.start(check_for_updates=False)
    yield bot
    await bot.close()


async def test_hikari_draws_a_picture(
    client: hikari.GatewayBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    @client.listen()
    async def on_interaction(event: hikari.CommandInteractionCreateEvent) -> None:
        interaction = event.interaction
        await interaction.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_CREATE)
        await interaction.edit_initial_response("Done", attachment=hikari.Bytes(png(), "fox.png"))
        await interaction.execute("More", flags=hikari.MessageFlag.EPHEMERAL)

    await loopback.wait_for_command("imagine")
    reply = await alice.command("imagine", prompt="a fox", channel="fox-thread")
    message = await reply.until(lambda m: m["attachments"])
    await reply.until_followup(lambda m: m["flags"] & hikari.MessageFlag.EPHEMERAL)

    assert message["content"] == "Done"
    assert [file.data for file in await reply.files()] == [png()]


async def test_hikari_understands_guilds_channels_members_and_messages(
    client: hikari.GatewayBot, loopback: LoopbackDiscord, alice: Person
) -> None:
    await loopback.wait_for_command("imagine")
    guild = await client.rest.fetch_guild(loopback.guild.id)
    member = await client.rest.fetch_member(guild, alice.user.id)
    private = await client.rest.create_dm_channel(alice.user.id)
    message = await client.rest.create_message(
        loopback.channel("art").id, "hi", attachment=hikari.Bytes(png(), "a.png")
    )
    edited = await client.rest.edit_message(message.channel_id, message, "changed", attachments=None)

    assert (guild.name, member.username, private.recipient.username) == ("Sandbox", "alice", "alice")
    assert (message.attachments[0].width, edited.content, edited.attachments) == (4, "changed", [])
    assert client.cache.get_guild(guild.id) is not None


async def test_hikari_resumes(client: hikari.GatewayBot, loopback: LoopbackDiscord, alice: Person) -> None:
    @client.listen()
    async def on_interaction(event: hikari.ComponentInteractionCreateEvent) -> None:
        await event.interaction.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_UPDATE)

    await loopback.wait_for_command("imagine")
    row = client.rest.build_message_action_row().add_interactive_button(
        hikari.ButtonStyle.PRIMARY, "a", label="A"
    )
    await client.rest.create_message(loopback.channel("art").id, "hi", component=row)
    loopback.ask_to_reconnect()
    await loopback.core.bell.until(lambda: loopback.closed_gateways or None, 5)
    await loopback.wait_for_gateways()
    reply = await alice.click(alice.sees("art")[0], "A")

    assert reply.failed is False
    assert loopback.gateways[0].resumed
