"""Pictures in the store: kept until they are delivered, found again by their user, and liked by anybody."""

import pytest

from bot.domain.errors import PictureUnknown
from bot.domain.job import JobState, KeptPicture, PictureRef
from bot.storage.jobs import SqlJobStore
from tests.storage.samples import PLACE, job

FIRST, SECOND = PictureRef("fox", 0), PictureRef("fox", 1)


async def drawn(store: SqlJobStore, name: str = "fox", *, pictures: int = 1, **changes: object) -> None:
    await store.add(job(name, pictures=pictures, **changes))
    for index in range(pictures):
        await store.keep(PictureRef(name, index), b"PNG " + name.encode(), 12.5)


def names(pictures: list[KeptPicture]) -> list[tuple[str, int]]:
    return [(picture.job.id, picture.index) for picture in pictures]


async def test_a_picture_is_known_before_it_is_drawn(store: SqlJobStore) -> None:
    await store.add(job())

    assert await store.picture(FIRST) == KeptPicture(job=job(), index=0)
    assert await store.image(FIRST) is None


@pytest.mark.parametrize("unknown", [SECOND, PictureRef("owl", 0)])
async def test_a_picture_that_there_is_not_is_none(store: SqlJobStore, unknown: PictureRef) -> None:
    await drawn(store)

    assert await store.picture(unknown) is None
    assert await store.image(unknown) is None


async def test_a_drawn_picture_is_kept_until_it_is_delivered(store: SqlJobStore) -> None:
    await drawn(store)

    assert await store.image(FIRST) == b"PNG fox"
    assert await store.picture(FIRST) == KeptPicture(job=job(), index=0, seconds=12.5, has_image=True)


async def test_a_picture_kept_twice_is_the_later_one(store: SqlJobStore) -> None:
    await drawn(store)
    await store.keep(FIRST, b"another", 3.0)

    assert await store.image(FIRST) == b"another"


async def test_delivery_says_where_the_pictures_are_and_lets_go_of_their_files(store: SqlJobStore) -> None:
    await drawn(store, pictures=2)

    assert await store.delivered("fox", PLACE)
    there = job(pictures=2, state=JobState.DELIVERED, place=PLACE)
    assert await store.at_message(40) == [
        KeptPicture(job=there, index=index, seconds=12.5, message_id=40, channel_id=30) for index in (0, 1)
    ]
    assert await store.image(FIRST) is None


async def test_the_file_of_a_private_picture_stays_after_its_delivery(store: SqlJobStore) -> None:
    await drawn(store, private=True)
    await store.delivered("fox", PLACE)

    assert await store.image(FIRST) == b"PNG fox"


async def test_a_picture_that_was_not_drawn_is_not_delivered_with_the_others(store: SqlJobStore) -> None:
    await store.add(job(pictures=2))
    await store.keep(SECOND, b"PNG", 1.0)
    await store.delivered("fox", PLACE)

    assert names(await store.at_message(40)) == [("fox", 1)]


async def test_a_job_is_delivered_once(store: SqlJobStore) -> None:
    await drawn(store)

    assert [await store.delivered("fox", PLACE) for _ in range(2)] == [True, False]


async def test_a_cancelled_job_is_not_delivered_and_nothing_of_it_changes(store: SqlJobStore) -> None:
    await drawn(store)
    await store.move("fox", JobState.CANCELLED)

    assert not await store.delivered("fox", PLACE)
    assert await store.get("fox") == job(state=JobState.CANCELLED)
    assert await store.image(FIRST) == b"PNG fox"
    assert await store.at_message(40) == []


async def test_a_users_last_pictures_are_the_newest_first_delivered_or_not(store: SqlJobStore) -> None:
    await drawn(store, "old", created_at=1.0)
    await drawn(store, "new", created_at=3.0, pictures=2)
    await drawn(store, "middle", created_at=2.0, state=JobState.FAILED)
    await drawn(store, "other", user_id=11)
    await store.add(job("undrawn", created_at=4.0))
    await store.delivered("new", PLACE)

    assert names(await store.last(10, 9)) == [("new", 0), ("new", 1), ("middle", 0), ("old", 0)]
    assert names(await store.last(10, 1)) == [("new", 0)]


async def test_a_listed_picture_knows_all_the_requests_of_its_job(store: SqlJobStore) -> None:
    await drawn(store, pictures=3)

    assert {picture.job for picture in await store.last(10, 2)} == {job(pictures=3)}


async def test_favourites_are_the_newest_favourite_first_anybodys_pictures_among_them(
    store: SqlJobStore,
) -> None:
    await drawn(store, "own", created_at=9.0)
    await drawn(store, "others", user_id=11, created_at=1.0)
    await store.set_favourite(10, PictureRef("own", 0), on=True, now=5.0)
    await store.set_favourite(10, PictureRef("others", 0), on=True, now=6.0)
    liked = await store.favourites(10, 9)

    assert names(liked) == [("others", 0), ("own", 0)]
    assert all(picture.favourite for picture in liked)
    assert names(await store.favourites(10, 1)) == [("others", 0)]


async def test_a_picture_says_whether_its_own_user_likes_it(store: SqlJobStore) -> None:
    await drawn(store)
    await drawn(store, "owl")
    await store.set_favourite(10, FIRST, on=True, now=1.0)
    await store.set_favourite(11, PictureRef("owl", 0), on=True, now=1.0)

    assert {picture.job.id: picture.favourite for picture in await store.last(10, 9)} == {
        "fox": True,
        "owl": False,
    }


async def test_a_favourite_taken_twice_is_taken_once_and_keeps_its_first_time(store: SqlJobStore) -> None:
    await drawn(store, pictures=2)
    for ref, now in ((FIRST, 1.0), (SECOND, 2.0), (FIRST, 3.0)):
        await store.set_favourite(10, ref, on=True, now=now)

    assert names(await store.favourites(10, 9)) == [("fox", 1), ("fox", 0)]


async def test_a_favourite_is_taken_away_and_taking_it_away_again_is_nothing(store: SqlJobStore) -> None:
    await drawn(store)
    await store.set_favourite(10, FIRST, on=True, now=1.0)
    for _ in range(2):
        await store.set_favourite(10, FIRST, on=False, now=2.0)

    assert await store.favourites(10, 9) == []


async def test_a_picture_that_there_is_not_is_nobodys_favourite(store: SqlJobStore) -> None:
    with pytest.raises(PictureUnknown):
        await store.set_favourite(10, FIRST, on=True, now=1.0)


async def test_a_picture_that_nobody_asked_for_is_not_kept(store: SqlJobStore) -> None:
    with pytest.raises(PictureUnknown):
        await store.keep(FIRST, b"PNG", 1.0)


async def test_old_files_are_let_go_and_what_is_known_of_their_pictures_stays(store: SqlJobStore) -> None:
    await drawn(store, "old", pictures=2, created_at=1.0)
    await drawn(store, "new", created_at=2.0)

    assert [await store.let_go(2.0) for _ in range(2)] == [2, 0]
    assert [(kept.job.id, kept.has_image) for kept in await store.last(10, 9)] == [
        ("new", True),
        ("old", False),
        ("old", False),
    ]
