"""The bot's figures, as Prometheus reads them.

Each label has a few values that are known beforehand: nothing here tells who asked, or for what.
"""

from collections.abc import Mapping
from typing import TypeAlias

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot.domain.errors import ProviderError
from bot.domain.job import JobState

_ACKNOWLEDGED = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)  # seconds; Discord waits for three
_SHOWN = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0)
_STALLED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

Left: TypeAlias = Mapping[str, float]


class Metrics:
    """Counts and measures.

    Args:
        registry: Where the figures are; no other one has them.
    """

    def __init__(self, registry: CollectorRegistry) -> None:
        self._jobs = Counter("imagine_jobs", "Jobs that came into a state.", ["state"], registry=registry)
        self._open = Gauge(
            "imagine_open_jobs",
            "Jobs that have not ended, in the store: of all processes.",
            ["state"],
            registry=registry,
        )
        self._line = Gauge("imagine_line_pictures", "Pictures that wait here for a turn.", registry=registry)
        self._quota = Gauge(
            "imagine_gpu_quota_seconds",
            "GPU seconds that a credential of the operator has left.",
            ["credential"],
            registry=registry,
        )
        self._errors = Counter(
            "imagine_provider_errors", "Errors of the image service.", ["kind"], registry=registry
        )
        self._answers = Counter(
            "imagine_discord_answers",
            "Discord's answers to the bot's requests.",
            ["method", "status"],
            registry=registry,
        )
        self._edits = Counter("imagine_edits", "Edits of messages that Discord took.", registry=registry)
        self._acknowledged = Histogram(
            "imagine_acknowledgement_seconds",
            "From an interaction, by Discord's clock, to its acknowledgement.",
            buckets=_ACKNOWLEDGED,
            registry=registry,
        )
        self._previewed = Histogram(
            "imagine_first_preview_seconds",
            "From a request to the first preview that its reply shows.",
            buckets=_SHOWN,
            registry=registry,
        )
        self._delivered = Histogram(
            "imagine_delivery_seconds",
            "From a request to the pictures in its reply.",
            buckets=_SHOWN,
            registry=registry,
        )
        self._stalls = Histogram(
            "imagine_loop_stall_seconds",
            "How late the event loop comes to what is due.",
            buckets=_STALLED,
            registry=registry,
        )
        for state in JobState:
            self._jobs.labels(state.value)

    def moved(self, state: JobState) -> None:
        """Count a job that came into a state."""
        self._jobs.labels(state.value).inc()

    def failed(self, error: ProviderError) -> None:
        """Count an error of the image service, by the leaf of the error tree that it is."""
        self._errors.labels(type(error).__name__).inc()

    def answered(self, method: str, status: int) -> None:
        """Count an answer of Discord.

        Args:
            method: The request's, as `PATCH`.
            status: The answer's HTTP status.
        """
        self._answers.labels(method, str(status)).inc()
        if method == "PATCH" and status < 300:
            self._edits.inc()

    def acknowledged(self, seconds: float) -> None:
        """Note how long an interaction waited for its acknowledgement."""
        self._acknowledged.observe(seconds)

    def previewed(self, seconds: float) -> None:
        """Note how long a job's user waited for the first preview."""
        self._previewed.observe(seconds)

    def delivered(self, seconds: float) -> None:
        """Note how long a job's user waited for the pictures."""
        self._delivered.observe(seconds)

    def stalled(self, seconds: float) -> None:
        """Note how late the event loop came to what was due."""
        self._stalls.observe(seconds)

    def show_line(self, pictures: int) -> None:
        """Say how many pictures wait here for a turn."""
        self._line.set(pictures)

    def show_open(self, jobs: Mapping[JobState, int] | None) -> None:
        """Say how many jobs are in each state that is not final; None where the store does not say."""
        self._open.clear()
        for state in JobState:
            if jobs is not None and not state.is_final:
                self._open.labels(state.value).set(jobs.get(state, 0))

    def show_quota(self, left: Left) -> None:
        """Say how many GPU seconds are left, by the operator's credentials of which that is known."""
        self._quota.clear()
        for credential, seconds in left.items():
            self._quota.labels(credential).set(seconds)
