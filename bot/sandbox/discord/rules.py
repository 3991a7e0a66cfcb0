"""The numbers that Discord enforces, all of them parameters.

A test of the three-second rule shall not last three seconds.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What this Discord enforces. The defaults are Discord's own, as far as they are known.

    Attributes:
        ack_deadline: Seconds in which an interaction must be acknowledged.
        token_life: Seconds for which an interaction's token stays valid.
        bucket_size: Requests a webhook token may make in one window.
        bucket_window: Seconds of that window.
        route_size: Requests any other method and path may receive in one window.
        route_window: Seconds of that window.
        upload_limit: Bytes one file may have, unless the person's own limit is higher.
        edit_latency: Seconds that each edit of a message takes.
        heartbeat_interval: Seconds between a client's heartbeats; twice this long in silence ends a session.
        identify_window: Seconds in which only one IDENTIFY per rate limit key is granted; 0 grants all.
        max_concurrency: Shards that may identify in the same window.
        shards: What GET /gateway/bot recommends.
        privileged_intents: The privileged intents switched on for the application, as a bit field.
        followups: Follow-ups an interaction of a user-installed application may have.
    """

    ack_deadline: float = 3.0
    token_life: float = 900.0
    bucket_size: int = 5
    bucket_window: float = 2.0
    route_size: int = 50
    route_window: float = 1.0
    upload_limit: int = 10 * 2**20
    edit_latency: float = 0.0
    heartbeat_interval: float = 41.25
    identify_window: float = 0.0
    max_concurrency: int = 1
    shards: int = 1
    privileged_intents: int = 0
    followups: int = 5
