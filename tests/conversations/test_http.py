"""Groups and channels over HTTP: the kinds in the answers, their errors, and an invitation of many."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import uuid4

import httpx
import pytest_asyncio

from estafette import accounts
from estafette.base.database import Database
from tests.http import WebServer

API = "/api/v1"


@pytest_asyncio.fixture
async def gina(web_server: WebServer, database: Database) -> AsyncGenerator[httpx.AsyncClient, None]:
    """Gina, an employee, by a token."""
    async with web_server.client(await employed(database, "Gina")) as client:
        yield client


async def employed(database: Database, name: str) -> str:
    """The token of a new employee."""
    person = await accounts.add_person(database, f"{name.lower()}@example.com", name, ("employee",))
    return await accounts.create_token(database, person.id, "test", ("read", "write"))


async def made(client: httpx.AsyncClient, **given: Any) -> dict[str, Any]:
    """A new group or channel."""
    answer = await client.post(f"{API}/groups", json=given)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_channel_says_of_which_kind_it_is_and_what_one_is_in_it(gina: httpx.AsyncClient) -> None:
    channel = await made(gina, kind="channel", name="  News  of\tthe house ", purpose="What is new", is_open=True)
    assert (channel["kind"], channel["name"], channel["my_role"], channel["my_level"]) == (
        "channel",
        "News of the house",
        "owner",
        "mentions",
    )
    assert "counterpart" not in channel
    renamed = await gina.patch(f"{API}/conversations/{channel['id']}", json={"name": "Newspaper"})
    assert renamed.json()["name"] == "Newspaper"
    [listed] = (await gina.get(f"{API}/conversations", params={"kind": "channel"})).json()["items"]
    assert listed["id"] == channel["id"]
    assert (await gina.get(f"{API}/conversations", params={"kind": "group"})).json()["items"] == []


async def test_channels_and_members_are_listed_page_by_page(
    gina: httpx.AsyncClient, web_server: WebServer, database: Database
) -> None:
    for name in ("Ärger", "Beta", "Alpha"):
        await made(gina, kind="channel", name=name, is_open=True)
    async with web_server.client(await employed(database, "Hugo")) as hugo:
        first = (await hugo.get(f"{API}/channels", params={"limit": 2})).json()
        rest = (await hugo.get(f"{API}/channels", params={"limit": 2, "cursor": first["next"]})).json()
        assert [each["name"] for each in (*first["items"], *rest["items"])] == ["Alpha", "Ärger", "Beta"]
        assert rest["next"] is None
        place = first["items"][0]["id"]
        assert (await hugo.put(f"{API}/conversations/{place}/members/me")).status_code == 200
        members = (await hugo.get(f"{API}/conversations/{place}/members", params={"limit": 1})).json()
        others = (
            await hugo.get(f"{API}/conversations/{place}/members", params={"limit": 1, "cursor": members["next"]})
        ).json()
        assert [each["person"]["name"] for each in (*members["items"], *others["items"])] == ["Gina", "Hugo"]
    for cursor in ("x", "W10"):
        assert (await gina.get(f"{API}/channels", params={"cursor": cursor})).status_code == 422


async def test_twenty_thousand_are_invited_in_one_request_and_one_more_is_too_many(gina: httpx.AsyncClient) -> None:
    group = await made(gina, kind="group", name="Everybody")
    for count, code in ((20_000, "not_an_employee"), (20_001, "too_many")):
        people = [str(uuid4()) for _ in range(count)]
        answer = await gina.post(f"{API}/conversations/{group['id']}/members", json={"people": people})
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"][0]["code"] == code


async def test_what_is_missing_or_unknown_is_named(gina: httpx.AsyncClient) -> None:
    for body, field in (({"kind": "group"}, "name"), ({"kind": "club", "name": "x"}, "kind")):
        answer = await gina.post(f"{API}/groups", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert (await gina.get(f"{API}/channels", params={"q": "x" * 201})).status_code == 422
