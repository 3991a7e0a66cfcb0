"""What the developer's drawer shows and turns: faults, delays, the Space's mood, the gateway."""

from dataclasses import replace
from itertools import islice

from bot.sandbox.discord import Fault, LoopbackDiscord
from bot.sandbox.discord.wire import Json
from bot.sandbox.page import views
from bot.sandbox.page.wrong import Wrong
from bot.sandbox.space import LoopbackSpace, Mood

ROWS = 200  # of the request log
BUCKETS = 50
LONGEST = 60.0  # seconds that anything may be delayed
RETRY_AFTER = 2.0  # seconds
_WRITES = ("POST", "PATCH", "DELETE")
_REPLIES = "/webhooks/*"

PRESETS = {
    "rate_limited": "Edits of replies are rate limited (429)",
    "server_error": "Discord answers 500",
    "lost_answer": "Discord does what it is told, and the answer is lost",
    "cut": "The connection is cut before anything is done",
}


def _faults(preset: str) -> list[Fault]:
    match preset:
        case "rate_limited":
            return [Fault.rate_limited(RETRY_AFTER, method="PATCH", path=_REPLIES, times=None)]
        case "server_error":
            body: Json = {"message": "500: Internal Server Error", "code": 0}
            return [Fault(method=one, path=_REPLIES, status=500, body=body, times=None) for one in _WRITES]
        case _:
            applied = preset == "lost_answer"
            return [
                Fault(method=one, path=_REPLIES, drop=True, applied=applied, times=None) for one in _WRITES
            ]


class Switches:
    """Everything that can be made to go wrong.

    Args:
        discord: The Discord.
        space: The Space; None when the bot draws at a real one.
    """

    def __init__(self, discord: LoopbackDiscord, space: LoopbackSpace | None) -> None:
        self._discord, self._space = discord, space
        self._on: dict[str, list[Fault]] = {}

    def show(self) -> Json:
        """Return how everything stands."""
        discord, space = self._discord, self._space
        now = discord.core.clock()
        buckets = reversed(discord.limits.grants.values())
        return {
            "presets": [
                {"name": name, "label": label, "on": name in self._on} for name, label in PRESETS.items()
            ],
            "mood": space.mood.value if space and isinstance(space.mood, Mood) else None,
            "moods": [mood.value for mood in Mood] if space else [],
            "edit_latency": discord.rules.edit_latency,
            "seconds_per_step": space.seconds_per_step if space else None,
            "gateways": len(discord.gateways),
            "requests": [views.request(row) for row in discord.log.rows[-ROWS:]],
            "buckets": [views.bucket(route, grant, now) for route, grant in islice(buckets, BUCKETS)],
        }

    def change(self, wanted: Json) -> None:
        """Turn some of the switches.

        Raises:
            Wrong: There is no such switch or value; those named before it are turned.
        """
        for name, value in wanted.items():
            match name:
                case "mood":
                    self._built_in.mood = _mood(value)
                case "seconds_per_step":
                    self._built_in.seconds_per_step = _seconds(value)
                case "edit_latency":
                    self._discord.rules = replace(self._discord.rules, edit_latency=_seconds(value))
                case "presets" if isinstance(value, dict):
                    for preset, on in value.items():
                        self._turn(preset, on=bool(on))
                case _:
                    raise Wrong(f"There is no switch {name}.")

    @property
    def _built_in(self) -> LoopbackSpace:
        if self._space is None:
            raise Wrong("The bot draws at a real Space.", 409)
        return self._space

    def _turn(self, preset: str, *, on: bool) -> None:
        if preset not in PRESETS:
            raise Wrong(f"There is no preset {preset}.")
        for fault in self._on.pop(preset, []):
            self._discord.faults.remove(fault)
        if on:
            self._on[preset] = [self._discord.faults.add(fault) for fault in _faults(preset)]

    async def gateway(self, what: str) -> None:
        """Disturb the application's gateway connections.

        Raises:
            Wrong: Not in this way.
        """
        match what:
            case "drop":
                await self._discord.drop_gateways()
            case "reconnect":
                self._discord.ask_to_reconnect()
            case "invalidate":
                self._discord.invalidate_sessions()
            case _:
                raise Wrong("do must be one of drop, reconnect, invalidate.")


def _mood(value: object) -> Mood:
    try:
        return Mood(value)
    except ValueError:
        raise Wrong(f"There is no mood {value}.") from None


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST:
        raise Wrong(f"A delay is a number of seconds, 0 to {LONGEST:g}.")
    return float(value)
