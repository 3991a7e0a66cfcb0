"""`/queue`: what of a user's is under way, and the way to end it."""

import asyncio

from bot.domain.errors import GpuQuotaExceeded
from bot.domain.events import Progress
from bot.domain.job import JobState
from tests.cogs.conftest import EPHEMERAL, Scene, is_finished, words
from tests.cogs.test_parking import parked, use_up


async def test_who_has_nothing_under_way_is_told_so(scene: Scene) -> None:
    shown = await (await scene.alice.command("queue")).until(words)

    assert "Nothing of yours waits or is being drawn." in words(shown)
    assert shown["flags"] & EPHEMERAL


async def test_what_is_drawn_and_what_waits_is_listed_with_its_place(scene: Scene) -> None:
    scene.at_once = 1
    await scene.restart()
    gate = asyncio.Event()
    scene.provider.scripts.append((Progress(1, 2), gate, *scene.provider.script))
    first = await scene.alice.command("imagine", prompt="a fox")
    await first.until(lambda message: "step 1 of 2" in words(message))
    second = await scene.alice.command("imagine", prompt="an owl", count=2)
    await second.until(lambda message: "You are next" in words(message))
    await scene.bob.command("imagine", prompt="an elk")
    shown = words(await (await scene.alice.command("queue")).until(words))
    gate.set()
    await first.until(is_finished)
    await second.until(is_finished)

    assert "2 requests of yours" in shown
    assert "a fox\n🎨 Being drawn" in shown
    assert "an owl · 2 pictures\n⏳ You are next." in shown
    assert "elk" not in shown


async def test_a_job_that_is_drawn_is_cancelled_from_the_list(scene: Scene) -> None:
    scene.provider.scripts.append((Progress(1, 2), asyncio.Event()))
    reply = await scene.alice.command("imagine", prompt="a fox")
    await reply.until(lambda message: "step 1 of 2" in words(message))
    listed = await scene.alice.command("queue")
    await listed.until(words)
    await scene.alice.click(listed, "Cancel")

    assert await listed.until(lambda message: "Nothing of yours waits" in words(message))
    assert await reply.until(lambda message: "Cancelled." in words(message))


async def test_a_parked_job_is_listed_with_its_times_and_cancelled(scene: Scene) -> None:
    await use_up(scene)
    await parked(scene, prompt="a fox")
    await parked(scene, prompt="an owl")
    listed = await scene.alice.command("queue")
    shown = await listed.until(words)
    await scene.alice.click(listed, "Cancel")
    left = await listed.until(lambda message: "1 request of yours" in words(message))
    job = await scene.store.get("job2")

    assert "Quota returns <t:1754:R>. Given up <t:87400:R>." in str(shown["components"])
    assert "a fox" not in words(left)
    assert "an owl" in words(left)
    assert job is not None
    assert job.state is JobState.CANCELLED


async def test_a_return_that_nobody_stated_is_called_unknown(scene: Scene) -> None:
    scene.provider.scripts.append((GpuQuotaExceeded("no"),))
    await scene.bob.command("imagine", prompt="an owl")
    await scene.settled("job1")
    await parked(scene)
    shown = await (await scene.alice.command("queue")).until(words)

    assert "When quota returns is unknown; the next try is <t:4600:R>." in str(shown["components"])


async def test_a_list_that_is_out_of_date_is_brought_up_to_date_and_nobody_elses_is_touched(
    scene: Scene,
) -> None:
    await use_up(scene)
    await parked(scene)
    first, second = await scene.alice.command("queue"), await scene.alice.command("queue")
    for listed in (first, second):
        await listed.until(words)
        await scene.alice.click(listed, "Cancel")

    assert await second.until(lambda message: "Nothing of yours waits" in words(message))


async def test_a_place_in_line_is_live_at_one_edit_for_each_change(scene: Scene) -> None:
    scene.at_once = 1
    await scene.restart()
    gates = [asyncio.Event(), asyncio.Event()]
    scene.provider.scripts.extend((Progress(1, 2), gate, *scene.provider.script) for gate in gates)
    first = await scene.alice.command("imagine", prompt="a fox")
    await first.until(lambda message: "step 1 of 2" in words(message))
    second = await scene.bob.command("imagine", prompt="an owl")
    await second.until(lambda message: "You are next." in words(message))
    third = await scene.manager.command("imagine", prompt="an elk")
    await third.until(lambda message: "1 ahead of you." in words(message))
    gates[0].set()
    await third.until(lambda message: "You are next." in words(message))
    gates[1].set()
    await third.until(is_finished)
    lines = [words(state.payload).splitlines()[1:2] for state in third.history if state.payload]

    assert lines.count(["⏳ 1 ahead of you."]) == 1
    assert lines.count(["⏳ You are next."]) == 1
