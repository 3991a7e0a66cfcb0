"""Who reads which language: what everybody sees is in the place's, what one person sees is in theirs."""

import asyncio
from functools import partial
from typing import Any

import pytest

from bot.domain.errors import GpuQuotaExceeded
from bot.domain.events import Progress
from bot.domain.settings.catalogue import Group, Layer
from bot.domain.settings.layers import Target
from bot.sandbox.discord import Permission, Person, Reply
from bot.sandbox.discord.components import walk
from tests.cogs.acting import decide
from tests.cogs.conftest import EPHEMERAL, Scene, words


@pytest.fixture
def dora(scene: Scene) -> Person:
    """A member whose Discord is German."""
    return scene.discord.person("dora", locale="de")


@pytest.fixture
def german(scene: Scene) -> Scene:
    """A server that says of itself that it is German."""
    scene.discord.guild.locale = "de"
    return scene


def labels(message: dict[str, Any] | None) -> set[str]:
    return {str(part["label"]) for part in walk((message or {})["components"]) if part.get("label")}


def is_german(message: dict[str, Any]) -> bool:
    return "Nochmal" in labels(message) and "40 Schritte" in words(message)


def is_english(message: dict[str, Any]) -> bool:
    return "Again" in labels(message) and "40 steps" in words(message)


def custom_ids(message: dict[str, Any]) -> list[str]:
    return [str(part["custom_id"]) for part in walk(message["components"]) if part.get("custom_id")]


def is_on_page(page: str, message: dict[str, Any]) -> bool:
    return any(f"-{page}:" in custom_id for custom_id in custom_ids(message))


def page_menu(message: dict[str, Any]) -> dict[str, Any]:
    return next(part for part in walk(message["components"]) if ":set-page:" in str(part.get("custom_id")))


def title(opened: Reply) -> str:
    """Return the title of a form that was opened."""
    assert opened.modal is not None
    return str(opened.modal.payload["title"])


async def told(reply: Reply) -> str:
    """Return what the person alone reads."""
    return words(await reply.until(lambda message: words(message) and message["flags"] & EPHEMERAL))


async def test_a_german_server_sees_german_and_its_english_member_alone_english(german: Scene) -> None:
    reply = await german.alice.command("imagine", prompt="a fox")
    await reply.until(is_german)
    pressed = await german.alice.click(reply, "Favorit")

    assert "among your favourites" in await told(pressed)
    assert "Nothing of yours waits" in await told(await german.alice.command("queue"))


async def test_an_english_server_sees_english_and_its_german_member_alone_german(
    scene: Scene, dora: Person
) -> None:
    reply = await dora.command("imagine", prompt="a fox")
    await reply.until(is_english)
    pressed = await dora.click(reply, "Favourite")

    assert "unter deinen Favoriten" in await told(pressed)
    assert "Nichts von dir wartet" in await told(await dora.command("queue"))


async def test_what_moderators_set_counts_for_more_than_what_the_server_says_of_itself(german: Scene) -> None:
    await decide(german, language="en-US")
    reply = await german.alice.command("imagine", prompt="a fox")

    assert await reply.until(is_english)


async def test_a_language_without_a_catalogue_is_english(scene: Scene) -> None:
    scene.discord.guild.locale = "ja"
    reply = await scene.alice.command("imagine", prompt="a fox")

    assert await reply.until(is_english)


async def test_a_private_picture_is_in_the_language_of_its_member_and_its_copy_in_the_servers(
    scene: Scene, dora: Person
) -> None:
    reply = await dora.command("imagine", prompt="a fox", private=True)
    await reply.until(is_german)
    shared = await dora.click(reply, "Teilen")

    assert await shared.until(is_english)


async def test_two_channels_with_two_languages_draw_at_once_and_do_not_mix(scene: Scene) -> None:
    await decide(scene, Target(Layer.CHANNEL, scene.discord.channel("art").id), language="de")
    gate = asyncio.Event()
    scene.provider.script = (Progress(1, 2), gate, *scene.provider.script)
    here = await scene.alice.command("imagine", prompt="a fox")
    there = await scene.bob.command("imagine", channel="art", prompt="an owl")
    await here.until(lambda message: "step 1 of 2" in words(message) and "Cancel" in labels(message))
    await there.until(lambda message: "Schritt 1 von 2" in words(message) and "Abbrechen" in labels(message))
    gate.set()

    assert await here.until(is_english)
    assert await there.until(is_german)


async def test_a_picture_keeps_its_language_when_the_server_changes_its_own(scene: Scene) -> None:
    gate = asyncio.Event()
    scene.provider.script = (Progress(1, 2), gate, *scene.provider.script)
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "step 1 of 2" in words(message))
    await decide(scene, language="de")
    gate.set()

    assert await reply.until(is_english)


async def test_why_there_is_no_picture_is_told_in_the_language_of_who_asked(
    scene: Scene, dora: Person
) -> None:
    scene.provider.scripts.append((GpuQuotaExceeded("no", retry_after=754.0),))
    reply = await dora.command("imagine", prompt="a fox")
    await reply.until(lambda message: "No picture was made." in words(message))
    await scene.settled("job1")

    assert "ist aufgebraucht. Komm" in words(await reply.until_followup(words))
    assert "Only the person" in await told(await scene.bob.click(reply, "Delete"))


async def test_a_parked_picture_comes_in_the_language_of_the_server_after_a_restart(german: Scene) -> None:
    german.provider.scripts.append((GpuQuotaExceeded("no", retry_after=754.0),))
    first = await german.bob.command("imagine", prompt="an owl")
    await first.until(lambda message: "Es ist kein Bild entstanden." in words(message))
    await german.settled("job1")
    refused = await german.alice.command("imagine", prompt="a fox")
    assert "quota is used up" in await told(refused)
    await told(await german.alice.click(refused, "Draw it when quota returns"))
    german.now += 800
    await german.restart()
    later = await german.discord.core.bell.until(lambda: next(filter(is_german, german.alice.sees()), None))

    assert "Gewünscht von" in words(later)


async def test_moderators_channels_read_the_servers_language_and_the_reporter_their_own(
    german: Scene,
) -> None:
    art, mature = german.discord.channel("art"), german.discord.channel("mature")
    await decide(german, report_channel=(str(art.id),), log_channel=(str(mature.id),))
    reply = await german.alice.command("imagine", prompt="a fox")
    await reply.until(is_german)
    opened = await german.bob.click(reply, "Melden")
    thanks = await told(await german.bob.submit(opened.modal, {"reason": "it is cruel"}))
    [card] = german.manager.sees("art")
    settled = await german.manager.click(card, "Verwerfen")
    await settled.until(lambda message: "Verworfen" in words(message))
    [line] = await german.discord.core.bell.until(lambda: german.manager.sees("mature") or None)

    assert title(opened) == "Report this picture"
    assert "have your report" in thanks
    assert "🚩 Gemeldet" in words(card)
    assert "hat die Meldungen verworfen" in words(line)


async def test_the_panel_and_its_forms_are_in_the_language_of_who_opens_them(scene: Scene) -> None:
    mona = scene.discord.person("mona", locale="de", permissions=Permission.MANAGE_GUILD)
    panel = await mona.command("settings")
    shown = await panel.until(words)
    custom_id = next(one for one in custom_ids(shown) if ":set-value:" in one)
    opened = await mona.click(panel, custom_id=custom_id)
    listed = await mona.command("style list")

    assert "Einstellungen: dieser Server" in words(shown)
    assert "Womit gezeichnet wird" in words(shown)
    assert title(opened) == "Modell"
    assert "eingebaut" in await told(listed)


async def test_every_page_of_the_panel_fits_in_german(scene: Scene) -> None:
    mona = scene.discord.person("mona", locale="de", permissions=Permission.MANAGE_GUILD)
    panel = await mona.command("settings")
    shown = await panel.until(words)
    pages = [option["value"] for option in page_menu(shown)["options"]]
    for page in pages:
        await mona.choose(panel, page_menu(panel.message or {})["custom_id"], [page])
        await panel.until(partial(is_on_page, page))
        for custom_id in custom_ids(panel.message or {}):
            if ":set-value:" in custom_id:
                assert title(await mona.click(panel, custom_id=custom_id))

    assert len(pages) >= len(Group)


async def test_commands_are_described_in_every_language_and_typed_in_one(scene: Scene) -> None:
    command = await scene.discord.wait_for_command("imagine")
    [prompt] = [option for option in command["options"] if option["name"] == "prompt"]
    [ratio] = [option for option in command["options"] if option["name"] == "aspect_ratio"]
    menu = await scene.discord.wait_for_command("Imagine: again")

    assert command["description_localizations"] == {"de": "Zeichnet ein Bild aus deinen Worten"}
    assert not command.get("name_localizations")
    assert not prompt.get("name_localizations")
    assert prompt["description_localizations"]["de"].startswith("Was das Bild zeigt")
    assert ratio["choices"][0]["name_localizations"] == {"de": "1:1 quadratisch"}
    assert menu["name_localizations"] == {"de": "Imagine: nochmal"}
