"""The pure parts: rate limits, compression, ids, permissions."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.discord.buckets import Bucket
from bot.sandbox.discord.components import numbered, walk
from bot.sandbox.discord.compression import ZlibStream
from bot.sandbox.discord.permissions import EVERYTHING, Overwrite, Permission, resolve
from bot.sandbox.discord.snowflake import Snowflakes, shard
from bot.sandbox.discord.wire import timestamp

times = st.lists(st.floats(0, 100, allow_nan=False), max_size=60).map(sorted)
bits = st.integers(0, int(EVERYTHING)).map(lambda number: number & ~int(Permission.ADMINISTRATOR))


@given(times, st.integers(1, 5), st.floats(0.5, 10))
def test_no_window_grants_more_than_its_size(moments: list[float], size: int, window: float) -> None:
    bucket = Bucket("b", size, window)
    granted = [now for now in moments if bucket.take(now).allowed]

    for first, last in zip(granted, granted[2 * size :], strict=False):
        assert last - first >= window


@given(times, st.integers(1, 5), st.floats(0.5, 10))
def test_what_is_left_never_lies(moments: list[float], size: int, window: float) -> None:
    bucket = Bucket("b", size, window)
    for now in moments:
        grant = bucket.take(now)
        assert 0 <= grant.remaining < size
        assert 0 <= grant.reset_after <= window + 1e-9


def test_a_refusal_says_how_long_to_wait() -> None:
    bucket = Bucket("b", 1, 2.0)
    bucket.take(10.0)
    refused = bucket.take(10.5)

    assert (refused.allowed, refused.reset_after) == (False, 1.5)
    assert bucket.take(10.5 + refused.reset_after).allowed


@given(st.lists(st.binary(max_size=300), min_size=1))
def test_every_compressed_frame_can_be_read_as_soon_as_it_came(frames: list[bytes]) -> None:
    stream, inflate = ZlibStream(), zlib.decompressobj()

    for frame in frames:
        sent = stream.feed(frame)
        assert sent.endswith(b"\x00\x00\xff\xff")
        assert inflate.decompress(sent) == frame


@given(st.lists(st.floats(1.5e9, 2e9)))
def test_ids_rise_whatever_the_clock_does(moments: list[float]) -> None:
    source = Snowflakes()
    ids = [source.next(now) for now in moments]

    assert ids == sorted(set(ids))


def test_an_id_carries_its_time_and_its_shard() -> None:
    number = Snowflakes().next(1462015105.796)

    assert number >> 22 == 41944705796
    assert shard(number, 16) == 41944705796 % 16


@given(bits, bits, bits)
def test_a_denial_for_a_member_beats_what_everyone_may(base: int, everyone: int, denied: int) -> None:
    overwrites = [Overwrite(1, allow=everyone), Overwrite(9, deny=denied, member=True)]

    assert resolve(base, overwrites, guild_id=1, role_ids={5}, user_id=9) & denied == 0


@given(bits, bits)
def test_among_roles_what_one_allows_no_other_takes(base: int, both: int) -> None:
    overwrites = [Overwrite(5, deny=both), Overwrite(6, allow=both)]

    assert resolve(base, overwrites, guild_id=1, role_ids={5, 6}, user_id=9) & both == both


def test_administrators_may_do_everything() -> None:
    overwrites = [Overwrite(1, deny=int(EVERYTHING))]

    assert (
        resolve(int(Permission.ADMINISTRATOR), overwrites, guild_id=1, role_ids=set(), user_id=9)
        == EVERYTHING
    )


trees = st.recursive(
    st.just({"type": 10, "content": "x"}) | st.builds(lambda n: {"type": 14, "id": n}, st.integers(1, 5)),
    lambda children: st.builds(
        lambda parts: {"type": 17, "components": parts}, st.lists(children, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(trees, max_size=3))
def test_numbering_gives_every_component_an_id_and_changes_no_other(parts: list[dict[str, object]]) -> None:
    given_ids = [part.get("id") for part in walk(parts)]
    stored = [part["id"] for part in walk(numbered(parts))]
    new = [after for before, after in zip(given_ids, stored, strict=True) if before is None]

    assert len(set(new)) == len(new)
    assert [after for before, after in zip(given_ids, stored, strict=True) if before] == [
        one for one in given_ids if one
    ]


def test_dates_have_microseconds_and_an_offset() -> None:
    assert timestamp(0) == "1970-01-01T00:00:00.000000+00:00"
