"""What moderators look at: a job that was reported, with all that is known of it."""

from dataclasses import dataclass

from bot.domain.job import Job
from bot.domain.moderation import Block, Outcome, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A job that was reported.

    Attributes:
        job: It.
        reports: All of its reports, the oldest first.
        block: What keeps its user from drawing in its server; None for nothing.
    """

    job: Job
    reports: tuple[Report, ...] = ()
    block: Block | None = None

    @property
    def open(self) -> tuple[Report, ...]:
        """The reports that nobody has settled."""
        return tuple(report for report in self.reports if report.outcome is Outcome.OPEN)

    @property
    def outcome(self) -> Outcome:
        """What became of it; `OPEN` while a report is, or while there is none."""
        return Outcome.OPEN if self.open or not self.reports else self.reports[-1].outcome

    @property
    def url(self) -> str | None:
        """Where people see its pictures; None while it is nowhere."""
        place = self.job.place
        if place is None or place.message_id is None:
            return None
        return f"https://discord.com/channels/{self.job.guild_id}/{place.channel_id}/{place.message_id}"
