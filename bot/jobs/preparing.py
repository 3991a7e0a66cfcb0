"""From what a user gave to the board of a job: nothing is written, and nothing is drawn."""

from collections.abc import Callable

from bot.domain.board import Board
from bot.domain.errors import OutOfRange
from bot.domain.job import MAX_PICTURES, Job
from bot.domain.request import Correction, ImageRequest, compose
from bot.domain.wish import Asker, Wish
from bot.ports import ImageProviders, JobStore


class Preparation:
    """Makes boards.

    Args:
        providers: Know what may be asked for.
        store: Knows the pictures that others are made from.
        clock: Returns Unix time in seconds.
        new_seed: Returns a seed for those who give none.
        new_id: Returns a job's id.
    """

    def __init__(
        self,
        providers: ImageProviders,
        store: JobStore,
        *,
        clock: Callable[[], float],
        new_seed: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        self._providers = providers
        self._store = store
        self._clock = clock
        self._new_seed = new_seed
        self._new_id = new_id

    async def new(self, wish: Wish, asker: Asker) -> Board:
        """Make the board of a new job.

        Raises:
            UserError: In one of its leaves; it cannot be drawn as asked.
        """
        requests, corrections = await self._requests(wish)
        job = Job(
            id=self._new_id(),
            user_id=asker.user_id,
            guild_id=asker.guild_id,
            channel_id=asker.channel_id,
            locale=asker.locale,
            requests=requests,
            private=wish.private,
            spoiler=wish.spoiler,
            parent=wish.parent,
            created_at=self._clock(),
        )
        return await self.of(job, corrections)

    async def of(self, job: Job, corrections: tuple[Correction, ...] = ()) -> Board:
        """Make the board of a job of which nothing was drawn."""
        parent = await self._store.picture(job.parent) if job.parent else None
        return Board.empty(job, corrections, parent.url if parent else None)

    async def _requests(self, wish: Wish) -> tuple[tuple[ImageRequest, ...], tuple[Correction, ...]]:
        number = len(wish.prompts) * wish.count
        if not 1 <= number <= MAX_PICTURES:
            raise OutOfRange("count", number, 1, MAX_PICTURES)
        limits = await self._providers.get(wish.model).limits()
        seed = self._new_seed() if wish.seed is None else wish.seed
        seeds = int(limits.seed.maximum) + 1
        composed = [
            compose(
                prompt=prompt,
                negative_prompt=wish.negative_prompt,
                aspect_ratio=wish.aspect_ratio,
                width=wish.width,
                height=wish.height,
                guidance_scale=wish.guidance_scale,
                steps=wish.steps,
                seed=(seed + step) % seeds if step else seed,
                model=wish.model or self._providers.models[0],
                limits=limits,
            )
            for prompt in wish.prompts
            for step in range(wish.count)
        ]
        corrections = dict.fromkeys(change for _, changes in composed for change in changes)
        return tuple(request for request, _ in composed), tuple(corrections)
