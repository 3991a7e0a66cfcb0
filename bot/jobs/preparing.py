"""From what a user gave to the board of a job: nothing is written, and nothing is drawn."""

from collections.abc import Callable, Iterable

from bot.domain.board import Board
from bot.domain.errors import AgeRestrictedOnly, OptionClosed, OutOfRange, WordsBlocked
from bot.domain.house_rules import Rules, bounded, check_place, furnish, public_language
from bot.domain.job import MAX_PICTURES, Job, KeptPicture, Notes
from bot.domain.remake import copied
from bot.domain.request import Correction, ImageRequest, compose
from bot.domain.styles import find
from bot.domain.wish import Asker, FurnishedWish, Wish
from bot.domain.words.verdict import Act
from bot.jobs.houses import Houses
from bot.ports import ImageProviders, JobStore


class Preparation:
    """Makes boards.

    Args:
        providers: Know what may be asked for.
        store: Knows the pictures that others are made from.
        houses: Knows what moderators decided.
        clock: Returns Unix time in seconds.
        new_seed: Returns a seed for those who give none.
        new_id: Returns a job's id.
    """

    def __init__(
        self,
        providers: ImageProviders,
        store: JobStore,
        houses: Houses,
        *,
        clock: Callable[[], float],
        new_seed: Callable[[], int],
        new_id: Callable[[], str],
    ) -> None:
        self._providers = providers
        self._store = store
        self._houses = houses
        self._clock = clock
        self._new_seed = new_seed
        self._new_id = new_id

    async def new(self, wish: Wish, asker: Asker) -> Board:
        """Make the board of a new job.

        Raises:
            UserError: In one of its leaves; it cannot be drawn as asked.
        """
        rules = await self._houses.rules(asker.guild_id, asker.here)
        check_place(rules, asker.here)
        parent = await self._store.picture(wish.parent) if wish.parent else None
        whole = await self._furnished(wish, asker, rules, parent)
        warned = self._judge(wish.prompts, asker, rules)
        requests, corrections = await self._requests(whole, rules)
        job = Job(
            id=self._new_id(),
            user_id=asker.user_id,
            guild_id=asker.guild_id,
            channel_id=asker.channel_id,
            locale=asker.locale,
            requests=requests,
            private=whole.private,
            spoiler=whole.spoiler,
            parent=wish.parent,
            created_at=self._clock(),
            notes=Notes(
                corrections=corrections,
                has_previews=rules.flag("previews"),
                warned=warned,
                language=_language(rules, asker, private=whole.private),
            ),
        )
        return Board.empty(job, parent.url if parent else None)

    async def check_share(self, job: Job, asker: Asker) -> None:
        """Check that a user may show everybody, where they are, what they alone see.

        Raises:
            HouseRule: In one of its leaves; they may not.
        """
        rules = await self._houses.rules(asker.guild_id, asker.here)
        check_place(rules, asker.here)
        if rules.text("privacy") == "always_private":
            raise OptionClosed("private")
        self._judge([request.prompt for request in job.requests], asker, rules)

    async def again(self, job: Job, asker: Asker) -> Board:
        """Make the board of a job that was parked, if it may still be drawn.

        Args:
            job: The job.
            asker: Who asked for it, and where, as that is now.

        Raises:
            HouseRule: In one of its leaves; it may not. Moderators are sent nothing to review, for nobody
                waits for their answer any more.
        """
        await self._houses.check_user(asker.guild_id, asker.user_id)
        rules = await self._houses.rules(asker.guild_id, asker.here)
        check_place(rules, asker.here)
        try:
            self._judge([request.prompt for request in job.requests], asker, rules)
        except WordsBlocked as error:
            raise WordsBlocked(error.words) from error
        return await self.of(job)

    async def of(self, job: Job) -> Board:
        """Make the board of a job that was written down, and of which nothing was drawn."""
        parent = await self._store.picture(job.parent) if job.parent else None
        return Board.empty(job, parent_url=parent.url if parent else None)

    async def _furnished(
        self, wish: Wish, asker: Asker, rules: Rules, parent: KeptPicture | None
    ) -> FurnishedWish:
        """Fill in what the user left open; an earlier picture has its style in its prompt."""
        chosen = wish.style or ("" if parent else rules.text("style"))
        style = find(chosen, await self._houses.styles(asker.guild_id)) if chosen else None
        return furnish(wish, rules, style, copied(wish, parent) if parent else frozenset())

    def _judge(self, prompts: Iterable[str], asker: Asker, rules: Rules) -> tuple[str, ...]:
        """Check the user's own words; return those for which they are warned although it is drawn.

        Raises:
            WordsBlocked: It is not drawn, or not before moderators have seen it.
            AgeRestrictedOnly: It is not drawn here.
        """
        words = self._houses.words(rules)
        warned: list[str] = []
        for prompt in prompts:
            verdict = words.judge(prompt, is_age_restricted=asker.is_age_restricted)
            if verdict is None:
                continue
            match verdict.act:
                case Act.BLOCK | Act.REVIEW:
                    raise WordsBlocked(verdict.words, is_review=verdict.act is Act.REVIEW)
                case Act.MATURE:
                    raise AgeRestrictedOnly(for_words=True)
                case Act.WARN:
                    warned.extend(verdict.words)
        return tuple(dict.fromkeys(warned))

    async def _requests(
        self, wish: FurnishedWish, rules: Rules
    ) -> tuple[tuple[ImageRequest, ...], tuple[Correction, ...]]:
        number = len(wish.prompts) * wish.count
        if not 1 <= number <= MAX_PICTURES:
            raise OutOfRange("count", number, 1, MAX_PICTURES)
        limits = bounded(await self._providers.get(wish.model).limits(), rules)
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


def _language(rules: Rules, asker: Asker, *, private: bool) -> str:
    return "" if private else public_language(rules, asker.server_locale, asker.locale)
