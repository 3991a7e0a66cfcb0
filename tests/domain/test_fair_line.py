"""The line: servers take turns, in them users, and nobody waits behind another's tenth picture."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fair_line import Ticket, Turns, order


def line(*parties: str) -> list[Ticket]:
    """Return tickets in the order in which they were drawn, as `a1`: server a, user 1."""
    return [ticket(party, number) for number, party in enumerate(parties, 1)]


def ticket(party: str, number: int) -> Ticket:
    server, user = ord(party[0]), int(party[1:])
    return Ticket(
        job_id=f"{party}-{number}",
        server=server,
        user=server * 1000 + user,
        asked_at=float(number),
        number=number,
    )


def names(tickets: list[Ticket]) -> str:
    return " ".join(one.job_id for one in tickets)


def served(waiting: list[Ticket], turns: Turns) -> tuple[list[Ticket], Turns]:
    """Serve a line to its end, one ticket after the other."""
    waiting, gone = list(waiting), []
    while waiting:
        first = order(waiting, turns)[0]
        waiting.remove(first)
        gone.append(first)
        turns = turns.after(first)
    return gone, turns


def test_alone_a_user_is_served_in_the_order_of_their_tickets() -> None:
    assert names(order(line("a1", "a1", "a1"), Turns())) == "a1-1 a1-2 a1-3"


def test_users_take_turns() -> None:
    assert names(order(line("a1", "a1", "a1", "a2", "a2"), Turns())) == "a1-1 a2-4 a1-2 a2-5 a1-3"


def test_servers_take_turns_however_many_users_they_send() -> None:
    waiting = line("a1", "a2", "a3", "a4", "b1", "b1")

    assert names(order(waiting, Turns())) == "a1-1 b1-5 a2-2 b1-6 a3-3 a4-4"


def test_who_was_just_served_waits_behind_who_comes_now() -> None:
    _, turns = served(line("a1"), Turns())

    assert names(order(line("a1", "a2"), turns)) == "a2-2 a1-1"


def test_an_empty_line_has_no_order() -> None:
    assert order([], Turns()) == []


PARTIES = st.lists(
    st.sampled_from([f"{server}{user}" for server in "abc" for user in range(1, 5)]), max_size=12
)


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[Ticket], Turns]:
    """A line, after some turns before it."""
    _, turns = served(line(*draw(PARTIES)), Turns())
    waiting = line(*draw(PARTIES))
    return draw(st.permutations(waiting)), turns


@given(drawn=lines())
def test_the_order_is_that_of_serving_one_by_one(drawn: tuple[list[Ticket], Turns]) -> None:
    waiting, turns = drawn

    assert order(waiting, turns) == served(waiting, turns)[0]


@given(drawn=lines())
def test_nobody_waits_behind_a_second_picture_of_another_user_of_their_server(
    drawn: tuple[list[Ticket], Turns],
) -> None:
    waiting, turns = drawn
    ahead: Counter[int] = Counter()
    ordered = order(waiting, turns)
    for place, one in enumerate(ordered):
        if one.user not in ahead:
            before = Counter(other.user for other in ordered[:place] if other.server == one.server)
            assert all(count == 1 for count in before.values())
        ahead[one.user] += 1


@given(drawn=lines())
def test_between_two_turns_of_a_user_everybody_else_who_waits_there_has_one(
    drawn: tuple[list[Ticket], Turns],
) -> None:
    ordered = order(*drawn)
    for server in {one.server for one in ordered}:
        mine = [one for one in ordered if one.server == server]
        for place, one in enumerate(mine):
            later = next((n for n in range(place + 1, len(mine)) if mine[n].user == one.user), None)
            if later is not None:
                between = Counter(other.user for other in mine[place + 1 : later])
                assert {other.user for other in mine[later:]} - {one.user} <= set(between)
                assert all(count == 1 for count in between.values())


@given(drawn=lines())
def test_a_rush_of_one_server_starves_no_other(drawn: tuple[list[Ticket], Turns]) -> None:
    ordered = order(*drawn)
    for place, one in enumerate(ordered):
        later = next((n for n in range(place + 1, len(ordered)) if ordered[n].server == one.server), None)
        if later is not None:
            between = Counter(other.server for other in ordered[place + 1 : later])
            assert {other.server for other in ordered[later:]} - {one.server} <= set(between)
            assert all(count == 1 for count in between.values())


@given(drawn=lines(), newcomer=st.sampled_from(["a9", "d9"]))
def test_who_comes_new_waits_for_no_more_than_one_turn_of_each_server_and_user(
    drawn: tuple[list[Ticket], Turns], newcomer: str
) -> None:
    waiting, turns = drawn
    new = ticket(newcomer, 1000)
    ahead = order([*waiting, new], turns)
    before = ahead[: ahead.index(new)]

    assert all(
        count == 1 for count in Counter(one.user for one in before if one.server == new.server).values()
    )
    if newcomer == "d9":
        assert all(count == 1 for count in Counter(one.server for one in before).values())


@given(drawn=lines())
def test_nobody_is_lost_and_each_users_tickets_stay_in_their_order(drawn: tuple[list[Ticket], Turns]) -> None:
    waiting, turns = drawn
    ordered = order(waiting, turns)

    assert sorted(one.number for one in ordered) == sorted(one.number for one in waiting)
    for user in {one.user for one in ordered}:
        numbers = [one.number for one in ordered if one.user == user]
        assert numbers == sorted(numbers)


@given(drawn=lines(), most=st.integers(1, 5))
def test_the_turns_that_are_kept_are_those_of_who_waits_and_the_latest(
    drawn: tuple[list[Ticket], Turns], most: int
) -> None:
    waiting, turns = drawn
    kept = turns.kept(waiting, most)
    present = {party for one in waiting for party in ((one.server, 0), (one.server, one.user))}
    dropped = turns.last.keys() - kept.last.keys()

    assert len(kept.last) == min(len(turns.last), most)
    assert kept.last.items() <= turns.last.items()
    assert kept.count == turns.count
    if dropped & present:
        assert kept.last.keys() <= present


def test_who_had_to_leave_comes_back_to_where_they_stood() -> None:
    stayed = ticket("a1", 2)
    back = replace(ticket("a2", 3), asked_at=1.0)

    assert order([stayed, back], Turns()) == [back, stayed]


def test_a_turn_that_was_none_does_not_count() -> None:
    a, b = line("a1", "b1")
    _, before = served(line("b1", "a1"), Turns())

    undone = before.after(a).without(a, before)

    assert order([a, b], undone) == order([a, b], before) == [b, a]
