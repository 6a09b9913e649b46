"""Webhooks over HTTP: set up by programs and administrators, each their own, and told of deliveries as they go."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from estafette import accounts, deliveries, webhooks
from estafette.accounts import Role
from estafette.base.database import Database
from estafette.base.outgoing import Outgoing
from estafette.base.vault import open_vault
from estafette.main.transport_environment import transport_environment
from estafette.webhooks.models import EVENTS
from tests.http import WebServer, running
from tests.waiting import eventually
from tests.webhooks.receiver import Receiver, receiving
from tests.world import sign_in

PATH = "/api/v1/webhooks"


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """A server that may call into private networks, as tests have to."""
    async with running(dsn, tmp_path, private_addresses=True) as web_server:
        yield web_server


@pytest_asyncio.fixture
async def receiver() -> AsyncGenerator[Receiver, None]:
    async with receiving() as receiver:
        yield receiver


async def program(web_server: WebServer, database: Database, name: str, role: Role = "service") -> httpx.AsyncClient:
    """The client of a new account."""
    who = await sign_in(database, f"{name.lower()}@example.com", name, role)
    return web_server.client(await accounts.create_token(database, who.person_id, "test", ("read", "write")))


@pytest_asyncio.fixture
async def robot(web_server: WebServer, database: Database) -> httpx.AsyncClient:
    return await program(web_server, database, "Robot")


async def items(client: httpx.AsyncClient, path: str = PATH) -> list[dict[str, Any]]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_the_secret_is_shown_once_and_lies_encrypted(robot: httpx.AsyncClient, database: Database) -> None:
    made = (await robot.post(PATH, json={"url": "https://example.com/told"}, headers={"Idempotency-Key": "k"})).json()
    assert made["secret"].startswith("whsec_")
    assert (made["events"], made["enabled"], made["failures"]) == ([*EVENTS], True, 0)
    [listed] = await items(robot)
    assert listed == {name: value for name, value in made.items() if name != "secret"}
    again = await robot.post(PATH, json={"url": "https://example.com/told"}, headers={"Idempotency-Key": "k"})
    assert (again.status_code, again.json()["code"]) == (409, "credential_not_repeated")
    row = await database.fetchrow("SELECT * FROM webhooks")
    assert made["secret"][6:] not in str(dict(row or {}))


async def test_it_is_changed_switched_off_and_on_and_removed(robot: httpx.AsyncClient) -> None:
    path = f"{PATH}/{(await robot.post(PATH, json={'url': 'https://example.com/told'})).json()['id']}"
    changed = (await robot.patch(path, json={"url": "https://example.org/else"})).json()
    assert (changed["url"], changed["enabled"]) == ("https://example.org/else", True)
    off = (await robot.patch(path, json={"enabled": False})).json()
    assert (off["enabled"], off["disabled_at"] is None) == (False, False)
    on = (await robot.patch(path, json={"enabled": True})).json()
    assert (on["enabled"], on["disabled_at"], on["url"]) == (True, None, "https://example.org/else")
    assert (await robot.delete(path)).status_code == 204
    assert (await robot.delete(path)).status_code == 404
    assert await items(robot) == []


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"url": "required"}),
        ({"url": "ftp://example.com"}, {"url": "webhook_url_invalid"}),
        ({"url": "https://user:word@example.com"}, {"url": "webhook_url_invalid"}),
        ({"url": "https://"}, {"url": "webhook_url_invalid"}),
        ({"url": "https://exa mple.com"}, {"url": "webhook_url_invalid"}),
        ({"url": "https://example.com/" + "x" * 2_000}, {"url": "too_long"}),
        ({"url": 5}, {"url": "wrong_type"}),
        ({"url": "https://example.com", "events": []}, {"events": "required"}),
        ({"url": "https://example.com", "events": ["coffee.ready"]}, {"events[0]": "wrong_type"}),
        ({"url": "https://example.com", "secret": "mine"}, {"secret": "unknown_field"}),
    ],
)
async def test_every_wrong_field_is_named(
    robot: httpx.AsyncClient, given: dict[str, Any], wrong: dict[str, str]
) -> None:
    answer = await robot.post(PATH, json=given)
    assert answer.status_code == 422, answer.text
    assert {each["field"]: each["code"] for each in answer.json()["errors"]} == wrong


@pytest.mark.parametrize("url", ["http://example.com", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/x"])
async def test_private_addresses_and_plain_http_need_the_operators_leave(
    dsn: str, tmp_path: Path, database: Database, url: str
) -> None:
    async with running(dsn, tmp_path) as closed:
        robot = await program(closed, database, "Robot")
        assert (await robot.post(PATH, json={"url": url})).status_code == 422
        path = f"{PATH}/{(await robot.post(PATH, json={'url': 'https://example.com/'})).json()['id']}"
        assert (await robot.patch(path, json={"url": url})).status_code == 422


async def test_there_are_twenty_at_most(robot: httpx.AsyncClient) -> None:
    for _ in range(20):
        assert (await robot.post(PATH, json={"url": "https://example.com/told"})).status_code == 201
    answer = await robot.post(PATH, json={"url": "https://example.com/told"})
    assert answer.json()["errors"][0]["code"] == "too_many_webhooks"


async def test_one_account_never_sees_anothers_webhooks(
    web_server: WebServer, database: Database, robot: httpx.AsyncClient
) -> None:
    id_ = (await robot.post(PATH, json={"url": "https://example.com/told"})).json()["id"]
    for other in (
        await program(web_server, database, "Other"),
        await program(web_server, database, "Root", "administrator"),
    ):
        assert await items(other) == []
        for method, path, body in (
            ("PATCH", "", {"enabled": False}),
            ("DELETE", "", None),
            ("GET", "/calls", None),
            ("POST", "/test", None),
        ):
            foreign = await other.request(method, f"{PATH}/{id_}{path}", json=body)
            unknown = await other.request(method, f"{PATH}/01a1fb29-8ac8-7419-b188-c4253e01449e{path}", json=body)
            assert foreign.status_code == 404
            assert foreign.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}
    [kept] = await items(robot)
    assert kept["enabled"]


async def test_webhooks_are_for_those_who_send(web_server: WebServer, database: Database) -> None:
    ann = await program(web_server, database, "Ann", "customer")
    assert (await ann.get(PATH)).status_code == 403
    assert (await ann.post(PATH, json={"url": "https://example.com/told"})).status_code == 403


async def test_a_delivery_tells_each_of_its_steps_in_order_of_its_numbers(
    web_server: WebServer, database: Database, robot: httpx.AsyncClient, receiver: Receiver, tmp_path: Path
) -> None:
    made = (await robot.post(PATH, json={"url": f"{receiver.url}/told"})).json()
    tried = (await robot.post(f"{PATH}/{made['id']}/test")).json()
    assert (tried["event"], tried["state"]) == ("webhook.test", "waiting")
    vault, stop = open_vault(tmp_path), asyncio.Event()

    async def all_are_answered() -> bool:
        return [each["state"] for each in await items(robot, f"{PATH}/{made['id']}/calls")] == ["answered"] * 3

    await deliveries.make_gateway(
        database, vault, deliveries.GatewayInput(name="Folder", transport="folder", channels=["sms"])
    )
    async with Outgoing(private_addresses=True) as outgoing:
        work = asyncio.gather(
            webhooks.run_webhooks(database, vault, outgoing, stop),
            deliveries.run_dispatch(database, vault, transport_environment(web_server.settings), stop),
        )
        body = {"channel": "sms", "to": "+33612345678", "text": "A secret between us"}
        sent = (await robot.post("/api/v1/deliveries", json=body)).json()
        told = [each.verified(made["secret"]) for each in await receiver.until(3)]
        await eventually(all_are_answered)
        stop.set()
        await work
    changes = [each["data"] for each in told if each["type"] == "delivery.status_changed"]
    changes.sort(key=lambda each: each["sequence"])
    assert [(each["sequence"], each["status"], each["public_status"]) for each in changes] == [
        (1, "SENT", "SENT"),
        (2, "DELIVERED", "DELIVERED"),
    ]
    assert {each["delivery"] for each in changes} == {sent["id"]}
    assert "secret" not in str(changes)
    assert [each["data"] for each in told if each["type"] == "webhook.test"] == [{"webhook": made["id"]}]
    calls = await items(robot, f"{PATH}/{made['id']}/calls")
    assert len(calls) == 3
    page = (await robot.get(f"{PATH}/{made['id']}/calls?limit=2")).json()
    rest = (await robot.get(f"{PATH}/{made['id']}/calls?limit=2&cursor={page['next']}")).json()
    assert [each["id"] for each in page["items"] + rest["items"]] == [each["id"] for each in calls]
    assert rest["next"] is None
