"""Whose request it is: only what Discord signed, in this minute, and for the first time, is taken."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.interactions.verifying import WINDOW, Arrived, Forged, Garbled, Judgement, Ping, Repeated, Verifier
from tests.interactions.signing import NOW, PUBLIC_KEY, SOMEBODY, encoded, signed

COMMAND = {"type": 2, "id": "1", "token": "t", "data": {"name": "imagine"}}


def judge(body: bytes, headers: dict[str, str], now: float = NOW) -> Judgement:
    return Verifier(PUBLIC_KEY).judge(headers, body, now)


def numbered(number: int) -> bytes:
    return encoded({"type": 2, "id": str(number)})


def test_what_discord_signs_arrives_as_it_is() -> None:
    body = encoded(COMMAND)

    assert judge(body, signed(body)) == Arrived(COMMAND)


@given(st.dictionaries(st.text(), st.text()), st.sampled_from([2, 3, 4, 5]), st.integers(0, 2**64))
def test_any_interaction_arrives_as_it_is(data: dict[str, str], kind: int, number: int) -> None:
    payload = {"type": kind, "id": str(number), "data": data}
    body = encoded(payload)

    assert judge(body, signed(body)) == Arrived(payload)


@pytest.mark.parametrize("payload", [{"type": 1}, {"type": 1, "id": "1", "token": "t"}])
def test_a_ping_is_one_whatever_comes_with_it(payload: dict[str, Any]) -> None:
    body = encoded(payload)

    assert judge(body, signed(body)) == Ping()


@given(st.binary(), st.integers(0, 200), st.integers(1, 255))
def test_a_body_with_one_byte_changed_is_nobodys(body: bytes, place: int, change: int) -> None:
    assume(body)
    changed = bytearray(body)
    changed[place % len(body)] ^= change

    assert judge(bytes(changed), signed(body)) == Forged()


@given(st.binary(max_size=50), st.binary(min_size=1, max_size=50))
def test_a_body_with_more_at_its_end_is_nobodys(body: bytes, more: bytes) -> None:
    assert judge(body + more, signed(body)) == Forged()


@given(st.integers(0, 63), st.integers(1, 255))
def test_a_signature_with_one_byte_changed_is_nobodys(place: int, change: int) -> None:
    body = encoded(COMMAND)
    headers = signed(body)
    changed = bytearray.fromhex(headers["X-Signature-Ed25519"])
    changed[place] ^= change

    assert judge(body, headers | {"X-Signature-Ed25519": changed.hex()}) == Forged()


@given(st.integers(-int(WINDOW), int(WINDOW)))
def test_another_timestamp_than_the_signed_one_is_nobodys(moved: int) -> None:
    assume(moved)
    body = encoded(COMMAND)

    assert judge(body, signed(body) | {"X-Signature-Timestamp": str(int(NOW) + moved)}) == Forged()


def test_a_digit_that_moves_from_the_timestamp_into_the_body_makes_it_nobodys() -> None:
    body = encoded(COMMAND)
    headers = signed(body)
    timestamp, digit = headers["X-Signature-Timestamp"][:-1], headers["X-Signature-Timestamp"][-1:]

    assert judge(digit.encode() + body, headers | {"X-Signature-Timestamp": timestamp}) == Forged()


def test_another_key_is_nobodys() -> None:
    body = encoded(COMMAND)

    assert judge(body, signed(body, key=SOMEBODY)) == Forged()


@given(
    st.fixed_dictionaries(
        {}, optional={"X-Signature-Ed25519": st.text(), "X-Signature-Timestamp": st.text()}
    ),
    st.binary(),
)
def test_headers_that_nobody_signed_are_nobodys(headers: dict[str, str], body: bytes) -> None:
    assert judge(body, headers) == Forged()


@pytest.mark.parametrize(
    "change",
    [
        {"X-Signature-Ed25519": ""},
        {"X-Signature-Ed25519": "zz" * 64},
        {"X-Signature-Ed25519": "00" * 63},
        {"X-Signature-Ed25519": "00" * 65},
        {"X-Signature-Ed25519": "\udcff" * 128},
        {"X-Signature-Timestamp": ""},
        {"X-Signature-Timestamp": "now"},
        {"X-Signature-Timestamp": "-1700000000"},
        {"X-Signature-Timestamp": "1_700_000_000"},
        {"X-Signature-Timestamp": " 1700000000"},
        {"X-Signature-Timestamp": "1700000000.0"},
        {"X-Signature-Timestamp": "\u0661\u0667\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660"},
        {"X-Signature-Timestamp": "9" * 5000},
    ],
)
def test_garbled_headers_are_nobodys(change: dict[str, str]) -> None:
    body = encoded(COMMAND)

    assert judge(body, signed(body) | change) == Forged()


@pytest.mark.parametrize("missing", ["X-Signature-Ed25519", "X-Signature-Timestamp"])
def test_a_missing_header_makes_it_nobodys(missing: str) -> None:
    body = encoded(COMMAND)
    headers = signed(body)
    del headers[missing]

    assert judge(body, headers) == Forged()


@given(st.integers(-1000, 1000))
def test_only_a_request_of_this_minute_is_taken(age: int) -> None:
    body = encoded(COMMAND)
    taken = judge(body, signed(body, at=NOW - age))

    assert taken == (Arrived(COMMAND) if abs(age) <= WINDOW else Forged())


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"null", b"[]", b"2", b"{}", b'{"type": 2}', b'{"type": 2, "id": 1}']
)
def test_what_is_signed_and_no_interaction_is_garbled(body: bytes) -> None:
    assert judge(body, signed(body)) == Garbled()


def test_an_interaction_is_new_once() -> None:
    verifier, body = Verifier(PUBLIC_KEY), encoded(COMMAND)
    headers = signed(body)

    assert verifier.judge(headers, body, NOW) == Arrived(COMMAND)
    assert verifier.judge(headers, body, NOW + 1) == Repeated()


def test_an_interaction_that_is_signed_anew_is_not_new() -> None:
    verifier, body = Verifier(PUBLIC_KEY), encoded(COMMAND)
    verifier.judge(signed(body), body, NOW)

    assert verifier.judge(signed(body, at=NOW + 30), body, NOW + 30) == Repeated()


def test_a_ping_may_come_again() -> None:
    verifier, body = Verifier(PUBLIC_KEY), encoded({"type": 1, "id": "1"})

    assert [verifier.judge(signed(body), body, NOW) for _ in range(2)] == [Ping(), Ping()]


def test_somebodys_try_does_not_use_up_an_interaction() -> None:
    verifier, body = Verifier(PUBLIC_KEY), encoded(COMMAND)
    verifier.judge(signed(body, key=SOMEBODY), body, NOW)

    assert verifier.judge(signed(body), body, NOW) == Arrived(COMMAND)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-60, 60), st.integers(0, 40)), max_size=60))
def test_no_request_ever_runs_twice(sent: list[tuple[int, int, int]]) -> None:
    verifier, now, ran = Verifier(PUBLIC_KEY), NOW, set()
    requests: list[tuple[bytes, dict[str, str]]] = []
    for number, skew, pause in sent:
        now += pause
        requests.append((numbered(number), signed(numbered(number), at=now + skew)))
        for body, headers in requests:
            if isinstance(verifier.judge(headers, body, now), Arrived):
                moment = (body, headers["X-Signature-Timestamp"])
                assert moment not in ran
                ran.add(moment)
