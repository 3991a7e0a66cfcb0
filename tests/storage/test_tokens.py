"""Users' tokens in the store: encrypted, each for its user alone, and under whichever keys there are."""

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.domain.errors import TokensNotKept
from bot.storage.engine import Stores, open_store
from bot.storage.schema import TokenRow
from bot.storage.tokens import SqlTokenStore
from bot.storage.vault import Vault
from tests.storage.raw import connected, say
from tests.storage.samples import KEY, NEW_KEY

TOKEN = "hf_secret-token-of-alice"


@pytest.fixture
def tokens(stores: Stores) -> SqlTokenStore:
    return stores.tokens


async def test_a_linked_token_is_its_users(tokens: SqlTokenStore) -> None:
    await tokens.link(10, TOKEN)

    assert tokens.can_keep
    assert await tokens.linked(10) == TOKEN
    assert await tokens.linked(11) is None


async def test_a_token_takes_the_place_of_the_one_before(tokens: SqlTokenStore) -> None:
    for token in ("hf_old", "hf_new"):
        await tokens.link(10, token)

    assert await tokens.linked(10) == "hf_new"


async def test_a_token_is_forgotten(tokens: SqlTokenStore) -> None:
    await tokens.link(10, TOKEN)
    await tokens.link(11, "hf_of-bob")

    assert [await tokens.forget(10) for _ in range(2)] == [True, False]
    assert await tokens.linked(10) is None
    assert await tokens.linked(11) == "hf_of-bob"


async def test_a_token_that_was_replaced_meanwhile_stays(tokens: SqlTokenStore) -> None:
    await tokens.link(10, TOKEN)

    assert not await tokens.forget(10, "hf_the-one-before")
    assert await tokens.linked(10) == TOKEN
    assert await tokens.forget(10, TOKEN)


async def test_without_a_key_nothing_is_kept_and_nothing_read(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.tokens.link(10, TOKEN)
    async with open_store(lasting_url) as stores:
        assert not stores.tokens.can_keep
        assert await stores.tokens.linked(10) is None
        with pytest.raises(TokensNotKept):
            await stores.tokens.link(10, TOKEN)
        assert await stores.tokens.forget(10)


async def test_a_new_key_reads_what_an_old_one_wrote_and_takes_its_place(lasting_url: str) -> None:
    for keys in ([KEY], [NEW_KEY, KEY], [NEW_KEY]):
        async with open_store(lasting_url, keys) as stores:
            if keys == [KEY]:
                await stores.tokens.link(10, TOKEN)

            assert await stores.tokens.linked(10) == TOKEN


async def test_under_a_lost_key_a_token_is_not_linked_until_the_key_is_found(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.tokens.link(10, TOKEN)
    async with open_store(lasting_url, [NEW_KEY]) as stores:
        assert await stores.tokens.linked(10) is None
        assert not await stores.tokens.forget(10, TOKEN)
    async with open_store(lasting_url, [NEW_KEY, KEY]) as stores:
        assert await stores.tokens.linked(10) == TOKEN


async def test_a_row_copied_to_another_user_is_nothing(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.tokens.link(10, TOKEN)
        say(lasting_url, "INSERT INTO tokens SELECT 11, sealed FROM tokens")

        assert await stores.tokens.linked(11) is None
        assert await stores.tokens.linked(10) == TOKEN


async def test_a_row_that_somebody_changed_is_nothing(lasting_url: str) -> None:
    async with open_store(lasting_url, [KEY]) as stores:
        await stores.tokens.link(10, TOKEN)
        with connected(lasting_url) as other:
            sealed = other.scalars(select(TokenRow.sealed)).one()
            other.execute(update(TokenRow).values(sealed=sealed[:40] + b"AAAA" + sealed[44:]))

        assert await stores.tokens.linked(10) is None


@given(user_id=st.integers(1, 2**63 - 1), secret=st.text("abc:019-_ü🦊"))
def test_a_vault_gives_back_what_it_was_given(user_id: int, secret: str) -> None:
    vault = Vault([KEY])

    assert vault.open(user_id, vault.seal(user_id, secret)) == secret


def test_a_vault_seals_nothing_twice_the_same_way() -> None:
    assert Vault([KEY]).seal(10, TOKEN) != Vault([KEY]).seal(10, TOKEN)


def test_a_vault_takes_the_keys_that_fernet_makes() -> None:
    vault = Vault([Fernet.generate_key().decode()])

    assert vault.open(10, vault.seal(10, TOKEN)) == TOKEN


@pytest.mark.parametrize("key", ["hunter2", "ü" * 43 + "=", "a" * 44, ""])
def test_a_key_that_is_none_is_refused_without_a_word_of_it(key: str) -> None:
    with pytest.raises(ValueError, match=r"Fernet key|ASCII") as refused:
        Vault([KEY, key])

    assert not key or key not in str(refused.value)
