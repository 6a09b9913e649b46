"""What somebody waits for with an Idempotency-Key holds up nobody else's keyed writes: no transaction is open then."""

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from estafette.accounts import passwords
from estafette.accounts.actions.password_resets import ANSWER_SECONDS
from estafette.accounts.store import people
from estafette.base.database import Database, Transaction
from estafette.base.group_commit import GroupCommit, in_a_transaction
from estafette.main.opening import WEB_CONNECTIONS
from estafette.web import gate
from tests.http import PASSWORD, WebServer
from tests.transactions import Watch
from tests.waiting import eventually

API = "/api/v1"
MANY = 2 * WEB_CONNECTIONS
RESETS = f"{API}/password-resets"


class HeldUp:
    """A wait that ends when the test says so."""

    def __init__(self) -> None:
        self.waiting = 0
        self._released = asyncio.Event()

    async def wait(self) -> None:
        self.waiting += 1
        await self._released.wait()

    def release(self) -> None:
        self._released.set()


@pytest.fixture
def held_up() -> HeldUp:
    return HeldUp()


async def keyed_writes_still_work(browser: httpx.AsyncClient) -> None:
    """A second person's view: they are answered while all the others wait."""
    answers = [
        await browser.patch(f"{API}/me", json={"name": f"Ben {number}"}, headers={"Idempotency-Key": f"b{number}"})
        for number in range(3)
    ]
    assert {answer.status_code for answer in answers} == {200}


async def test_a_hundred_forgotten_passwords_hold_up_nobody(
    web_server: WebServer, ann: httpx.AsyncClient, held_up: HeldUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def until_released(moment: float, send: Any) -> Any:
        async def send_then(message: Any) -> None:
            if message["type"] == "http.response.start":
                await held_up.wait()
            await send(message)

        return send_then

    monkeypatch.setattr(gate, "_not_before", until_released)
    ben = await web_server.sign_up("Ben", "ben@example.com")
    emails = ["ann@example.com", *(f"nobody{number}@example.com" for number in range(MANY - 1))]
    asked = [
        asyncio.create_task(ann.post(RESETS, json={"email": email}, headers={"Idempotency-Key": email}))
        for email in emails
    ]
    await eventually(lambda: held_up.waiting == MANY)
    await keyed_writes_still_work(ben)
    assert not any(each.done() for each in asked)
    held_up.release()
    assert {answer.status_code for answer in await asyncio.gather(*asked)} == {202}


async def test_a_queue_of_passwords_to_be_checked_holds_up_nobody(
    web_server: WebServer, ann: httpx.AsyncClient, held_up: HeldUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = await web_server.sign_up("Ben", "ben@example.com")
    fits = passwords.fits

    async def late(password: str, stored: str | None) -> bool:
        await held_up.wait()
        return await fits(password, stored)

    monkeypatch.setattr(passwords, "fits", late)
    given = {"current": PASSWORD, "new": "another horse, another battery"}
    asked = [
        asyncio.create_task(ann.put(f"{API}/me/password", json=given, headers={"Idempotency-Key": f"a{number}"}))
        for number in range(8)
    ]
    await eventually(lambda: held_up.waiting == len(asked))
    await keyed_writes_still_work(ben)
    held_up.release()
    # The first of them has changed the password.
    assert sorted(answer.status_code for answer in await asyncio.gather(*asked))[0] == 204


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "a"}], ids=["plain", "keyed"])
async def test_nobody_learns_from_the_time_of_the_answer_who_is_here(
    ann: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    for email in ("ann@example.com", "nobody@example.com"):
        key = {name: f"{value}{email}" for name, value in headers.items()}
        answer = await ann.post(RESETS, json={"email": email}, headers=key)
        assert answer.status_code == 202
        assert answer.elapsed.total_seconds() >= ANSWER_SECONDS


async def test_a_twin_that_comes_late_hears_of_the_first_and_not_of_what_it_did(
    ann: httpx.AsyncClient, held_up: HeldUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    get, looked = people.get, 0

    async def second_is_late(queries: Any, person_id: Any) -> Any:
        nonlocal looked
        looked += 1
        if looked == 2:
            await held_up.wait()
        return await get(queries, person_id)

    monkeypatch.setattr(people, "get", second_is_late)
    given = {"current": PASSWORD, "new": "another horse, another battery"}
    first, second = (
        asyncio.create_task(ann.put(f"{API}/me/password", json=given, headers={"Idempotency-Key": "a"}))
        for _ in range(2)
    )
    assert (await first).status_code == 204
    held_up.release()
    late = await second
    assert (late.status_code, late.json()["code"]) == (409, "credential_not_repeated"), "and not: a wrong password"


async def test_who_waits_inside_a_transaction_is_found(database: Database, watch: Watch) -> None:
    async def hash_them(transaction: Transaction, given: Sequence[str]) -> list[str]:
        return [await passwords.hashed(each) for each in given]

    await GroupCommit(in_a_transaction(database, hash_them)).put("correct horse")
    [found] = watch.take()
    assert "passwords.py" in found

    async def ask_elsewhere(transaction: Transaction, given: Sequence[str]) -> list[str]:
        return [await database.fetchval("SELECT $1::text", each) for each in given]

    await GroupCommit(in_a_transaction(database, ask_elsewhere)).put("correct horse")
    assert any("fetchval" in each for each in watch.take()), "who wants a second connection stands in a queue, too"


async def test_who_waits_for_a_statement_or_beside_a_transaction_is_not(database: Database, watch: Watch) -> None:
    async def ask(transaction: Transaction, given: Sequence[str]) -> list[str]:
        async with transaction.savepoint():
            await transaction.execute("SELECT 1")
        return [await transaction.fetchval("SELECT $1::text FROM pg_sleep(0.001)", each) for each in given]

    async with database.joined():
        await passwords.hashed("correct horse")
        assert await GroupCommit(in_a_transaction(database, ask)).put("correct horse") == "correct horse"
    assert watch.take() == []
