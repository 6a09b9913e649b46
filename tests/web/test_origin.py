"""What other sites make a browser send is refused; programs with tokens are not browsers."""

import httpx
import pytest

from estafette.base.database import Database
from tests.http import PASSWORD, WebServer
from tests.web.test_who_asks import token_of

OWN = [
    {"Origin": "http://127.0.0.1:8000"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Host": "talk.example.org", "Origin": "https://talk.example.org"},
    {},
]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8001"},
    {"Origin": "https://127.0.0.1:8000.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
]


def cookie(browser: httpx.AsyncClient) -> dict[str, str]:
    return {"Cookie": f"estafette_session={browser.cookies['estafette_session']}"}


@pytest.mark.parametrize("headers", OWN, ids=str)
async def test_our_own_pages_may_write(web_server: WebServer, ann: httpx.AsyncClient, headers: dict[str, str]) -> None:
    async with web_server.client(origin=None) as browser:
        answer = await browser.patch("/api/v1/me", json={"name": "Anna"}, headers=headers | cookie(ann))
    assert answer.status_code == 200


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_other_sites_may_not_write(
    web_server: WebServer, ann: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    async with web_server.client(origin=None) as browser:
        answer = await browser.patch("/api/v1/me", json={"name": "Anna"}, headers=headers | cookie(ann))
        assert answer.status_code == 403
        assert answer.json()["code"] == "cross_site"
        assert (await browser.get("/api/v1/me", headers=headers | cookie(ann))).json()["name"] == "Ann"


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_other_sites_may_not_sign_anybody_in(
    web_server: WebServer, ann: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    async with web_server.client(origin=None) as browser:
        signed = {"email": "ann@example.com", "password": PASSWORD}
        answer = await browser.post("/api/v1/sessions", json=signed, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_a_bearer_token_needs_no_origin(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient
) -> None:
    async with web_server.client(await token_of(database, "ann@example.com")) as program:
        answer = await program.patch(
            "/api/v1/me", json={"name": "Anna"}, headers={"Origin": "https://elsewhere.example"}
        )
    assert answer.status_code == 200


async def test_no_other_site_may_read_our_answers(web_server: WebServer) -> None:
    async with web_server.client(origin=None) as browser:
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        answers = [
            await browser.options("/api/v1/me", headers=asked),
            await browser.get("/api/v1/instance", headers={"Origin": "https://evil.example"}),
        ]
    assert all("access-control-allow-origin" not in answer.headers for answer in answers)
