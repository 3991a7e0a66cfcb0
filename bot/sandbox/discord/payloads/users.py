"""Accounts and the application that owns the bot's."""

from bot.sandbox.discord.model import User
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import World

HAS_SLASH_COMMANDS = 1 << 23  # Source: resources/application, "APPLICATION_COMMAND_BADGE"


def user(account: User) -> Json:
    """Return a user as others see them."""
    return {
        "id": str(account.id),
        "username": account.name,
        "discriminator": "0000" if account.bot else "0",
        "global_name": None if account.bot else account.name.capitalize(),
        "avatar": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "public_flags": 0,
        "flags": 0,
        "bot": account.bot,
        "system": False,
    }


def me(account: User) -> Json:
    """Return the bot's account as it sees itself."""
    return user(account) | {
        "mfa_enabled": True,
        "locale": account.locale,
        "premium_type": 0,
        "email": None,
        "verified": True,
    }


def application(world: World) -> Json:
    """Return the application as its owner sees it."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.name.capitalize(),
        "icon": None,
        "description": "",
        "type": None,
        "bot": user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {
            "0": {
                "oauth2_install_params": {"scopes": ["applications.commands", "bot"], "permissions": "51200"}
            },
            "1": {"oauth2_install_params": {"scopes": ["applications.commands"], "permissions": "0"}},
        },
        "flags": HAS_SLASH_COMMANDS,
        "flags_new": str(HAS_SLASH_COMMANDS),
        "tags": [],
        "rpc_origins": [],
        "hook": True,
        "redirect_uris": [],
        "role_connections_verification_url": None,
        "owner": user(world.owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": ["applications.commands", "bot"],
    }
