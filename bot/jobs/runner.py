"""Jobs, from what a user gave to the one reply that is their end."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.domain.board import Board
from bot.domain.errors import HeldByQuota, NotAllowed, NothingToPark, Restarting
from bot.domain.events import ImagePreview
from bot.domain.job import MAX_PARKED_SECONDS, Job, JobState
from bot.domain.report import OpenJob, QuotaReport
from bot.domain.usage import Usage
from bot.domain.wish import Asker, Wish
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Admission, Allowances
from bot.jobs.attempts import Tools
from bot.jobs.drawing import JobDrawing
from bot.jobs.ending import finish, held
from bot.jobs.houses import Houses
from bot.jobs.line import FairLine
from bot.jobs.noting import noted
from bot.jobs.parking import Parking
from bot.jobs.preparing import Preparation
from bot.jobs.recovering import recover
from bot.jobs.returning import OpenReply
from bot.jobs.underway import Underway
from bot.ports import ImageProviders, JobStore

KEEP_SECONDS = 7 * 86400.0  # how long the file of a picture is kept that is not on Discord


class JobRunner:
    """Prepares, admits, runs and parks jobs.

    Args:
        providers: Who draws.
        store: Keeps jobs; each step is written before it is shown.
        allowances: Charges users for what they ask for.
        accounts: Whose GPU quota is used.
        houses: What moderators decided.
        line: Who may send a picture now.
        clock: Returns Unix time in seconds.
        new_seed: Returns a seed for those who give none.
        new_id: Returns a job's id.
        new_reference: Returns a short reference under which the log keeps an error.
        chance: Returns a random number from 0 to 1.

    Attributes:
        store: Likewise.
        accounts: Likewise.
        new_reference: Likewise.
    """

    def __init__(
        self,
        providers: ImageProviders,
        store: JobStore,
        *,
        allowances: Allowances,
        accounts: Accounts,
        houses: Houses,
        line: FairLine,
        clock: Callable[[], float],
        new_seed: Callable[[], int],
        new_id: Callable[[], str],
        new_reference: Callable[[], str],
        chance: Callable[[], float],
    ) -> None:
        self.store = store
        self.accounts = accounts
        self.new_reference = new_reference
        self._providers = providers
        self._allowances = allowances
        self._line = line
        self._clock = clock
        self._tools = Tools(
            providers=providers,
            store=store,
            accounts=accounts,
            allowances=allowances,
            line=line,
            clock=clock,
            chance=chance,
            new_reference=new_reference,
        )
        self._preparation = Preparation(
            providers, store, houses, clock=clock, new_seed=new_seed, new_id=new_id
        )
        self._underway = Underway()
        self._parking = Parking(self._tools, self._preparation, self._underway)

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        return self._providers.models

    @property
    def running(self) -> int:
        """How many jobs are under way here."""
        return len(self._underway)

    async def prepare(self, wish: Wish, asker: Asker) -> Board:
        """Make the board of a new job of what a user gave; nothing is written.

        Raises:
            UserError: In one of its leaves; it cannot be drawn as asked.
        """
        return await self._preparation.new(wish, asker)

    async def check_share(self, job: Job, asker: Asker) -> None:
        """Check that a user may show everybody, where they are, what they alone see.

        Raises:
            HouseRule: In one of its leaves; they may not.
        """
        await self._preparation.check_share(job, asker)

    async def admit(self, board: Board, asker: Asker) -> Admission:
        """Let a job in, and charge its user for it; leave the admission as a context to give back the rest.

        Raises:
            RateLimited: In one of its leaves; the user has to wait. A `HeldByQuota` names the job, which was
                written down and can be parked; nothing was charged for it.
            TooManyForLimit: A limit never allows so many pictures together.
            Restarting: The bot is about to stop.
            StoreFailed: It cannot be written down.
        """
        if self._underway.is_draining:
            raise Restarting
        job = board.job
        clock = await self.accounts.held(job.user_id)
        await self._allowances.check_strikes(job.user_id, clock.until if clock else None)
        if clock is not None:
            await self.store.add(replace(job, state=JobState.HELD))
            raise HeldByQuota(clock.until, clock.stated, job.id)
        return await self._allowances.reserve(job, asker)

    def uncharged(self, board: Board) -> Admission:
        """Return the admission of a job of which nothing is left to draw; nothing is charged for it."""
        return self._allowances.uncharged(board.job)

    def fetch(self, board: Board) -> Callable[[ImagePreview], Awaitable[bytes]]:
        """Return what downloads a preview of a job, and raises a `ProviderError` where it cannot."""

        async def download(preview: ImagePreview) -> bytes:
            return await self._providers.get(board.job.requests[0].model).download(preview)

        return download

    async def run(self, board: Board, admission: Admission, open_reply: OpenReply) -> None:
        """Draw a job and deliver it, or tell the user why not.

        The admission is settled as soon as the service has nothing more to do for the job.

        Args:
            board: As `prepare` made it.
            admission: As `admit` gave it.
            open_reply: Opens the job's reply.

        Raises:
            Exception: Only what `open_reply` raises, and what the store does.
        """
        await asyncio.shield(self._underway.start(self._run(board, admission, open_reply)))

    async def cancel(self, job_id: str) -> bool:
        """Cancel a job that waits or runs here, or is parked; what is drawn of it stays.

        Returns:
            Whether there was anything to cancel.
        """
        is_here = self._underway.cancel(job_id)
        job = await self.store.get(job_id)
        if job is None or job.state is not JobState.PARKED:
            return is_here
        return await self.store.move(job_id, JobState.CANCELLED)

    async def park(self, job_id: str, user_id: int) -> HeldByQuota:
        """Park a job that is held for want of quota; return until when, as far as is known.

        Raises:
            NothingToPark: There is no such job, or it is not held any more.
            NotAllowed: It is somebody else's.
            ParkingFull: The user has parked as many as they may.
        """
        job = await self.store.get(job_id)
        if job is None:
            raise NothingToPark
        if job.user_id != user_id:
            raise NotAllowed
        now = self._clock()
        if not await self.store.park(job_id, until=now + MAX_PARKED_SECONDS):
            raise NothingToPark
        parked_until = now + MAX_PARKED_SECONDS if job.parked_until is None else job.parked_until
        self._parking.look_at(replace(job, state=JobState.PARKED, parked_until=parked_until), now)
        clock = await self.accounts.held(user_id)
        if clock is None:
            return HeldByQuota(now, stated=True, job_id=job_id)
        return HeldByQuota(clock.until, clock.stated, job_id)

    async def open_jobs(self, user_id: int) -> list[OpenJob]:
        """Return the jobs of a user that have not ended, the oldest first."""
        jobs = await self.store.open_of(user_id)
        clock = await self.accounts.held(user_id)
        return [
            OpenJob(
                job=job,
                ahead=self._line.ahead(job.id),
                clock=clock if job.state is JobState.PARKED else None,
            )
            for job in jobs
        ]

    async def quota(self, asker: Asker) -> QuotaReport:
        """Return what somebody may ask for now; takes up to a second to ask the service."""
        return QuotaReport(
            uses=await self._allowances.report(asker),
            clock=await self.accounts.held(asker.user_id),
            strikes_until=await self._allowances.strikes_until(asker.user_id),
            has_token=await self.accounts.has_token(asker.user_id),
            seconds_left=await self.accounts.seconds_left(asker.user_id),
        )

    async def usage(self, guild_id: int, since: float) -> list[Usage]:
        """Return who used how many pictures in a server, by day of UTC, from a Unix time on."""
        return await self._allowances.usage(guild_id, since)

    async def recover(self) -> None:
        """End what died with the process before, and let go of files that nobody came back for.

        To be called once, before the first job.
        """
        await recover(self.store, self._allowances)
        await self.store.let_go(self._clock() - KEEP_SECONDS)

    def resume(self, open_reply: OpenReply) -> None:
        """Begin to draw parked jobs whose quota has returned; to be called once, when replies can be posted.

        Args:
            open_reply: Opens the reply of such a job, where it is now: a new message. Nothing may be seen of
                one that is left without `finish`.
        """
        self._parking.open(open_reply)

    async def drain(self, seconds: float) -> None:
        """Take no new job, give the running ones some time, then end them honestly; parked ones stay parked.

        Args:
            seconds: How long the running jobs may still take.
        """
        self._underway.is_draining = True
        await self._parking.close()
        await self._underway.drain(seconds)

    async def _run(self, board: Board, admission: Admission, open_reply: OpenReply) -> None:
        job_id = board.job.id

        async def begin() -> None:
            await noted(admission.begin())
            await noted(self.store.move(job_id, JobState.RUNNING))

        async with admission:
            with self._underway.cancellable(job_id):
                await self.store.add(board.job)
                async with open_reply(board) as reply:
                    await noted(self.store.set_place(job_id, reply.place))
                    if board.warning is not None:
                        await reply.tell(board.warning)
                    drawing = JobDrawing(board, reply, tools=self._tools, begin=begin)
                    await self._underway.draw(drawing, reply)
                    await noted(admission.settle(0 if held(drawing.board) else drawing.to_charge))
                    await finish(drawing.board, reply, self.store)
