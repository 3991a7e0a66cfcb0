"""Credentials: each has a name that tells nothing of its token, and the one with quota left comes first."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credential import ANONYMOUS, Credential, in_order, operators, users

TOKEN = "hf_secret-token"


def test_each_token_of_the_operator_is_one_credential() -> None:
    first, second = operators([TOKEN, "hf_other", TOKEN])

    assert (first.token, second.token) == (TOKEN, "hf_other")
    assert first.id != second.id
    assert not first.is_own
    assert operators([TOKEN])[0].id == first.id


def test_without_a_token_the_address_of_the_machine_is_one() -> None:
    assert operators([]) == (Credential(id=ANONYMOUS),)


def test_another_token_of_a_user_is_another_credential() -> None:
    old, new, others = users(10, TOKEN), users(10, "hf_other"), users(11, TOKEN)

    assert len({old.id, new.id, others.id, operators([TOKEN])[0].id}) == 4
    assert old.is_own
    assert (old.user_id, old.token) == (10, TOKEN)


def test_what_is_printed_and_stored_of_a_credential_has_no_token() -> None:
    for credential in (*operators([TOKEN]), users(10, TOKEN)):
        assert "secret" not in repr(credential)
        assert "secret" not in credential.id


def test_the_users_own_comes_first_then_the_most_quota() -> None:
    empty, full, unknown = operators(["hf_empty", "hf_full", "hf_unknown"])
    own = users(10, TOKEN)
    left = {empty.id: 0.0, full.id: 90.0, own.id: 0.0}

    assert in_order([empty, unknown, full, own], left) == [own, full, unknown, empty]


def test_of_those_with_the_same_quota_the_operators_order_counts() -> None:
    known = operators(["hf_one", "hf_two", "hf_three"])

    assert in_order(known, {}) == list(known)


@given(left=st.lists(st.none() | st.floats(0, 9999), min_size=1, max_size=6))
def test_in_whatever_order_no_credential_is_lost(left: list[float | None]) -> None:
    known = operators(f"hf_{number}" for number in range(len(left)))
    said = {one.id: seconds for one, seconds in zip(known, left, strict=True) if seconds is not None}
    ordered = in_order(known, said)
    quotas = [said.get(one.id, 1.0) for one in ordered]

    assert sorted(ordered, key=lambda one: one.id) == sorted(known, key=lambda one: one.id)
    assert quotas == sorted(quotas, reverse=True)
