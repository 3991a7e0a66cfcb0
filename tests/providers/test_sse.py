"""Server-sent events, out of bytes that were cut anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import UnreadableAnswer
from bot.providers.gradio.sse import MAX_EVENT, EventDecoder, ServerSentEvent
from tests.providers.servers import CAPTURES

STREAMS = sorted(CAPTURES.glob("*/*.sse"))


def decoded(*chunks: bytes) -> list[tuple[bytes, ...]]:
    decoder = EventDecoder()
    return [tuple(event) for chunk in chunks for event in decoder.feed(chunk)]


def test_an_event_has_a_name_and_data() -> None:
    assert decoded(b"event: complete\ndata: [1]\n\n") == [(b"complete", b"[1]")]


def test_an_event_may_have_no_name() -> None:
    assert decoded(b"data: 1\n\n") == [(b"", b"1")]


def test_the_name_of_an_event_is_not_the_name_of_the_next() -> None:
    assert decoded(b"event: a\ndata: 1\n\ndata: 2\n\n") == [(b"a", b"1"), (b"", b"2")]


def test_the_space_after_the_colon_may_be_missing() -> None:
    assert decoded(b"event:a\ndata:1\n\n") == [(b"a", b"1")]


def test_only_one_space_belongs_to_the_colon() -> None:
    assert decoded(b"data:  1\n\n") == [(b"", b" 1")]


def test_several_data_lines_are_one_data() -> None:
    assert decoded(b"data: 1\ndata: 2\ndata\n\n") == [(b"", b"1\n2\n")]


def test_comments_and_unknown_fields_say_nothing() -> None:
    assert decoded(b": hello\nid: 7\nretry: 9\n\ndata: 1\n\n") == [(b"", b"1")]


def test_a_name_without_data_is_no_event() -> None:
    assert decoded(b"event: a\n\n") == []


def test_lines_may_end_in_crlf() -> None:
    assert decoded(b"event: a\r\ndata: 1\r\n\r\n") == [(b"a", b"1")]


def test_a_crlf_may_be_cut_in_two() -> None:
    assert decoded(b"data: 1\r", b"\n\r", b"\n") == [(b"", b"1")]


def test_line_separators_of_unicode_end_no_line() -> None:
    text = '"one\u2028two\u0085three\x0bfour"'.encode()

    assert decoded(b"data: " + text + b"\n\n") == [(b"", text)]


def test_what_is_not_complete_waits() -> None:
    decoder = EventDecoder()

    assert decoder.feed(b"data: 1\n") == []
    assert decoder.feed(b"\n") == [ServerSentEvent(b"", b"1")]


def test_nothing_fed_is_nothing_said() -> None:
    assert decoded(b"", b"", b"data: 1\n\n") == [(b"", b"1")]


def test_a_line_without_an_end_is_refused() -> None:
    decoder = EventDecoder()
    decoder.feed(b"data: " + b"x" * (MAX_EVENT - 6))

    with pytest.raises(UnreadableAnswer):
        decoder.feed(b"x")


def test_an_event_without_an_end_is_refused() -> None:
    line = b"data: " + b"x" * (MAX_EVENT // 4) + b"\n"

    with pytest.raises(UnreadableAnswer):
        decoded(*[line] * 5)


def test_many_events_of_some_size_are_no_long_event() -> None:
    decoder = EventDecoder()
    events = [
        event for _ in range(9) for event in decoder.feed(b"data: " + b"x" * (MAX_EVENT // 4) + b"\n\n")
    ]

    assert len(events) == 9


@given(st.data())
def test_where_the_bytes_are_cut_does_not_matter(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from(STREAMS)).read_bytes()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=12)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    assert decoded(*pieces) == decoded(whole)


@given(st.lists(st.binary(max_size=40)))
def test_garbage_is_cut_as_it_likes_too(pieces: list[bytes]) -> None:
    assert decoded(*pieces) == decoded(b"".join(pieces))
