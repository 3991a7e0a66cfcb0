"""Which rate limit bucket a request falls into."""

from hashlib import md5

from bot.sandbox.discord.buckets import Bucket, Grant
from bot.sandbox.discord.rest.call import Call, Route
from bot.sandbox.discord.rules import Rules


class RateLimits:
    """All buckets: one a webhook token; otherwise one a method and path, ids included."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._buckets: dict[str, Bucket] = {}

    def take(self, route: Route, call: Call) -> Grant:
        """Count a request."""
        webhook = route.pattern.startswith("/webhooks/")
        key = call.params["token"] if webhook else f"{route.method} {call.path}"
        if key not in self._buckets:
            rules = self._rules
            size = rules.bucket_size if webhook else rules.route_size
            window = rules.bucket_window if webhook else rules.route_window
            name = md5(key.encode(), usedforsecurity=False).hexdigest()
            self._buckets[key] = Bucket(name, size, window)
        return self._buckets[key].take(call.now)
