"""The interactions endpoint: an address of the application's, to which Discord posts interactions.

Source: Discord's documentation, interactions/overview, "Setting Up an Endpoint". Discord takes an answer in a
response's body too; here it is not understood, and 202 with a callback is the only way.
"""

from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout
from nacl.signing import SigningKey

from bot.sandbox.discord.hosts import NAMES
from bot.sandbox.discord.payloads.users import user
from bot.sandbox.discord.wire import Json, encode
from bot.sandbox.discord.world import World

PING = 1
PATIENCE = ClientTimeout(total=3)  # seconds


class EndpointRefused(Exception):
    """The address cannot be saved: what is there does not do as Discord's documentation says."""


class Undelivered(Exception):
    """The application did not accept an interaction."""


class Endpoint:
    """Where an application has its interactions posted.

    Args:
        world: Whose application it is.
        clock: Returns seconds since the epoch.

    Attributes:
        url: Where; None sends them to the gateway.
    """

    def __init__(self, world: World, clock: Callable[[], float]) -> None:
        self.url: str | None = None
        self._world, self._clock = world, clock
        self._key = SigningKey.generate()

    @property
    def public_key(self) -> str:
        """The key that verifies what is posted, 64 hexadecimal digits."""
        return bytes(self._key.verify_key).hex()

    async def save(self, url: str | None) -> None:
        """Have interactions posted to this address from now on; None has them sent to the gateway.

        Raises:
            EndpointRefused: The address is not of this machine, answers no PING, or takes what is not signed
                by this Discord.
        """
        if url is not None:
            await self._probe(url)
        self.url = url

    async def deliver(self, data: Json) -> None:
        """Post an interaction.

        Raises:
            Undelivered: It was not accepted.
        """
        status, _ = await self._post(self.url or "", data, self._key)
        if status != 202:
            raise Undelivered

    async def _probe(self, url: str) -> None:
        if urlsplit(url).hostname not in NAMES:
            raise EndpointRefused("only addresses of this machine")
        with suppress(Undelivered):
            pong = await self._post(url, self._ping(), self._key)
            forged, _ = await self._post(url, self._ping(), SigningKey.generate())
            if pong == (200, {"type": 1}) and forged == 401:
                return
        raise EndpointRefused("the specified interactions endpoint url could not be verified")

    async def _post(self, url: str, data: Json, key: SigningKey) -> tuple[int, object]:
        """Return the status and the JSON of the answer, if it has one."""
        body, timestamp = encode(data), str(int(self._clock()))
        headers = {
            "Content-Type": "application/json",
            "X-Signature-Ed25519": key.sign(timestamp.encode() + body).signature.hex(),
            "X-Signature-Timestamp": timestamp,
        }
        try:
            async with (
                ClientSession(timeout=PATIENCE) as http,
                http.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                is_json = response.content_type == "application/json"
                return response.status, await response.json() if is_json else None
        except (TimeoutError, ClientError, ValueError) as error:
            raise Undelivered from error

    def _ping(self) -> Json:
        return {
            "id": str(self._world.snowflakes.next(self._clock())),
            "application_id": str(self._world.bot.id),
            "type": PING,
            "token": "ping",
            "version": 1,
            "user": user(self._world.owner),
            "entitlements": [],
            "authorizing_integration_owners": {},
        }
