"""The rules of use: shown once, before the first picture, where the operator has any."""

import pytest

from bot.domain.moderation import Action
from bot.sandbox.discord import Reply
from tests.cogs.acting import audit, decide, forge
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words

RULES = "https://example.com/rules"


@pytest.fixture
async def ruled(scene: Scene) -> Scene:
    """A bot whose operator has rules of use."""
    scene.bot.services.consent.rules_url = RULES
    return scene


async def asked(reply: Reply) -> str:
    shown = await reply.until(words)
    assert shown["flags"] & EPHEMERAL
    return str(shown["components"])


async def test_without_rules_nobody_is_asked(scene: Scene) -> None:
    assert await (await scene.alice.command("imagine", prompt="a fox")).until(is_finished)


async def test_who_agrees_is_drawn_what_they_asked_for_and_never_asked_again(ruled: Scene) -> None:
    offered = await ruled.alice.command("imagine", prompt="a fox", steps=20)
    shown = await asked(offered)
    before = len(ruled.provider.requests)
    await (await ruled.alice.click(offered, "I agree, draw it")).until(is_finished)
    await ruled.restart()
    ruled.bot.services.consent.rules_url = RULES
    await (await ruled.alice.command("imagine", prompt="an owl")).until(is_finished)

    assert RULES in shown
    assert before == 0
    assert [(one.prompt, one.steps) for one in ruled.provider.requests] == [("a fox", 20), ("an owl", 40)]


async def test_who_does_not_is_drawn_nothing_and_asked_again(ruled: Scene) -> None:
    offered = await ruled.alice.command("imagine", prompt="a fox")
    dropped = await ruled.alice.click(offered, "Don't draw")
    await dropped.until(lambda message: "Nothing is drawn" in words(message))

    assert "I agree" in await asked(await ruled.alice.command("imagine", prompt="a fox"))
    assert ruled.provider.requests == []


async def test_what_one_agrees_to_holds_for_nobody_else(ruled: Scene) -> None:
    offered = await ruled.alice.command("imagine", prompt="a fox")
    await (await ruled.alice.click(offered, "I agree, draw it")).until(is_finished)

    assert "I agree" in await asked(await ruled.bob.command("imagine", prompt="an owl"))


async def test_nobody_takes_what_was_offered_to_another(ruled: Scene) -> None:
    offered = await ruled.alice.command("imagine", prompt="a fox")
    shown = await offered.until(words)
    key = next(one for one in str(shown["components"]).split("'") if one.startswith("imagine:agree:"))
    said = ruled.bob.say("hello")
    await asked(await forge(ruled, ruled.bob, key, said))

    assert ruled.provider.requests == []
    assert not await ruled.stores.privacy.accepted(ruled.bob.user.id)


async def test_once_is_once(ruled: Scene) -> None:
    offered = await ruled.alice.command("imagine", prompt="a fox")
    await (await ruled.alice.click(offered, "I agree, draw it")).until(is_finished)

    assert "run out" in await asked(await ruled.alice.click(offered, "I agree, draw it"))


async def test_a_prompt_with_choices_is_judged_by_nobody_before_its_user_agrees(ruled: Scene) -> None:
    await decide(ruled, reviewed_words=("tank",), report_channel=(str(ruled.discord.channel("art").id),))
    offered = await ruled.alice.command("imagine", prompt="a {red, blue} tank")
    shown = await asked(offered)
    before = await audit(ruled, Action.REVIEW), ruled.manager.sees("art")
    said = await asked(await ruled.alice.click(offered, "I agree, draw it"))

    assert "I agree" in shown
    assert before == ([], [])
    assert "the moderators were told" in said
    assert len(await audit(ruled, Action.REVIEW)) == len(ruled.manager.sees("art")) == 1


async def test_who_agrees_sees_what_choices_make_before_they_are_drawn(ruled: Scene) -> None:
    rules = await ruled.alice.command("imagine", prompt="a {red, blue} fox")
    await rules.until(words)
    offered = await ruled.alice.click(rules, "I agree, draw it")
    shown = await asked(offered)
    before = len(ruled.provider.requests)
    await (await ruled.alice.click(offered, "Draw 2")).until(is_finished)

    assert "a red fox" in shown
    assert before == 0
    assert [one.prompt for one in ruled.provider.requests] == ["a red fox", "a blue fox"]
