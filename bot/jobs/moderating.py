"""Reports, blocks and the audit log of a server: what is decided, and that it is written down.

Who may do it is for the caller to check; that it is about this very server is checked here.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.case import Case
from bot.domain.errors import PictureUnknown, ReportRefused
from bot.domain.job import Job
from bot.domain.moderation import MAX_REASON, Action, Block, Entry, Outcome, Report, hides
from bot.ports import JobStore, ModerationStore

NO_END = "-"  # in the audit log, where a block's end would be

_ACTIONS = {Outcome.DELETED: Action.DELETE, Outcome.DISMISSED: Action.DISMISS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a report led to.

    Attributes:
        case: The job with its reports.
        hides: Whether so many hide the pictures.
    """

    case: Case
    hides: bool


class Moderating:
    """What moderators, and those who report to them, do in a server.

    Args:
        store: Keeps reports, blocks and the audit log.
        jobs: Knows the jobs.
        clock: Returns Unix time in seconds.
    """

    def __init__(self, store: ModerationStore, jobs: JobStore, clock: Callable[[], float]) -> None:
        self._store = store
        self._jobs = jobs
        self._clock = clock

    async def check_report(self, guild_id: int | None, user_id: int, job_id: str) -> Job:
        """Check that a user may report a job, and return it.

        Raises:
            ReportRefused: It is in no server, it is their own, or they have reported it.
            PictureUnknown: There is none that others see in this server.
        """
        if guild_id is None:
            raise ReportRefused("nowhere")
        job = await self._job(guild_id, user_id, job_id)
        if job.user_id == user_id:
            raise ReportRefused("own")
        if any(report.user_id == user_id for report in await self._store.reports(job_id)):
            raise ReportRefused("again")
        return job

    async def report(
        self, guild_id: int | None, user_id: int, job_id: str, reason: str, threshold: int
    ) -> Reported:
        """Report a job.

        Args:
            guild_id: The server where that is done.
            user_id: Who does it.
            job_id: The job.
            reason: In their own words.
            threshold: Open reports from which on its pictures are hidden; 0 for never.

        Raises:
            ReportRefused: As `check_report` does, or too many lately.
            PictureUnknown: Likewise.
        """
        job = await self.check_report(guild_id, user_id, job_id)
        report = Report(
            job_id=job.id,
            guild_id=job.guild_id or 0,
            user_id=user_id,
            reason=_short(reason),
            at=self._clock(),
        )
        number = await self._store.report(report)
        await self.note(report.guild_id, user_id, Action.REPORT, job.id, report.reason)
        return Reported(case=await self._case(job), hides=hides(number, threshold))

    async def hidden(self, case: Case, by: int, how: str) -> Entry:
        """Note that a job's pictures were hidden, as `hide_by` says how."""
        return await self.note(case.job.guild_id or 0, by, Action.HIDE, case.job.id, how)

    async def case(self, guild_id: int, by: int, job_id: str) -> Case:
        """Return a job as moderators see it.

        Raises:
            PictureUnknown: There is none that others see in this server.
        """
        return await self._case(await self._job(guild_id, by, job_id))

    async def open_cases(self, guild_id: int) -> list[str]:
        """Return the jobs of a server with open reports, those that wait longest first."""
        return list(dict.fromkeys(report.job_id for report in await self._store.open_reports(guild_id)))

    async def settle(self, case: Case, outcome: Outcome, by: int) -> tuple[Case, Entry | None]:
        """Close a job's open reports; return it as it is then, and None if somebody else was faster.

        Args:
            case: The job.
            outcome: What was done.
            by: The moderator.
        """
        job = case.job
        if not await self._store.close(job.id, outcome):
            return await self._case(job), None
        entry = await self.note(job.guild_id or 0, by, _ACTIONS[outcome], job.id, str(job.user_id))
        return await self._case(job), entry

    async def block(
        self, guild_id: int, user_id: int, *, by: int, reason: str, hours: int | None
    ) -> tuple[Block, Entry]:
        """Keep a user from drawing in a server, in place of an earlier block.

        Args:
            guild_id: The server.
            user_id: The user.
            by: The moderator.
            reason: Their words, which the user reads.
            hours: For how long; None for no end.
        """
        now = self._clock()
        until = None if hours is None else now + hours * 3600
        block = Block(guild_id=guild_id, user_id=user_id, by=by, reason=_short(reason), at=now, until=until)
        await self._store.block(block)
        end = NO_END if until is None else f"{until:.0f}"
        detail = f"{end} {block.reason}"
        return block, await self.note(guild_id, by, Action.BLOCK, str(user_id), detail)

    async def unblock(self, guild_id: int, user_id: int, by: int) -> Entry | None:
        """Take a user's block away; return None if there was none."""
        if not await self._store.unblock(guild_id, user_id):
            return None
        return await self.note(guild_id, by, Action.UNBLOCK, str(user_id))

    async def blocks(self, guild_id: int) -> list[Block]:
        """Return a server's blocks that hold, the newest first."""
        return await self._store.blocks(guild_id, self._clock())

    async def note(
        self, guild_id: int, user_id: int, action: Action, subject: str = "", detail: str = ""
    ) -> Entry:
        """Write a line into a server's audit log, and return it; the arguments are those of `Entry`."""
        entry = Entry(
            guild_id=guild_id,
            at=self._clock(),
            user_id=user_id,
            action=action,
            subject=subject,
            detail=detail,
        )
        await self._store.note(entry)
        return entry

    async def _job(self, guild_id: int, user_id: int, job_id: str) -> Job:
        """Return a public job of a server; who names one of another server is written down."""
        job = await self._jobs.get(job_id)
        if job is None or job.private:
            raise PictureUnknown
        if job.guild_id != guild_id:
            await self.note(guild_id, user_id, Action.REFUSED, job_id)
            raise PictureUnknown
        return job

    async def _case(self, job: Job) -> Case:
        block = await self._store.blocked(job.guild_id or 0, job.user_id, self._clock())
        case = Case(job=job, reports=tuple(await self._store.reports(job.id)))
        return replace(case, block=block)


def _short(reason: str) -> str:
    return reason.strip()[:MAX_REASON]
