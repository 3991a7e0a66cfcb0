"""A job's states: which may follow which, and which are the end."""

import pytest

from bot.domain.job import JobState, may_move, states_before

FINAL = {
    JobState.DELIVERED,
    JobState.FAILED,
    JobState.HELD,
    JobState.CANCELLED,
    JobState.INTERRUPTED,
}


@pytest.mark.parametrize("state", JobState)
def test_nothing_happens_to_a_job_that_has_ended_but_a_held_one_may_be_parked(state: JobState) -> None:
    next_states = {to for to in JobState if may_move(state, to)}

    assert state.is_final is (state in FINAL)
    if state.is_final:
        assert next_states == ({JobState.PARKED} if state is JobState.HELD else set())


@pytest.mark.parametrize("state", JobState)
def test_no_job_goes_where_it_is_or_back_to_waiting(state: JobState) -> None:
    assert not may_move(state, state)
    assert not may_move(state, JobState.WAITING)


def test_a_parked_job_is_drawn_given_up_or_cancelled() -> None:
    assert {to for to in JobState if may_move(JobState.PARKED, to)} == {
        JobState.RUNNING,
        JobState.FAILED,
        JobState.CANCELLED,
    }


def test_a_job_that_runs_may_be_parked_again_or_held() -> None:
    assert may_move(JobState.RUNNING, JobState.PARKED)
    assert may_move(JobState.RUNNING, JobState.HELD)


def test_a_parked_job_is_not_held_again() -> None:
    assert not may_move(JobState.PARKED, JobState.HELD)


@pytest.mark.parametrize("to", JobState)
def test_the_states_before_one_are_those_from_which_a_job_may_go_there(to: JobState) -> None:
    assert states_before(to) == {state for state in JobState if may_move(state, to)}
