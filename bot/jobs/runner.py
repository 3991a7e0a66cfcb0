"""Jobs, from what a user gave to the one reply that is their end."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.domain.board import Board
from bot.domain.errors import HeldByQuota, NotAllowed, NothingToPark, Restarting
from bot.domain.events import ImagePreview
from bot.domain.job import MAX_PARKED_SECONDS, Job, JobState, PictureRef, Place
from bot.domain.report import OpenJob, QuotaReport
from bot.domain.usage import Usage
from bot.domain.wish import Asker, Wish
from bot.jobs.accounts import Accounts
from bot.jobs.allowances import Allowances
from bot.jobs.attempts import Tools
from bot.jobs.houses import Houses
from bot.jobs.line import FairLine
from bot.jobs.noting import noted
from bot.jobs.parking import FindAsker, Parking
from bot.jobs.preparing import Preparation
from bot.jobs.recovering import settle_left
from bot.jobs.returning import OpenReply
from bot.jobs.running import Running
from bot.jobs.underway import Underway
from bot.ports import ImageProviders, JobEngine, JobStore

KEEP_SECONDS = 7 * 86400.0  # how long the file of a picture is kept that is not on Discord


class JobRunner:
    """Prepares, admits, runs and parks jobs.

    Args:
        providers: Who draws.
        store: Keeps jobs; each step is written before it is shown.
        allowances: Charges users for what they ask for.
        accounts: Whose GPU quota is used.
        houses: What moderators decided.
        line: Who may send a picture now, of those that are drawn in this process.
        engine: Decides where and when jobs are drawn.
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
        engine: JobEngine,
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
        self._engine = engine
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
        self._running: Running | None = None

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

    @asynccontextmanager
    async def admitted(self, board: Board, asker: Asker, place: Place) -> AsyncGenerator[None, None]:
        """Let a job in, and charge its user for it; `start` it inside. An exception there takes both back.

        Args:
            board: As `prepare` made it.
            asker: Who asked.
            place: Where its reply will be.

        Raises:
            RateLimited: In one of its leaves; the user has to wait. A `HeldByQuota` names the job, which was
                written down and can be parked; nothing was charged for it.
            TooManyForLimit: A limit never allows so many pictures together.
            Restarting: The bot is about to stop.
            StoreFailed: It cannot be written down.
        """
        if self._underway.is_draining:
            raise Restarting
        job = replace(board.job, place=place)
        clock = await self.accounts.held(job.user_id)
        await self._allowances.check_strikes(job.user_id, clock.until if clock else None)
        if clock is not None:
            await self.store.add(replace(job, state=JobState.HELD, place=None))
            raise HeldByQuota(clock.until, clock.stated, job.id)
        with self._underway.admitting(job.id):
            await self._allowances.admit(job, asker)
            try:
                yield
            except BaseException:
                await asyncio.shield(self._take_back(job.id))
                raise

    async def start(self, job_id: str, place: Place) -> None:
        """See to it that an admitted job is drawn and delivered, or its user told why not.

        Args:
            job_id: The job.
            place: Where its reply is.

        Raises:
            StoreFailed: It is not known whether it will be.
        """
        await self._engine.start(job_id, place)

    async def show(self, board: Board, place: Place) -> None:
        """Deliver a new job of which everything is drawn, and return when it is; nothing is charged for it.

        Args:
            board: It, with its pictures.
            place: Where its reply is.
        """
        await self.store.add(replace(board.job, state=JobState.RUNNING, place=place))
        for index, picture in enumerate(board.pictures):
            await self.store.keep(PictureRef(board.job.id, index), picture.image, picture.seconds)
        if self._running is not None:
            await asyncio.shield(self._running.run(board.job.id))

    def fetch(self, board: Board) -> Callable[[ImagePreview], Awaitable[bytes]]:
        """Return what downloads a preview of a job, and raises a `ProviderError` where it cannot."""

        async def download(preview: ImagePreview) -> bytes:
            return await self._providers.get(board.job.requests[0].model).download(preview)

        return download

    async def cancel(self, job_id: str) -> bool:
        """Cancel a job that waits or runs, here or in another process, or is parked; what is drawn stays.

        Returns:
            Whether there was anything to cancel.
        """
        is_here = self._underway.cancel(job_id)
        job = await self.store.get(job_id)
        if job is None or job.state is not JobState.PARKED:
            return is_here or await self._engine.cancel(job_id)
        was_parked = await self.store.move(job_id, JobState.CANCELLED)
        await self.store.close(job_id)
        return was_parked

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
                ahead=await self._engine.ahead(job.id),
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

    async def open(self, open_reply: OpenReply) -> None:
        """Begin, with what the last process left; to be called once, when replies can be shown.

        Args:
            open_reply: Opens the reply of a job, where it is now. Nothing may be seen of one that was parked
                and is left without `finish`.
        """
        await self.store.let_go(self._clock() - KEEP_SECONDS)
        await settle_left(self.store, self._allowances)
        self._running = Running(self._tools, self._preparation, self._underway, self._parking, open_reply)
        await self._engine.open(self._running)

    def resume(self, open_reply: OpenReply, find_asker: FindAsker) -> None:
        """Begin to draw parked jobs whose quota has returned, where jobs are drawn; once, after `open`.

        Args:
            open_reply: As above.
            find_asker: Returns who asked for such a job, and where, as that is now; None if nobody says.
        """
        if self._engine.draws:
            self._parking.open(open_reply, find_asker)

    async def drain(self, seconds: float) -> None:
        """Take no new job, give the running ones some time, then end them honestly; parked ones stay parked.

        Args:
            seconds: How long the running jobs may still take.
        """
        self._underway.is_draining = True
        self._engine.stop_taking()
        await self._parking.close()
        await self._underway.drain(seconds)
        await self._engine.close()

    async def _take_back(self, job_id: str) -> None:
        await noted(self._allowances.admission(job_id).settle(0))
        await noted(self.store.move(job_id, JobState.CANCELLED))
        await noted(self.store.close(job_id))
