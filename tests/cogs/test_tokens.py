"""`/token`: a token goes from the form to the vault, and is seen nowhere."""

import logging
from typing import Any

import pytest

from bot.domain.errors import NotAuthenticated, ProviderUnreachable
from bot.sandbox.discord import Reply
from bot.storage.engine import open_store
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words
from tests.fakes import ScriptedHub

TOKEN = "hf_AliceAliceAliceAliceAliceAliceAlice"


async def link(scene: Scene, token: str = TOKEN) -> Reply:
    """Return the answer to alice's form."""
    opened = await scene.alice.command("token link")
    return await scene.alice.submit(opened.modal, {"token": token})


async def told(reply: Reply) -> dict[str, Any]:
    """Return the last words, which are for alice alone."""
    answer = await reply.until(lambda message: words(message).strip())
    assert answer["flags"] & EPHEMERAL
    return answer


async def test_a_token_is_kept_and_used_for_its_users_pictures_alone(scene: Scene) -> None:
    linked = await told(await link(scene, f"  {TOKEN}\n"))
    await scene.drawn()
    other = await scene.bob.command("imagine", prompt="an owl")
    await other.until(is_finished)

    assert "Your token is linked" in words(linked)
    assert scene.provider.tokens == [TOKEN, None]


async def test_it_is_seen_by_nobody(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for package in ("bot", "cogs"):
        caplog.set_level(logging.DEBUG, package)
    reply = await link(scene)
    await told(reply)
    await scene.drawn()
    scene.provider.by_token[TOKEN] = (NotAuthenticated("no"),)
    await (await scene.alice.command("imagine", prompt="an owl")).until(is_finished)
    await (await scene.alice.command("quota")).until(words)

    assert TOKEN not in str(scene.discord.log.rows)
    assert TOKEN not in caplog.text
    assert TOKEN not in str(scene.alice.sees()) + repr(scene.stores)


async def test_the_form_says_where_a_token_comes_from_and_what_it_is_for(scene: Scene) -> None:
    opened = await scene.alice.command("token link")
    assert opened.modal is not None
    [about, field] = opened.modal.payload["components"]

    assert "used first for your pictures, and for nobody else's" in about["content"]
    assert "huggingface.co/settings/tokens" in field["description"]
    assert "encrypted" in field["description"]
    assert not field["component"].get("value")


async def test_a_stranger_to_the_service_is_not_kept(scene: Scene) -> None:
    scene.hub.strangers.add(TOKEN)

    assert "Hugging Face does not accept your token" in words(await told(await link(scene)))
    assert await scene.stores.tokens.linked(scene.alice.user.id) is None


async def test_a_token_that_cannot_be_checked_is_not_kept(scene: Scene) -> None:
    class Unreachable(ScriptedHub):
        async def check(self, token: str) -> None:
            raise ProviderUnreachable("ClientConnectorError")

    scene.hub = Unreachable()
    await scene.restart()

    assert "cannot be reached" in words(await told(await link(scene)))
    assert await scene.stores.tokens.linked(scene.alice.user.id) is None


async def test_a_form_that_was_opened_before_a_restart_works(scene: Scene) -> None:
    opened = await scene.alice.command("token link")
    await scene.restart()

    assert "is linked" in words(await told(await scene.alice.submit(opened.modal, {"token": TOKEN})))


async def test_quota_offers_the_form_until_there_is_a_token(scene: Scene) -> None:
    offered = await scene.alice.command("quota")
    await offered.until(words)
    opened = await scene.alice.click(offered, "Link your own token")
    await told(await scene.alice.submit(opened.modal, {"token": TOKEN}))
    shown = await (await scene.alice.command("quota")).until(words)

    assert "your own token, then the bot's" in words(shown)
    assert "Link your own token" not in str(shown)


async def test_what_is_forgotten_is_used_no_more(scene: Scene) -> None:
    await told(await link(scene))
    forgotten = await told(await scene.alice.command("token forget"))
    again = await told(await scene.alice.command("token forget"))
    await scene.drawn()

    assert "Your token is forgotten." in words(forgotten)
    assert "The bot has no token of yours." in words(again)
    assert scene.provider.tokens == [None]


async def test_a_token_that_is_refused_later_is_forgotten_and_its_user_told(scene: Scene) -> None:
    await told(await link(scene))
    scene.provider.by_token[TOKEN] = (NotAuthenticated("no"),)
    reply = await scene.drawn()
    said = await reply.until_followup(words)

    assert "Hugging Face does not accept your token" in words(said)
    assert said["flags"] & EPHEMERAL
    assert scene.provider.tokens == [TOKEN, None]
    assert await scene.stores.tokens.linked(scene.alice.user.id) is None


async def test_a_bot_without_a_key_asks_for_no_token(scene: Scene) -> None:
    async with open_store("sqlite://") as stores:
        scene.stores = stores
        await scene.restart()
        answer = await scene.alice.command("token link")
        quota = await (await scene.alice.command("quota")).until(words)

        assert words(await told(answer)) == "This bot keeps no tokens."
        assert answer.modal is None
        assert "Link your own token" not in str(quota)
        await scene.stack.aclose()
