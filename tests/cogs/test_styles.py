"""`/style`: a server's own styles."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.moderation import Action
from bot.domain.settings.catalogue import BY_NAME
from bot.domain.settings.kinds import Number
from bot.domain.styles import MOST, Style
from bot.sandbox.discord import Reply
from bot.sandbox.discord.people.refused import Refused
from tests.cogs.acting import audit, take_rights
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words

NIGHT = Style(name="Night Größe", before="night photograph of", steps=20, guidance_scale=3.5)


async def own(scene: Scene) -> list[Style]:
    return await scene.stores.styles.of(scene.discord.guild.id)


async def added(scene: Scene, texts: Mapping[str, str], **options: Any) -> Reply:
    form = await scene.manager.command("style add", **options)
    reply = await scene.manager.submit(form.modal, texts)
    await reply.until(words)
    return reply


async def kept(scene: Scene, style: Style = NIGHT) -> None:
    await scene.stores.styles.put(scene.discord.guild.id, style, is_new=True)


async def test_a_style_is_added_with_its_texts_and_numbers(scene: Scene) -> None:
    options = {"steps": 20, "guidance_scale": 3.5, "aspect_ratio": "16:9 landscape"}
    texts = {"name": "Night Größe", "before": "night\nphotograph of", "negative": "sun"}
    reply = await added(scene, texts, **options)

    assert "The style Night Größe is saved" in words(reply.message)
    assert await own(scene) == [replace(NIGHT, negative_prompt="sun", aspect_ratio="16:9")]
    assert await audit(scene, Action.STYLE) == [(scene.manager.user.id, "Night Größe", "add")]


async def test_a_style_is_changed_and_what_is_left_out_stays(scene: Scene) -> None:
    await kept(scene)
    form = await scene.manager.command("style edit", name="night größe", steps=30)
    await (await scene.manager.submit(form.modal, {"after": "stars"})).until(words)

    assert await own(scene) == [replace(NIGHT, after="stars", steps=30)]


async def test_a_style_is_removed(scene: Scene) -> None:
    await kept(scene)
    gone = await (await scene.manager.command("style remove", name="Night Größe")).until(words)
    again = await (await scene.manager.command("style remove", name="Night Größe")).until(words)

    assert "is removed" in words(gone)
    assert "There is no style" in words(again)
    assert await own(scene) == []


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"name": "Night Größe", "before": "x"}, "There is a style of this name."),
        ({"name": "Empty"}, "A style has to add something"),
        ({"name": "_", "before": "x"}, "letters, digits"),
    ],
)
async def test_a_style_that_cannot_be_is_told(scene: Scene, texts: dict[str, str], said: str) -> None:
    await kept(scene)

    assert said in words((await added(scene, texts)).message)
    assert await own(scene) == [NIGHT]


async def test_names_are_offered_while_somebody_types(scene: Scene) -> None:
    await kept(scene)
    await kept(scene, Style(name="Dawn", after="dawn"))
    offered = await scene.manager.autocomplete("style edit", "name", "NIGHT")

    assert [one["value"] for one in offered] == ["Night Größe"]


async def test_the_list_has_the_servers_own_and_the_built_in_ones(scene: Scene) -> None:
    await kept(scene)
    reply = await scene.manager.command("style list")
    first = await reply.until(words)
    more = await scene.manager.click(reply, "More")

    assert first["flags"] & EPHEMERAL
    assert "Night Größe" in words(first)
    assert "built in" in words(first)
    assert "Watercolour" in words(more.message)


async def test_as_many_as_a_server_may_have_of_the_longest_are_listed(scene: Scene) -> None:
    for number in range(MOST):
        await kept(
            scene, Style(name=f"{number:032}", before="`" * 300, after="y" * 300, negative_prompt="z" * 300)
        )
    page = await scene.manager.command("style list")

    for _ in range(11):
        page = await scene.manager.click(page, "More")
    assert "page 12 of 12" in words(page.message)


async def test_a_style_is_tried_with_a_picture_for_its_member_alone(scene: Scene) -> None:
    await kept(scene)
    reply = await scene.manager.command("style list")
    await reply.until(words)
    picture = await scene.manager.click(reply, "Try it")
    shown = await picture.until(is_finished)

    assert shown["flags"] & EPHEMERAL
    assert scene.provider.requests[-1].prompt == "night photograph of, a fox in the snow"
    assert scene.provider.requests[-1].steps == 20


async def test_the_commands_are_for_those_who_manage_the_server(scene: Scene) -> None:
    with pytest.raises(Refused):
        await scene.alice.command("style list")
    form = await scene.manager.command("style add")
    take_rights(scene, scene.manager)
    answer = await scene.manager.submit(form.modal, {"name": "Dusk", "before": "dusk"})

    assert "Only moderators" in words(await answer.until(words))
    assert await own(scene) == []
    assert len(await audit(scene, Action.REFUSED)) == 1


@pytest.mark.parametrize("command", ["add", "edit"])
async def test_the_options_have_the_ranges_of_the_settings(scene: Scene, command: str) -> None:
    commands = scene.discord.world.commands[None].values()
    group = next(one for one in commands if one["name"] == "style")
    options = next(one for one in group["options"] if one["name"] == command)["options"]
    ranges = {one["name"]: (one["min_value"], one["max_value"]) for one in options if "min_value" in one}
    kinds = {name: BY_NAME[name].kind for name in ("steps", "guidance_scale")}

    assert ranges == {
        name: (kind.minimum, kind.maximum) for name, kind in kinds.items() if isinstance(kind, Number)
    }


async def test_a_button_for_a_style_that_is_gone_draws_nothing(scene: Scene) -> None:
    await kept(scene)
    reply = await scene.manager.command("style list")
    await reply.until(words)
    await scene.stores.styles.remove(scene.discord.guild.id, NIGHT.name)
    answer = await scene.manager.click(reply, "Try it")

    assert "another version" in words(await answer.until(words))
    assert scene.provider.requests == []
