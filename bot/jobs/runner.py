"""One request, from its admission to its picture or its one error."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, field

from bot.domain.aspect_ratio import AspectRatio
from bot.domain.errors import GpuQuotaExceeded, ImagineError, Restarting, StreamCut, Unforeseen
from bot.domain.events import ImageResponse
from bot.domain.picture import Picture
from bot.domain.request import Correction, ImageRequest, compose
from bot.domain.stage import Stage, Waiting, advance
from bot.jobs.gate import Gate
from bot.ports import ImageProvider, ImageProviders, Reply

Admission = ExitStack  # closing it, once or more, lets the user's next picture in

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A request that a provider can draw.

    Attributes:
        user_id: Who asked.
        request: What was asked for.
        corrections: What had to be changed in it.
        provider: Who draws it.
    """

    user_id: int
    request: ImageRequest
    corrections: tuple[Correction, ...]
    provider: ImageProvider = field(repr=False)


class JobRunner:
    """Prepares, admits and runs jobs.

    Args:
        providers: Who draws.
        clock: Returns Unix time in seconds.
        new_seed: Returns a seed for those who give none.
        new_reference: Returns a short reference under which the log keeps an error.
    """

    def __init__(
        self,
        providers: ImageProviders,
        *,
        clock: Callable[[], float],
        new_seed: Callable[[], int],
        new_reference: Callable[[], str],
    ) -> None:
        self._providers = providers
        self._clock = clock
        self._new_seed = new_seed
        self.new_reference = new_reference
        self._gate = Gate(clock)
        self._running: set[asyncio.Task[None]] = set()
        self._draining = False

    @property
    def models(self) -> tuple[str, ...]:
        """The models that members may choose; the first is the default."""
        return self._providers.models

    async def prepare(
        self,
        *,
        user_id: int,
        prompt: str,
        negative_prompt: str,
        aspect_ratio: AspectRatio,
        width: int | None,
        height: int | None,
        guidance_scale: float,
        steps: int,
        seed: int | None,
        model: str,
    ) -> Job:
        """Make a job of what a user gave.

        Raises:
            UserError: In one of its leaves; it cannot be drawn as asked.
        """
        provider = self._providers.get(model)
        request, corrections = compose(
            prompt=prompt,
            negative_prompt=negative_prompt,
            aspect_ratio=aspect_ratio,
            width=width,
            height=height,
            guidance_scale=guidance_scale,
            steps=steps,
            seed=self._new_seed() if seed is None else seed,
            model=model or self.models[0],
            limits=await provider.limits(),
        )
        return Job(user_id=user_id, request=request, corrections=corrections, provider=provider)

    def admit(self, job: Job) -> Admission:
        """Let the job in, until the admission is closed.

        Raises:
            RateLimited: In one of its leaves; the user has to wait.
            Restarting: The bot is about to stop.
        """
        if self._draining:
            raise Restarting
        admission = Admission()
        admission.enter_context(self._gate.admit(job.user_id))
        return admission

    async def run(self, job: Job, admission: Admission, reply: Reply) -> None:
        """Draw the job's picture and deliver it, or tell the user why not; only cancellation is raised.

        The admission is closed as soon as the service has nothing more to do for it.
        """
        task = asyncio.ensure_future(self._run(job, admission, reply))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await task

    async def drain(self, seconds: float) -> None:
        """Take no new job, give the running ones some time, then end them honestly.

        Args:
            seconds: How long the running jobs may still take.
        """
        self._draining = True
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _run(self, job: Job, admission: Admission, reply: Reply) -> None:
        try:
            with admission:
                picture = await self._draw(job, reply)
            await reply.deliver(picture)
        except asyncio.CancelledError:
            await self._tell(reply, Restarting(), None)
            raise
        except Exception as error:  # noqa: BLE001 # the one place where a job's fault ends
            await self._fail(job, reply, error)

    async def _draw(self, job: Job, reply: Reply) -> Picture:
        started = asyncio.get_running_loop().time()
        stage: Stage = Waiting()
        async with aclosing(job.provider.stream(job.request)) as events:
            async for event in events:
                if isinstance(event, ImageResponse):
                    return Picture(
                        request=job.request,
                        image=await job.provider.download(event),
                        seconds=asyncio.get_running_loop().time() - started,
                        corrections=job.corrections,
                    )
                stage = advance(stage, event, self._clock())
                reply.show(stage)
        raise StreamCut

    async def _fail(self, job: Job, reply: Reply, error: Exception) -> None:
        reference = self.new_reference()
        if isinstance(error, ImagineError):
            _log.warning("%s: a picture of user %d failed: %r", reference, job.user_id, error)
        else:
            _log.error("%s: a picture of user %d failed", reference, job.user_id, exc_info=error)
        if isinstance(error, GpuQuotaExceeded):
            error = self._gate.hold(job.user_id, error)
        known = error if isinstance(error, ImagineError) else Unforeseen()
        await self._tell(reply, known, reference)

    async def _tell(self, reply: Reply, error: ImagineError, reference: str | None) -> None:
        try:
            await reply.fail(error, reference)
        except ImagineError as problem:
            _log.warning("%s: the user could not be told: %r", reference, problem)
