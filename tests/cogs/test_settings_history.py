"""**Why?**, **History**, **Export** and **Import** of the panel."""

import json
from typing import Any

import pytest

from bot.domain.moderation import Action
from bot.domain.settings.catalogue import Layer
from bot.domain.settings.layers import SERVER, Target
from bot.sandbox.discord import Reply
from bot.sandbox.discord.components import walk
from bot.sandbox.discord.people.resolving import File
from tests.cogs.acting import audit
from tests.cogs.conftest import EPHEMERAL, Scene, control, words
from tests.cogs.test_settings import edited, forged, held, opened, put, tried


async def history(scene: Scene) -> Reply:
    return await scene.manager.click(await opened(scene), "History")


async def exported(scene: Scene) -> str:
    """Return what **Export** gives."""
    reply = await scene.manager.click(await opened(scene), "Export")
    shown = await reply.until(words)
    assert shown["flags"] & EPHEMERAL
    [file] = await reply.files()
    return file.data.decode()


async def taken_in(scene: Scene, **values: Any) -> Reply:
    """Return the difference that a document would make."""
    form = await scene.manager.click(await opened(scene), "Import")
    return await scene.manager.submit(form.modal, values)


async def test_why_tells_the_place_of_each_value(scene: Scene) -> None:
    await put(scene, "steps", 20)
    why = await scene.manager.click(await opened(scene), "Why?")

    assert f"What holds for <@{scene.manager.user.id}>" in words(why.message)
    assert "Steps: 20 · this server" in words(why.message)
    assert "Pictures: 1 · bot's own" in words(why.message)


async def test_why_tells_what_another_members_roles_do(scene: Scene) -> None:
    role = next(iter(scene.discord.guild.members[scene.moderator.user.id].role_ids))
    await put(scene, "steps", 50, Target(Layer.ROLE, role))
    why = await scene.manager.click(await opened(scene), "Why?")
    why = await scene.manager.choose(why, control(why.message, "set-member"), [scene.moderator])
    assert f"Steps: 50 · <@&{role}>" in words(why.message)
    back = await scene.manager.click(why, "Back")

    assert "Settings of this server" in words(back.message)


async def test_the_history_tells_who_changed_what(scene: Scene) -> None:
    await edited(scene, await opened(scene), "steps", value="20")
    shown = words((await history(scene)).message)

    assert "Steps in this server: not set → 20" in shown
    assert f"<@{scene.manager.user.id}>" in shown


async def test_a_change_is_undone_once_it_was_shown_what_that_does(scene: Scene) -> None:
    await put(scene, "steps", 20)
    await put(scene, "steps", 30)
    shown = await scene.manager.click(await history(scene), "Undo")
    assert "Steps in this server: 30 → 20" in words(shown.message)
    assert (await held(scene))[SERVER, "steps"] == 30
    panel = await scene.manager.click(shown, "Apply")

    assert "Steps: 20" in words(panel.message)
    assert (await held(scene))[SERVER, "steps"] == 20


async def test_everything_is_made_as_it_was_after_a_save(scene: Scene) -> None:
    for number in (10, 20, 30):
        scene.now += 60
        await put(scene, "steps", number)
    await put(scene, "count", 4)
    list_ = await history(scene)
    menu = control(list_.message, "set-restore")
    [row] = [one for one in _parts(list_) if one.get("custom_id") == menu]
    shown = await scene.manager.choose(list_, menu, [row["options"][-1]["value"]])
    assert "Steps in this server: 30 → 10" in words(shown.message)
    assert "Pictures in this server: 4 → not set" in words(shown.message)
    await scene.manager.click(shown, "Apply")

    assert await held(scene) == {(SERVER, "steps"): 10}


async def test_everything_is_made_as_it_was_at_a_date(scene: Scene) -> None:
    await put(scene, "steps", 20)
    form = await scene.manager.click(await history(scene), "At a date…")
    wrong = await scene.manager.submit(form.modal, {"value": "yesterday"})
    shown = await scene.manager.submit(form.modal, {"value": "1970-01-01 00:01"})
    assert "Write the date as" in words(await wrong.until(words))
    assert "Steps in this server: 20 → not set" in words(shown.message)
    await scene.manager.click(shown, "Apply")

    assert await held(scene) == {}


async def test_what_was_changed_since_the_difference_was_shown_is_not_overwritten(scene: Scene) -> None:
    await put(scene, "steps", 20)
    shown = await scene.manager.click(await history(scene), "Undo")
    await put(scene, "steps", 45)
    told = await scene.manager.click(shown, "Apply")

    assert "changed meanwhile" in words(told.message)
    assert await held(scene) == {(SERVER, "steps"): 45}


async def test_a_change_that_this_server_does_not_have_cannot_be_undone(scene: Scene) -> None:
    panel = await opened(scene)
    for topic in ("undo_63", "undo_zz", "restore_zz", "steps"):
        answer = await forged(scene, panel, f"imagine:set-apply:s-0-0-0-{topic}:")
        assert "another version" in words(answer.message)

    assert len(await tried(scene)) == 4


async def test_an_export_is_taken_in_again_after_it_was_shown_what_that_does(scene: Scene) -> None:
    await put(scene, "steps", 20)
    document = await exported(scene)
    await put(scene, "steps", 30)
    await put(scene, "count", 2)
    reply = await taken_in(scene, file=[File("settings.json", document.encode())])
    shown = await reply.until(lambda message: "would change" in words(message))
    assert "Steps in this server: 30 → 20" in words(shown)
    assert "Pictures in this server: 2 → not set" in words(shown)
    assert (await held(scene))[SERVER, "steps"] == 30
    panel = await scene.manager.click(reply, "Apply")
    done = await panel.until(lambda message: "Steps: 20" in words(message))

    assert await held(scene) == {(SERVER, "steps"): 20}
    assert done["attachments"] == []


async def test_a_document_can_be_pasted_and_applied_after_a_restart(scene: Scene) -> None:
    await put(scene, "steps", 20)
    document = await exported(scene)
    await put(scene, "steps", 30)
    reply = await taken_in(scene, value=document)
    await reply.until(lambda message: "would change" in words(message))
    await scene.restart()
    panel = await scene.manager.click(reply, "Apply")
    await panel.until(lambda message: "Steps: 20" in words(message))

    assert await held(scene) == {(SERVER, "steps"): 20}


async def test_what_came_in_meanwhile_is_not_lost_by_an_import(scene: Scene) -> None:
    document = await exported(scene)
    await put(scene, "steps", 30)
    reply = await taken_in(scene, value=document)
    await reply.until(lambda message: "would change" in words(message))
    await put(scene, "count", 4)
    told = await scene.manager.click(reply, "Apply")
    shown = await told.until(lambda message: "changed meanwhile" in words(message))

    assert "Pictures" in words(shown)
    assert await held(scene) == {(SERVER, "steps"): 30, (SERVER, "count"): 4}


async def test_another_servers_document_is_refused_and_logged(scene: Scene) -> None:
    document = json.loads(await exported(scene))
    document["server"] = "1"
    answer = await taken_in(scene, value=json.dumps(document))

    assert "another server's" in words(await answer.until(words))
    [(user_id, _, detail)] = await audit(scene, Action.REFUSED)
    assert (user_id, detail) == (scene.manager.user.id, "another server")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON"),
        ("[]", "no file of settings"),
        ('{"format": "imagine-settings", "version": 2, "server": "1", "values": []}', "another version"),
    ],
)
async def test_what_is_no_export_is_refused(scene: Scene, text: str, said: str) -> None:
    answer = await taken_in(scene, value=text)

    assert said in words(await answer.until(words))


async def test_of_a_document_with_one_bad_value_nothing_is_taken_in(scene: Scene) -> None:
    document = json.loads(await exported(scene))
    good = {"layer": "server", "id": "0", "name": "count", "value": 2}
    document["values"] = [good, good | {"name": "steps", "value": 999}]
    answer = await taken_in(scene, value=json.dumps(document))

    assert "Entry 2 of the file (steps) may not be set so" in words(await answer.until(words))
    assert await held(scene) == {}


async def test_an_import_without_its_document_is_refused(scene: Scene) -> None:
    answer = await forged(scene, await opened(scene), "imagine:set-apply:s-0-0-0-import:")
    told = await answer.until_followup(words)

    assert "another version" in words(told)


def _parts(reply: Reply) -> list[dict[str, Any]]:
    return list(walk((reply.message or {})["components"]))
