"""Which servers the bot is in, as Discord's own list says; and what becomes of those that it has left."""

from bot.delivery.servers import servers
from bot.jobs.housekeeping import DAY, Housekeeping
from bot.sandbox.discord.faults import Fault
from tests.cogs.acting import decide
from tests.cogs.conftest import Scene

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
