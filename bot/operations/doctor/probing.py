"""Looks at everything that the bot depends on, all at once, and changes nothing."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp
import discord

from bot.config import Config
from bot.domain.credential import Credential, operators
from bot.domain.errors import ProviderError, StoreDriverMissing, StoreFailed, TokenRefused
from bot.domain.limits import Limits
from bot.domain.revisions import Revisions
from bot.operations.doctor.facts import Account, Application, Command, Facts, NoDiscord
from bot.ports import Hub
from bot.providers.base import ServiceOptions
from bot.providers.hub import open_hub
from bot.providers.options import Deadlines
from bot.providers.registry import discover
from bot.storage.looking import look

PATIENCE = 15.0  # seconds for each of those who are asked


async def probe(
    config: Config, commands: Sequence[Command], proxy: str | None, clock: Callable[[], float]
) -> Facts:
    """Return what is seen.

    Args:
        config: What the operator decided.
        commands: Those that this version registers.
        proxy: The URL of the HTTP proxy through which Discord is asked; None for none.
        clock: Returns Unix time in seconds.
    """
    application, space, accounts, store = await asyncio.gather(
        _application(config.discord_token, proxy, clock), _space(config), _accounts(config), _store(config)
    )
    return Facts(
        discord=application,
        commands=commands,
        public_key=config.discord_public_key,
        takes_posts=config.interactions_port is not None,
        space=space,
        accounts=accounts,
        store=store,
    )


async def _application(token: str, proxy: str | None, clock: Callable[[], float]) -> Application | NoDiscord:
    skews: list[float] = []
    trace = aiohttp.TraceConfig()

    async def answered(
        _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        if date := ended.response.headers.get("Date"):
            skews.append(clock() - parsedate_to_datetime(date).timestamp() - 0.5)  # it counts whole seconds

    trace.on_request_end.append(answered)
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # what it warns of is a finding here
    client = discord.Client(intents=discord.Intents.none(), proxy=proxy, http_trace=trace)
    try:
        async with client, asyncio.timeout(PATIENCE):
            await client.login(token)
            known = await client.application_info()
            return Application(
                id=known.id,
                name=known.name,
                public_key=known.verify_key,
                endpoint=known.interactions_endpoint_url,
                commands=await client.http.get_global_commands(known.id),
                permissions=[int(guild["permissions"]) for guild in await client.http.get_guilds(200)],
                skew=min(skews, key=abs, default=0.0),
            )
    except discord.LoginFailure:
        return NoDiscord.TOKEN_REFUSED
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
        return NoDiscord.UNREACHABLE


async def _space(config: Config) -> Limits | ProviderError:
    """Return what the default model's Space says of itself."""
    options = ServiceOptions(
        url=config.space_url,
        token=next(iter(config.hf_tokens), None),
        proxy=config.http_proxy_url,
        deadlines=Deadlines(idle=PATIENCE),
    )
    default = next(provider for provider in discover() if provider.working)
    async with default.open(options) as provider:
        try:
            return await provider.describe()
        except ProviderError as error:
            return error


async def _accounts(config: Config) -> Sequence[Account]:
    async with open_hub(config.hf_endpoint, config.http_proxy_url) as hub:
        return await asyncio.gather(*(_account(one, hub) for one in operators(config.hf_tokens)))


async def _account(credential: Credential, hub: Hub) -> Account:
    if credential.token is None:
        return Account(credential=credential.id, is_anonymous=True)
    left: float | TokenRefused | ProviderError | None
    try:
        await hub.check(credential.token)
        left = await hub.seconds_left(credential.token)
    except (TokenRefused, ProviderError) as error:
        left = error
    return Account(credential=credential.id, left=left)


async def _store(config: Config) -> Revisions | StoreFailed | StoreDriverMissing:
    try:
        async with asyncio.timeout(PATIENCE):
            return await look(config.database_url)
    except (StoreFailed, StoreDriverMissing) as error:
        return error
    except TimeoutError as error:
        return StoreFailed(type(error).__name__)
