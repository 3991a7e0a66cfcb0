"""`python -m bot demo`: what a newcomer sees first."""

from pathlib import Path

from PIL import Image

from bot.sandbox.space import LoopbackSpace, Mood
from tests.e2e.process import started


async def test_the_demo_shows_the_whole_way_and_leaves_the_picture(tmp_path: Path) -> None:
    out = tmp_path / "fox.png"
    async with started("demo", "--prompt", "a fox in the snow", "--out", str(out)) as process:
        ended = await process.ended()

    assert (ended.status, ended.log) == (0, "")
    assert "ahead of you" in ended.said
    assert "step" in ended.said
    assert f"The final picture is in {out}" in ended.said
    with Image.open(out) as image:
        assert image.info["parameters"].startswith("a fox in the snow\n")


async def test_the_demo_draws_at_another_space(tmp_path: Path) -> None:
    async with LoopbackSpace(seconds_per_step=0) as space:
        arguments = ("--space", space.url, "--out", str(tmp_path / "fox.png"))
        async with started("demo", *arguments) as process:
            ended = await process.ended()

    assert ended.status == 0
    assert len(space.requests) == 1


async def test_the_demo_shows_what_a_member_reads_when_quota_is_gone(tmp_path: Path) -> None:
    async with started("demo", "--mood", "quota", "--out", str(tmp_path / "fox.png")) as process:
        ended = await process.ended()

    assert ended.status == 1
    assert "GPU quota is used up. Come back in" in ended.said
    assert not list(tmp_path.iterdir())


async def test_an_unknown_mood_is_refused_with_the_known_ones() -> None:
    async with started("demo", "--mood", "sunny") as process:
        ended = await process.ended()

    assert ended.status == 2
    assert all(mood.value in ended.log for mood in Mood)
