"""Which rate limit bucket a request falls into."""

from dataclasses import dataclass, field
from hashlib import md5

from bot.sandbox.discord.buckets import Bucket, Grant
from bot.sandbox.discord.rest.call import Call, Route
from bot.sandbox.discord.world import World


@dataclass(frozen=True, slots=True)
class RateLimits:
    """All buckets: one a webhook token; otherwise one a method and path, ids included.

    Attributes:
        world: Whose rules count.
        grants: The latest answer by bucket, with the path that it was given for; least recently used first.
    """

    world: World
    grants: dict[str, tuple[str, Grant]] = field(default_factory=dict)
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def take(self, route: Route, call: Call) -> Grant:
        """Count a request."""
        webhook = route.pattern.startswith("/webhooks/")
        key = call.params["token"] if webhook else f"{route.method} {call.path}"
        if key not in self._buckets:
            rules = self.world.rules
            size = rules.bucket_size if webhook else rules.route_size
            window = rules.bucket_window if webhook else rules.route_window
            name = md5(key.encode(), usedforsecurity=False).hexdigest()
            self._buckets[key] = Bucket(name, size, window)
        grant = self._buckets[key].take(call.now)
        self.grants.pop(grant.bucket, None)
        self.grants[grant.bucket] = (call.path if webhook else key, grant)
        return grant
