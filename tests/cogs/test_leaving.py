"""Which servers the bot is in, as Discord's own list says; and what becomes of those that it has left."""

from bot.delivery.servers import servers
from bot.domain.reach import Reach
from bot.jobs.housekeeping import DAY, Housekeeping
from bot.sandbox.discord.faults import Fault
from tests.cogs.acting import decide
from tests.cogs.conftest import Scene, is_finished

LIST = "/users/@me/guilds"


async def test_all_pages_of_the_list_are_read(scene: Scene) -> None:
    for number in range(204):
        scene.discord.world.add_guild(f"Server {number}", 2000.0)
    known = sorted(scene.discord.world.guilds)
    found = await servers(scene.bot)
    asked = [row["query"] for row in scene.discord.log.rows if row["path"] == LIST]

    assert found == set(known)
    assert [query.get("after") for query in asked] == [None, str(known[199])]


async def test_half_a_list_is_none(scene: Scene) -> None:
    for number in range(204):
        scene.discord.world.add_guild(f"Server {number}", 2000.0)
    missing = {"message": "Missing Access", "code": 50001}
    scene.discord.faults.add(Fault(method="GET", path=LIST, status=403, body=missing, after=1))

    assert await servers(scene.bot) is None


async def test_a_server_that_threw_the_bot_out_is_forgotten_after_the_grace_period(scene: Scene) -> None:
    await decide(scene, steps=20)
    house = Housekeeping(scene.stores.privacy, lambda: servers(scene.bot), scene.clock, 30 * DAY)
    await house.clean()
    del scene.discord.guild.members[scene.discord.world.bot.id]
    await house.clean()
    before = await scene.stores.privacy.servers()
    scene.now += 30 * DAY + 1
    await house.clean()

    assert before == [scene.discord.guild.id]
    assert await scene.stores.privacy.servers() == []


async def test_a_server_that_never_had_the_bot_was_never_left_and_its_guests_keep_their_pictures(
    scene: Scene,
) -> None:
    scene.reach = Reach(user_install=True)
    await scene.restart()
    guild = scene.discord.add_guild("Abroad")
    del guild.members[scene.discord.world.bot.id]
    alice = scene.discord.person("alice", guild=guild)
    await (await alice.command("imagine", prompt="a fox", user_install=True)).until(is_finished)
    await scene.settled("job1")
    house = Housekeeping(scene.stores.privacy, lambda: servers(scene.bot), scene.clock, 30 * DAY)
    left = await house.left_servers()
    for _ in range(2):
        await house.clean()
        scene.now += 31 * DAY
    [kept] = await scene.store.last(alice.user.id, 10)

    assert left == []
    assert kept.job.guild_id == guild.id


async def test_what_guests_draw_in_a_server_that_was_left_is_theirs(scene: Scene) -> None:
    scene.reach = Reach(user_install=True)
    await scene.restart()
    await scene.drawn(prompt="a fox")
    await decide(scene, steps=20)
    del scene.discord.guild.members[scene.discord.world.bot.id]
    house = Housekeeping(scene.stores.privacy, lambda: servers(scene.bot), scene.clock, 30 * DAY)
    await house.clean()
    scene.now += 1
    await (await scene.alice.command("imagine", prompt="an owl", user_install=True)).until(is_finished)
    await scene.settled("job2")
    scene.now += 30 * DAY
    await house.clean()

    assert [one.request.prompt for one in await scene.store.last(scene.alice.user.id, 10)] == ["an owl"]
    assert await scene.stores.privacy.servers() == await house.left_servers() == []
