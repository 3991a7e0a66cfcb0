"""Boards as they may come, for tests of what they look like."""

from hypothesis import strategies as st

from bot.domain import errors
from bot.domain.aspect_ratio import Size
from bot.domain.board import Board, Drawn, NotDrawn, ShownFile, Slot
from bot.domain.events import ImagePreview
from bot.domain.job import Job, Notes, PictureRef
from bot.domain.picture import Picture
from bot.domain.request import CharactersRemoved, ImageRequest, SizeCorrected
from bot.domain.stage import Drawing, Waiting

PREVIEW = ImagePreview("http://space/1.webp", "a fox")
CHARACTERS = st.characters(exclude_categories=("C", "Z"))
PROMPTS = st.text(CHARACTERS, min_size=1, max_size=1000) | st.just("*" * 1000) | st.just("狐" * 1000)
REQUESTS = st.builds(
    ImageRequest,
    prompt=PROMPTS,
    negative_prompt=st.text(CHARACTERS, max_size=50),
    seed=st.integers(0, 2**31 - 1),
    steps=st.integers(1, 50),
    model=st.sampled_from(["", "sd-3.5-large"]),
)
NOTES = st.text(CHARACTERS, max_size=400)
ERRORS = st.sampled_from(
    [errors.QueueFull(), errors.HeldByQuota(1754.2, stated=False), errors.RequestRefused("x" * 500), None]
)
PICTURES = st.builds(Picture, request=REQUESTS, image=st.just(b""), seconds=st.floats(0, 999))
FINAL_SLOTS: st.SearchStrategy[Slot] = st.one_of(
    st.builds(Drawn, PICTURES), st.builds(NotDrawn, ERRORS, st.none() | st.just("3f9a2c"))
)
OPEN_SLOTS: st.SearchStrategy[Slot] = st.one_of(
    st.builds(Waiting, st.none() | st.integers(0, 99), st.none() | st.floats(0, 2e9), NOTES),
    st.builds(Drawing, st.floats(0, 50), st.none() | st.just(50.0), st.none() | st.just(PREVIEW), NOTES),
)
CORRECTIONS = st.lists(
    st.just(CharactersRemoved()) | st.just(SizeCorrected("600x700", Size(608, 704))), max_size=2, unique=True
).map(tuple)


def job(
    *requests: ImageRequest, private: bool = False, spoiler: bool = False, notes: Notes | None = None
) -> Job:
    """Return a job of alice's."""
    return Job(
        id="dF3_-9aXb-12",
        user_id=1,
        guild_id=2,
        channel_id=3,
        locale="en-US",
        requests=requests or (ImageRequest("a fox", seed=7, model="sd-3.5"),),
        private=private,
        spoiler=spoiler,
        notes=notes or Notes(),
        parent=PictureRef("job0", 0),
        created_at=0.0,
    )


def drawn(request: ImageRequest, seconds: float = 12.34) -> Drawn:
    """Return the slot of a finished picture."""
    return Drawn(Picture(request=request, image=b"", seconds=seconds))


@st.composite
def boards(draw: st.DrawFn) -> Board:
    """Return any board of any job."""
    requests = tuple(draw(st.lists(REQUESTS, min_size=1, max_size=8)))
    slots = FINAL_SLOTS if draw(st.booleans()) else FINAL_SLOTS | OPEN_SLOTS
    return Board(
        job=job(
            *requests,
            private=draw(st.booleans()),
            spoiler=draw(st.booleans()),
            notes=Notes(corrections=draw(CORRECTIONS)),
        ),
        slots=tuple(draw(slots) for _ in requests),
        parent_url=draw(st.none() | st.just("https://discord.com/channels/2/3/4")),
    )


def files_of(board: Board) -> dict[int, ShownFile]:
    """Return the files that a board's message has."""
    return {
        index: ShownFile(f"fox-{index}.png", "JPEG" if index % 2 else None)
        for index, slot in enumerate(board.slots)
        if isinstance(slot, Drawn) or (isinstance(slot, Drawing) and slot.preview)
    }
