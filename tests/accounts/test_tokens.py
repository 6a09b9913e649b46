"""Bearer tokens: what they may do, how long, and who makes them."""

from datetime import timedelta

import pytest

from estafette import accounts
from estafette.accounts.actions import tokens
from estafette.accounts.errors import NotAServiceAccount
from estafette.accounts.models.inputs import TokenRequest
from estafette.accounts.models.people import Scope
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import administrator, by_new_token, codes, sign_up


def asked(*scopes: Scope, days: int | None = None) -> TokenRequest:
    return TokenRequest(name="Nightly export", scopes=list(scopes), expires_in_days=days)


async def test_a_token_is_shown_once_and_acts_for_its_maker(database: Database) -> None:
    ann, _ = await sign_up(database)
    made = await tokens.create_own_token(database, ann, asked("write", "read", "read", days=7))
    assert made.token.startswith("est_")
    assert len(made.token) == 4 + 43
    assert made.scopes == ["read", "write"]
    (listed,) = await tokens.list_tokens(database, ann)
    assert not hasattr(listed, "token")
    assert listed.last_used_at is None

    before = database.statements
    found = await accounts.by_token(database, made.token)
    assert database.statements - before == 3  # the first use is noted
    before = database.statements
    assert await accounts.by_token(database, made.token) == found
    assert database.statements - before == 1
    assert found is not None
    assert (found.person_id, found.token_id, found.session_id) == (ann.person_id, made.id, None)
    assert found.scopes == {"read", "write"}
    (listed,) = await tokens.list_tokens(database, ann)
    assert listed.last_used_at is not None


async def test_a_token_ends_on_its_day(database: Database) -> None:
    ann, _ = await sign_up(database)
    made = await tokens.create_own_token(database, ann, asked("read", days=7))
    database.clock.move(timedelta(days=6, hours=23))
    assert await accounts.by_token(database, made.token)
    database.clock.move(timedelta(hours=1, seconds=1))
    assert await accounts.by_token(database, made.token) is None


async def test_a_revoked_token_is_refused(database: Database) -> None:
    ann, _ = await sign_up(database)
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    made = await tokens.create_own_token(database, ann, asked("read"))
    for foreign in (made.id, new_id()):
        with pytest.raises(NotFound):
            await tokens.revoke_token(database, ben, foreign)
    await tokens.revoke_token(database, ann, made.id)
    assert await accounts.by_token(database, made.token) is None
    with pytest.raises(NotFound):
        await tokens.revoke_token(database, ann, made.id)


async def test_a_token_gives_no_more_than_its_maker_has(database: Database) -> None:
    ann, _ = await sign_up(database)
    root = await administrator(database)
    with pytest.raises(Invalid) as refused:
        await tokens.create_own_token(database, ann, asked("read", "admin"))
    assert codes(refused.value) == {"scopes": "scope_not_yours"}
    assert await tokens.create_own_token(database, root, asked("admin"))
    assert not (await by_new_token(database, root, "read", "write")).administrates


@pytest.mark.parametrize("days", [0, -1, 3651, 10**12])
async def test_wrong_terms_of_a_token_are_all_named(database: Database, days: int) -> None:
    ann, _ = await sign_up(database)
    with pytest.raises(Invalid) as refused:
        await tokens.create_own_token(database, ann, TokenRequest(name=" ", scopes=[], expires_in_days=days))
    assert codes(refused.value) == {"name": "required", "scopes": "required", "expires_in_days": "out_of_range"}


async def test_nobody_hoards_tokens(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "TOKENS", 1)
    ann, _ = await sign_up(database)
    await tokens.create_own_token(database, ann, asked("read"))
    with pytest.raises(Invalid) as refused:
        await tokens.create_own_token(database, ann, asked("read"))
    assert codes(refused.value) == {"name": "too_many"}


async def test_administrators_make_the_tokens_of_service_accounts_and_of_nobody_else(database: Database) -> None:
    root = await administrator(database)
    ann, _ = await sign_up(database)
    robot = await accounts.add_person(database, "robot@example.com", "Robot", ("service",))
    made = await tokens.create_service_token(database, root, robot.id, asked("read", "write"))
    found = await accounts.by_token(database, made.token)
    assert found is not None
    assert (found.person_id, found.roles) == (robot.id, {"service"})
    with pytest.raises(NotAServiceAccount):
        await tokens.create_service_token(database, root, ann.person_id, asked("read"))
    with pytest.raises(NotFound):
        await tokens.create_service_token(database, root, new_id(), asked("read"))
    for nobody in (ann, found, await by_new_token(database, root, "read", "write")):
        with pytest.raises(Forbidden):
            await tokens.create_service_token(database, nobody, robot.id, asked("read"))
        with pytest.raises(Forbidden):
            await tokens.list_tokens_of(database, nobody, robot.id)
        with pytest.raises(Forbidden):
            await tokens.revoke_token_of(database, nobody, robot.id, made.id)
    assert [each.id for each in await tokens.list_tokens_of(database, root, robot.id)] == [made.id]
    with pytest.raises(NotFound):
        await tokens.revoke_token_of(database, root, ann.person_id, made.id)
    await tokens.revoke_token_of(database, root, robot.id, made.id)
    assert await accounts.by_token(database, made.token) is None
