"""Who is there when the page opens: members, a moderator, an administrator, and roles to hand out."""

from bot.sandbox.discord import LoopbackDiscord, Permission

MODERATOR = Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.MODERATE_MEMBERS
MEMBERS = ("alice", "bob", "carol")


def furnish(discord: LoopbackDiscord) -> None:
    """Let people with different rights join the default guild."""
    discord.add_role("Artist", color=0xC2410C)
    discord.add_role("Patron", color=0x7E22CE)
    moderator = discord.add_role("Moderator", permissions=int(MODERATOR), color=0x15803D)
    administrator = discord.add_role(
        "Administrator", permissions=int(Permission.ADMINISTRATOR), color=0x1D4ED8
    )
    for name in MEMBERS:
        discord.person(name)
    discord.person("mona", roles=[moderator])
    discord.person("ada", roles=[administrator])
