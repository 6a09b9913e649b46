"""Accounts as the web app and programs meet them: over HTTP, through the whole edge."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from estafette import accounts
from estafette.accounts.actions import sessions
from estafette.base.database import Database
from estafette.base.ids import new_id
from tests.accounts.people import confirm
from tests.http import ORIGIN, PASSWORD, WebServer, running
from tests.waiting import eventually

API = "/api/v1"
ME = {
    "id",
    "name",
    "email",
    "email_confirmed",
    "pending_email",
    "phone",
    "language",
    "time_zone",
    "picture",
    "roles",
    "partners",
    "has_password",
}


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """A web process on a fresh database."""
    async with running(dsn, tmp_path) as web_server:
        yield web_server


async def root_of(web_server: WebServer, database: Database) -> httpx.AsyncClient:
    """The browser of an administrator."""
    await accounts.add_person(database, "root@example.com", "Root", ("administrator",), PASSWORD)
    browser = web_server.client()
    answer = await browser.post(f"{API}/sessions", json={"email": "root@example.com", "password": PASSWORD})
    assert answer.status_code == 201
    return browser


def wrong(answer: httpx.Response) -> dict[str, str]:
    """The wrong fields of a refusal and why."""
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert all(each["message"] for each in answer.json()["errors"])
    return {each["field"]: each["code"] for each in answer.json()["errors"]}


async def test_the_first_run_makes_an_administrator(web_server: WebServer, database: Database) -> None:
    stranger = web_server.client()
    assert (await stranger.get(f"{API}/instance")).json()["setup_needed"] is True
    given = {"name": "Root", "email": "root@example.com", "password": PASSWORD, "language": "fr", "time_zone": "UTC"}
    assert wrong(await stranger.post(f"{API}/setup", json={**given, "code": "guess"})) == {"code": "wrong_code"}
    code = await accounts.setup_code(database)
    answer = await stranger.post(f"{API}/setup", json={**given, "code": code})
    assert answer.status_code == 201
    assert set(answer.json()) == ME
    assert (await stranger.get(f"{API}/me")).json()["roles"] == ["administrator"]
    assert (await stranger.get(f"{API}/instance")).json()["setup_needed"] is False
    again = await web_server.client().post(f"{API}/setup", json={**given, "code": code})
    assert (again.status_code, again.json()["code"]) == (409, "setup_done")


async def test_signing_up_sets_a_cookie_out_of_reach_of_scripts(web_server: WebServer) -> None:
    browser = web_server.client()
    answer = await browser.post(
        f"{API}/sign-up", json={"name": "Ann", "email": "ann@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert PASSWORD not in answer.text
    assert (await browser.get(f"{API}/me")).json() == answer.json()


async def test_signing_in_and_out(web_server: WebServer) -> None:
    await web_server.sign_up()
    browser = web_server.client(**{"Accept-Language": "ru"})
    for email, password in (("ann@example.com", "wrong password"), ("nobody@example.com", PASSWORD)):
        answer = await browser.post(f"{API}/sessions", json={"email": email, "password": password})
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
        assert answer.json()["detail"] == "Неверный адрес эл. почты или пароль."
        assert "set-cookie" not in answer.headers
    answer = await browser.post(f"{API}/sessions", json={"email": " ANN@example.com", "password": PASSWORD})
    assert answer.status_code == 201
    assert (await browser.get(f"{API}/me")).status_code == 200
    kept = dict(browser.cookies)
    answer = await browser.delete(f"{API}/sessions/current")
    assert (answer.status_code, answer.content) == (204, b"")
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert (await browser.get(f"{API}/me")).status_code == 401
    thief = web_server.client()
    thief.cookies.update(kept)
    assert (await thief.get(f"{API}/me")).status_code == 401


async def test_too_many_attempts_are_told_how_long_to_wait(
    web_server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "WRONG_ONES", 1)
    browser = web_server.client()
    given = {"email": "ann@example.com", "password": PASSWORD}
    assert (await browser.post(f"{API}/sessions", json=given)).status_code == 401
    answer = await browser.post(f"{API}/sessions", json=given)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 0 < int(answer.headers["retry-after"]) <= sessions.SIGN_IN_SECONDS


async def test_sessions_are_listed_and_a_revoked_one_is_refused_at_once(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    phone = web_server.client(**{"User-Agent": "Phone"})
    await phone.post(f"{API}/sessions", json={"email": "ann@example.com", "password": PASSWORD})
    assert (await phone.get(f"{API}/me")).status_code == 200
    listed = (await ann.get(f"{API}/sessions")).json()
    assert listed["next"] is None
    assert set(listed["items"][0]) == {"id", "created_at", "last_seen_at", "address", "user_agent", "current"}
    assert listed["items"][0]["created_at"].endswith("Z")
    (other,) = [each for each in listed["items"] if not each["current"]]
    assert (other["user_agent"], other["address"]) == ("Phone", "127.0.0.1")
    ben = await web_server.sign_up("Ben", "ben@example.com")
    for id_ in (other["id"], str(new_id()), "not-an-id"):
        assert (await ben.delete(f"{API}/sessions/{id_}")).status_code == 404
    assert (await ann.delete(f"{API}/sessions/{other['id']}")).status_code == 204
    assert (await phone.get(f"{API}/me")).status_code == 401
    assert (await ann.get(f"{API}/me")).status_code == 200


async def test_another_password_ends_the_other_sessions_at_once(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    phone = web_server.client()
    await phone.post(f"{API}/sessions", json={"email": "ann@example.com", "password": PASSWORD})
    short = await ann.put(f"{API}/me/password", json={"current": PASSWORD, "new": "short"})
    assert wrong(short) == {"new": "too_short"}
    guess = await ann.put(f"{API}/me/password", json={"current": "wrong password", "new": "another password"})
    assert wrong(guess) == {"current": "wrong_password"}
    answer = await ann.put(f"{API}/me/password", json={"current": PASSWORD, "new": "another password"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await phone.get(f"{API}/me")).status_code == 401
    assert (await ann.get(f"{API}/me")).status_code == 200


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"name": "required", "email": "required", "password": "required"}),
        ({"name": 1, "email": None, "password": []}, dict.fromkeys(("name", "email", "password"), "wrong_type")),
        (
            {"name": "n" * 121, "email": "e" * 255, "password": "p" * 201},
            dict.fromkeys(("name", "email", "password"), "too_long"),
        ),
        ({"name": "Ann", "email": "ann@example.com", "password": PASSWORD, "roles": ["x"]}, {"roles": "unknown_field"}),
        ({"name": "a\0", "email": "\0@b.c", "password": "x"}, {"name": "forbidden_character"}),
        (
            {"name": "Ann", "email": "ann@example.com", "password": PASSWORD, "language": "de"},
            {"language": "wrong_type"},
        ),
    ],
)
async def test_a_wrong_sign_up_names_each_wrong_field(
    web_server: WebServer, body: dict[str, Any], fields: dict[str, str]
) -> None:
    found = wrong(await web_server.client().post(f"{API}/sign-up", json=body))
    assert fields.items() <= found.items()
    taken = await web_server.client().get(f"{API}/me")
    assert taken.status_code == 401


async def test_a_profile_is_changed_and_scripts_in_it_stay_text(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    script = "<script>alert(1)</script>"
    answer = await ann.patch(f"{API}/me", json={"name": script, "phone": "+33 6 12 34 56 78", "language": "pt"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert (answer.json()["name"], answer.json()["phone"]) == (script, "+33612345678")
    assert (await ann.patch(f"{API}/me", json={"phone": None})).json()["phone"] is None
    assert (await ann.patch(f"{API}/me", json={})).json()["language"] == "pt"
    answer = await ann.patch(f"{API}/me", json={"name": None, "email": "x", "roles": ["administrator"], "picture": "y"})
    assert {"roles": "unknown_field", "name": "wrong_type", "picture": "wrong_type"}.items() <= wrong(answer).items()
    unknown = await ann.patch(f"{API}/me", json={"picture": str(new_id())})
    assert set(wrong(unknown)) == {"picture"}


async def test_contact_profiles_come_and_go(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    (first,) = (await ann.get(f"{API}/me/contact-profiles")).json()["items"]
    assert set(first) == {"id", "label", "email", "phone", "is_default"}
    added = await ann.post(f"{API}/me/contact-profiles", json={"label": "Work", "email": "work@example.com"})
    assert (added.status_code, added.json()["is_default"]) == (201, False)
    path = f"{API}/me/contact-profiles/{added.json()['id']}"
    assert (await ann.patch(path, json={"phone": "+442079460958"})).json()["phone"] == "+442079460958"
    ben = await web_server.sign_up("Ben", "ben@example.com")
    assert (await ben.patch(path, json={"label": "Mine"})).status_code == 404
    refused = await ann.delete(f"{API}/me/contact-profiles/{first['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "default_profile_stays")
    assert (await ann.delete(path)).status_code == 204
    assert (await ann.delete(path)).status_code == 404


async def test_a_token_is_shown_once_even_when_its_request_is_repeated(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    body = {"name": "Export", "scopes": ["read"], "expires_in_days": 30}
    key = {"Idempotency-Key": "once"}
    made = await ann.post(f"{API}/tokens", json=body, headers=key)
    assert made.status_code == 201
    again = await ann.post(f"{API}/tokens", json=body, headers=key)
    assert (again.status_code, again.json()["code"]) == (409, "credential_not_repeated")
    (listed,) = (await ann.get(f"{API}/tokens")).json()["items"]
    assert set(listed) == {"id", "name", "scopes", "created_at", "expires_at", "last_used_at"}
    program = web_server.client(made.json()["token"])
    assert (await program.get(f"{API}/me")).json()["name"] == "Ann"
    assert (await program.patch(f"{API}/me", json={"name": "Eve"})).status_code == 403
    assert (await ann.delete(f"{API}/tokens/{listed['id']}")).status_code == 204
    assert (await program.get(f"{API}/me")).status_code == 401


async def test_administrators_add_people_partners_and_tokens_of_robots(
    web_server: WebServer, database: Database
) -> None:
    root = await root_of(web_server, database)
    ann = await web_server.sign_up()
    robot = await root.post(
        f"{API}/people", json={"name": "Robot", "email": "robot@example.com", "password": None, "roles": ["service"]}
    )
    assert robot.status_code == 201
    assert {"id", "name", "email", "phone", "language", "roles", "partners", "created_at"} <= set(robot.json())
    path = f"{API}/people/{robot.json()['id']}/tokens"
    assert (await ann.post(path, json={"name": "x", "scopes": ["read"]})).status_code == 403
    made = await root.post(path, json={"name": "x", "scopes": ["read", "write"]})
    program = web_server.client(made.json()["token"])
    assert (await program.get(f"{API}/me")).json()["has_password"] is False

    assert (await ann.get(f"{API}/people")).status_code == 403
    assert (await ann.post(f"{API}/partners", json={"name": "Mine"})).status_code == 403
    found = (await root.get(f"{API}/people", params={"q": "rob", "role": "service", "limit": 1})).json()
    assert [each["name"] for each in found["items"]] == ["Robot"]
    for params in ({"limit": "0"}, {"limit": "x"}, {"role": "king"}, {"cursor": "rubbish"}):
        assert 400 <= (await root.get(f"{API}/people", params=params)).status_code < 500, params

    me = (await ann.get(f"{API}/me")).json()
    changed = await root.patch(f"{API}/people/{me['id']}", json={"disabled": True})
    assert changed.json()["disabled_at"].endswith("Z")
    assert (await ann.get(f"{API}/me")).status_code == 401
    last = await root.patch(f"{API}/people/{(await root.get(f'{API}/me')).json()['id']}", json={"roles": []})
    assert (last.status_code, last.json()["code"]) == (409, "last_administrator")


async def test_a_storefront_is_public_and_its_owner_changes_it(web_server: WebServer, database: Database) -> None:
    root = await root_of(web_server, database)
    claire = await web_server.sign_up("Claire", "claire@example.com")
    await confirm(database, "claire@example.com")
    ann = await web_server.sign_up()
    made = await root.post(f"{API}/partners", json={"name": "Château", "owner_email": "claire@example.com"})
    assert made.status_code == 201
    id_ = made.json()["id"]
    path = f"{API}/partners/{id_}"
    hours = [{"day": 0, "opens": "09:00", "closes": "18:00"}]
    changed = await claire.patch(
        path, json={"tagline": "Gardens", "website": "https://vaux.example", "opening_hours": hours, "city": None}
    )
    assert changed.status_code == 200
    assert set(changed.json()["confirmation_texts"]) == {"en", "fr", "pt", "ru"}
    stranger = web_server.client()
    public = (await stranger.get(path)).json()
    assert set(public) == {
        *("id", "name", "tagline", "description", "picture", "cover", "city", "website"),
        *("time_zone", "opening_hours", "open_now"),
    }
    assert public["opening_hours"] == hours
    listed = (await stranger.get(f"{API}/partners", params={"q": "chateau"})).json()["items"]
    assert listed == [{"id": id_, "name": "Château", "tagline": "Gardens", "picture": None}]
    assert wrong(await claire.patch(path, json={"website": "javascript:alert(1)"})) == {"website": "website_invalid"}
    assert "opening_hours[0].closes" in wrong(
        await claire.patch(path, json={"opening_hours": [{"day": 0, "opens": "09:00", "closes": "x"}]})
    )
    assert wrong(await claire.patch(path, json={"opening_hours": [{"day": 0, "opens": "09:00"}]}))
    for foreign in (path, f"{API}/partners/{new_id()}"):
        refused = await ann.patch(foreign, json={"name": "Mine"})
        assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert (await claire.get(f"{API}/me")).json()["partners"] == [
        {"id": id_, "name": "Château", "picture": None, "role": "owner"}
    ]


async def test_members_come_and_go_and_the_last_owner_stays(web_server: WebServer, database: Database) -> None:
    claire = await web_server.sign_up("Claire", "claire@example.com")
    denis = await web_server.sign_up("Denis", "denis@example.com")
    await confirm(database, "denis@example.com")
    chateau = (await accounts.make_partner(database, "Château")).id
    owner = UUID((await claire.get(f"{API}/me")).json()["id"])
    await accounts.add_member(database, chateau, owner, "owner")
    path = f"{API}/partners/{chateau}/members"
    # Another process made her an owner: this one hears of it by the bus, soon.

    async def is_let_in() -> bool:
        return (await claire.get(path)).status_code == 200

    await eventually(is_let_in)
    added = await claire.put(path, json={"email": "denis@example.com", "role": "member"})
    assert added.status_code == 200
    assert (added.json()["person"]["name"], added.json()["role"]) == ("Denis", "member")
    listed = (await denis.get(path)).json()["items"]
    assert [(each["person"]["name"], each["email"]) for each in listed] == [
        ("Claire", None),
        ("Denis", "denis@example.com"),
    ]
    invited = await claire.put(path, json={"email": "nobody@example.com", "role": "member"})
    assert (invited.status_code, invited.json()["mailed_at"]) == (202, None)
    waiting = f"{API}/partners/{chateau}/invitations"
    assert (await claire.get(waiting)).json() == {"items": [invited.json()], "carries_mail": False, "next": None}
    assert (await claire.delete(f"{waiting}/{invited.json()['id']}")).status_code == 204
    assert (await claire.get(waiting)).json()["items"] == []
    refused = await claire.delete(f"{path}/{owner}")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await denis.delete(f"{path}/{owner}")).status_code == 403
    assert (await claire.delete(f"{path}/{added.json()['person']['id']}")).status_code == 204
    assert (await denis.get(path)).status_code == 404


async def test_another_site_cannot_sign_anybody_out(web_server: WebServer) -> None:
    ann = await web_server.sign_up()
    answer = await ann.delete(f"{API}/sessions/current", headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
    assert (await ann.get(f"{API}/me", headers={"Origin": ORIGIN})).status_code == 200
