"""Writes with an Idempotency-Key: done once, answered as often as asked."""

import asyncio

import httpx
import pytest

from estafette.base.database import Database
from tests.http import PASSWORD, WebServer
from tests.waiting import PATIENCE

PROFILES = "/api/v1/me/contact-profiles"
WORK = {"label": "Work", "email": "ann@work.example"}


async def profiles(browser: httpx.AsyncClient) -> list[str]:
    return sorted(each["label"] for each in (await browser.get(PROFILES)).json()["items"])


async def test_a_retry_gets_the_first_answer(ann: httpx.AsyncClient) -> None:
    first = await ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    again = await ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first.headers["content-type"] == again.headers["content-type"]
    assert "idempotent-replay" not in first.headers
    assert again.headers["idempotent-replay"] == "true"
    assert len(await profiles(ann)) == 2


async def test_an_answer_without_a_body_is_repeated_too(ann: httpx.AsyncClient) -> None:
    made = (await ann.post(PROFILES, json=WORK)).json()
    answers = [await ann.delete(f"{PROFILES}/{made['id']}", headers={"Idempotency-Key": "d"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [204, 204]


async def test_a_key_that_was_used_for_something_else_is_refused(ann: httpx.AsyncClient) -> None:
    await ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    for answer in (
        await ann.post(PROFILES, json=WORK | {"label": "Home"}, headers={"Idempotency-Key": "a"}),
        await ann.post(f"{PROFILES}?x=1", json=WORK, headers={"Idempotency-Key": "a"}),
        await ann.patch("/api/v1/me", json=WORK, headers={"Idempotency-Key": "a"}),
    ):
        assert answer.status_code == 409
        assert answer.json()["code"] == "idempotency_key_reused"
    assert len(await profiles(ann)) == 2


async def test_twins_at_the_same_time_are_done_once(ann: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(
        *(ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"}) for _ in range(12))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replay" in answer.headers for answer in answers) == 11
    assert len(await profiles(ann)) == 2


async def test_a_refused_write_leaves_its_key_free(ann: httpx.AsyncClient) -> None:
    refused = await ann.post(PROFILES, json={"label": ""}, headers={"Idempotency-Key": "a"})
    assert refused.status_code == 422
    mended = await ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    assert mended.status_code == 201
    assert "idempotent-replay" not in mended.headers


async def test_a_refused_write_saves_nothing(ann: httpx.AsyncClient, database: Database) -> None:
    await ann.post(PROFILES, json={"label": "x" * 5_000}, headers={"Idempotency-Key": "a"})
    assert await database.fetchval("SELECT count(*) FROM idempotency_keys") == 0
    assert len(await profiles(ann)) == 1


async def test_keys_belong_to_whoever_uses_them(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    ben = await web_server.sign_up("Ben", "ben@example.com")
    mine = await ann.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    his = await ben.post(PROFILES, json=WORK, headers={"Idempotency-Key": "a"})
    assert his.status_code == 201
    assert mine.json()["id"] != his.json()["id"]


async def test_a_credential_is_shown_once_and_never_kept(ann: httpx.AsyncClient, database: Database) -> None:
    wanted = {"name": "script", "scopes": ["read"], "expires_in_days": None}
    first = await ann.post("/api/v1/tokens", json=wanted, headers={"Idempotency-Key": "t"})
    again = await ann.post("/api/v1/tokens", json=wanted, headers={"Idempotency-Key": "t"})
    assert first.status_code == 201
    assert again.status_code == 409
    assert again.json()["code"] == "credential_not_repeated"
    assert len((await ann.get("/api/v1/tokens")).json()["items"]) == 1
    kept = await database.fetch("SELECT body FROM idempotency_keys WHERE body IS NOT NULL")
    assert not any(first.json()["token"].encode() in row["body"] for row in kept)


async def test_signing_in_again_with_a_key_never_repeats_a_cookie(ann: httpx.AsyncClient) -> None:
    signed = {"email": "ann@example.com", "password": PASSWORD}
    first = await ann.post("/api/v1/sessions", json=signed, headers={"Idempotency-Key": "s"})
    again = await ann.post("/api/v1/sessions", json=signed, headers={"Idempotency-Key": "s"})
    assert "set-cookie" in first.headers
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there", "é"], ids=repr)
async def test_a_key_that_is_none_is_named(ann: httpx.AsyncClient, key: str) -> None:
    answer = await ann.post(PROFILES, json=WORK, headers=[(b"idempotency-key", key.encode())])
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_idempotency_key"
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"
    assert len(await profiles(ann)) == 1


async def test_many_different_keyed_writes_at_once_all_come_through(ann: httpx.AsyncClient) -> None:
    changes = [
        ann.patch("/api/v1/me", json={"name": f"Ann {number}"}, headers={"Idempotency-Key": f"k{number}"})
        for number in range(40)
    ]
    async with asyncio.timeout(PATIENCE):
        answers = await asyncio.gather(*changes)
    assert {answer.status_code for answer in answers} == {200}
