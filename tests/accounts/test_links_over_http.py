"""Forgotten passwords and confirmed addresses, over HTTP as the web app asks for them."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio

from estafette.base.database import Database
from tests.accounts.mails import last_secret, mailed
from tests.http import PASSWORD, WebServer, running

API = "/api/v1"
NEW = "another horse, another battery"


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """A web process on a fresh database."""
    async with running(dsn, tmp_path) as web_server:
        yield web_server


async def test_a_forgotten_password_is_replaced_and_signs_in(web_server: WebServer, database: Database) -> None:
    ann = await web_server.sign_up()
    await mailed(database)
    stranger = web_server.client(**{"Accept-Language": "fr"})
    known = await stranger.post(f"{API}/password-resets", json={"email": "ann@example.com"})
    unknown = await stranger.post(f"{API}/password-resets", json={"email": "nobody@example.com"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"null")
    assert known.headers.keys() == unknown.headers.keys()
    secret = await last_secret(database)

    short = await stranger.put(f"{API}/password-resets", json={"secret": "guess", "password": "short"})
    assert short.status_code == 422
    found = {each["field"]: (each["code"], each["message"]) for each in short.json()["errors"]}
    assert found["secret"] == ("link_ended", "Ce lien a déjà servi ou a expiré. Demandez-en un nouveau.")
    assert found["password"][0] == "too_short"

    answer = await stranger.put(f"{API}/password-resets", json={"secret": secret, "password": NEW})
    assert answer.status_code == 200
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert (await stranger.get(f"{API}/me")).json() == answer.json()
    assert answer.json()["email_confirmed"] is True
    assert (await ann.get(f"{API}/me")).status_code == 401, "her other sessions have ended"
    for password, status in ((PASSWORD, 401), (NEW, 201)):
        given = {"email": "ann@example.com", "password": password}
        assert (await web_server.client().post(f"{API}/sessions", json=given)).status_code == status


async def test_an_address_is_confirmed_by_its_account_and_by_nobody_else(
    web_server: WebServer, database: Database
) -> None:
    ann = await web_server.sign_up()
    await mailed(database)
    assert (await ann.get(f"{API}/me")).json()["email_confirmed"] is False
    again = await ann.post(f"{API}/me/email-confirmation")
    assert (again.status_code, again.content) == (202, b"null")
    secret = await last_secret(database)
    ben = await web_server.sign_up("Ben", "ben@example.com")
    for who, status, code in ((web_server.client(), 401, "unauthenticated"), (ben, 409, "link_for_another_account")):
        refused = await who.post(f"{API}/email-confirmations", json={"secret": secret})
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ann.get(f"{API}/me")).json()["email_confirmed"] is False
    for _ in range(2):
        answer = await ann.post(f"{API}/email-confirmations", json={"secret": secret})
        assert (answer.status_code, answer.json()) == (200, {"email": "ann@example.com"})
    assert (await ann.get(f"{API}/me")).json()["email_confirmed"] is True
    wrong = await ann.post(f"{API}/email-confirmations", json={"secret": "guess"})
    assert [(each["field"], each["code"]) for each in wrong.json()["errors"]] == [("secret", "link_ended")]


async def test_a_link_that_is_asked_for_again_with_the_same_key_is_mailed_once(
    web_server: WebServer, database: Database
) -> None:
    ann = await web_server.sign_up()
    await mailed(database)
    for _ in range(2):
        answer = await ann.post(f"{API}/me/email-confirmation", headers={"Idempotency-Key": "once"})
        assert answer.status_code == 202
    assert len(await mailed(database)) == 1
