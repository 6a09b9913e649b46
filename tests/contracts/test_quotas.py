"""Who has used up the day is told so in the words of each interface, and others go on."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from estafette import accounts
from estafette.accounts import SignedIn
from tests.contact_requests.scene import make_scene
from tests.contracts.asking import body
from tests.http import WebServer, running
from tests.world import World, sign_in

# They count by days.
pytestmark = pytest.mark.usefixtures("noon")

TEXT = {"message": "Your table is booked.", "from": "Chateau", "to": 33612345678, "type": "SMS"}


@pytest_asyncio.fixture
async def web_server(world: World, dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    """A web process where a person has two messages and three kilobytes a day, and an account one delivery."""
    async with running(dsn, tmp_path, daily_messages=2, daily_deliveries=1, daily_megabytes=1) as web_server:
        yield web_server


async def client(web_server: WebServer, world: World, who: SignedIn) -> httpx.AsyncClient:
    return web_server.client(
        await accounts.create_token(world.database, who.person_id, "test", ("read", "write", "admin"))
    )


def told(answer: httpx.Response) -> object:
    assert answer.status_code == 429, answer.text
    assert 0 < int(answer.headers["retry-after"]) <= 86_400
    return answer.json()


async def test_the_native_interface_and_d5(web_server: WebServer, world: World) -> None:
    async with await client(web_server, world, world.ann) as ann, await client(web_server, world, world.ben) as ben:
        partner = str(world.chateau)
        said = {"partnerId": partner, "content": "Bonjour"}
        sent, again = [await ann.post("/api/messages", json=said) for _ in range(2)]
        assert (sent.status_code, again.status_code) == (201, 201)
        place = sent.json()["conversationId"]
        problem = told(await ann.post(f"/api/v1/conversations/{place}/messages", json={"text": "More"}))
        assert isinstance(problem, dict)
        assert (problem["code"], problem["status"]) == ("quota_exceeded", 429)
        told(await ann.post("/api/v1/conversations", json={"partner_id": partner, "text": "More"}))
        answer = told(await ann.post("/api/messages", json={"partnerId": partner, "content": "Encore"}))
        assert isinstance(answer, dict)
        assert answer.keys() == {"error"}
        used = (await ann.get("/api/v1/me/usage")).json()
        assert used["messages"] == {"used": 2, "limit": 2}
        assert used["bytes"] == {"used": 14, "limit": 1_000_000}
        told(await ann.post("/api/v1/files", params={"name": "a.bin"}, content=bytes(1_000_000)))
        assert (await ben.post("/api/messages", json={"partnerId": partner, "content": "Hello"})).status_code == 201


async def test_d1(web_server: WebServer, world: World) -> None:
    scene = await make_scene(world)
    asked = body(scene.wedding)
    async with (
        await client(web_server, world, world.ann) as ann,
        await client(web_server, world, world.claire) as claire,
    ):
        left = [await ann.post("/v1/contact-requests", json=asked) for _ in range(2)]
        assert [each.status_code for each in left] == [201, 201]
        refused = await ann.post("/v1/contact-requests", json=asked)
        problem = told(refused)
        assert isinstance(problem, dict)
        assert refused.headers["content-type"] == "application/problem+json"
        assert (problem["code"], problem["status"], "errors" in problem) == ("quota_exceeded", 429, False)
        # What is wrong is told all the same.
        assert (await ann.post("/v1/contact-requests", json=asked | {"ad": "?"})).status_code == 422
        count = await claire.get(f"/v1/advertisers/{world.chateau}/contact-requests/count")
        assert count.json()["count"] == 2
        assert (await ann.get("/api/v1/me/usage")).json()["messages"] == {"used": 2, "limit": 2}


async def test_edits_and_answers_to_contact_requests(web_server: WebServer, world: World) -> None:
    scene = await make_scene(world)
    async with (
        await client(web_server, world, world.ann) as ann,
        await client(web_server, world, world.claire) as claire,
    ):
        said = (await ann.post("/api/messages", json={"partnerId": str(world.chateau), "content": "Helo"})).json()
        path = f"/api/v1/conversations/{said['conversationId']}/messages/{said['id']}"
        assert (await ann.patch(path, json={"text": "Hello"})).status_code == 200
        problem = told(await ann.patch(path, json={"text": "Hello!"}))
        assert isinstance(problem, dict)
        assert problem["code"] == "quota_exceeded"
        requests = [await scene.ask(world.ben) for _ in range(3)]
        answers = [f"/api/v1/partners/{world.chateau}/contact-requests/{each.id}/conversation" for each in requests]
        for each in answers[:2]:
            assert (await claire.post(each, json={"text": "Good morning"})).status_code == 201
        told(await claire.post(answers[2], json={"text": "Good morning"}))


async def test_d2(web_server: WebServer, world: World) -> None:
    service = await sign_in(world.database, "robot@example.com", "Robot", "service")
    async with await client(web_server, world, service) as robot:
        assert (await robot.post("/messages", json=TEXT)).status_code == 200
        answer = told(await robot.post("/messages", json=TEXT))
        assert isinstance(answer, dict)
        assert answer.keys() == {"error", "code"}
        assert answer["code"] == 429


async def test_an_administrator_sees_who_has_used_most(web_server: WebServer, world: World) -> None:
    async with await client(web_server, world, world.ann) as ann, await client(web_server, world, world.root) as root:
        await ann.post("/api/messages", json={"partnerId": str(world.chateau), "content": "Bonjour"})
        usage = (await root.get("/api/v1/usage")).json()
    assert [(each["person"]["name"], each["messages"], each["bytes"]) for each in usage["items"]] == [("Ann", 1, 7)]
    assert (usage["message_limit"], usage["delivery_limit"], usage["byte_limit"]) == (2, 1, 1_000_000)
    assert usage["disk_free"] > 0
    assert usage["disk_reserve"] == 1_000_000_000


@pytest.mark.parametrize(("free", "status"), [(500_000_000, 200), (99_000_000, 503)])
async def test_a_full_disk_is_told(
    web_server: WebServer, world: World, monkeypatch: pytest.MonkeyPatch, free: int, status: int
) -> None:
    class DiskUsage:
        def __init__(self) -> None:
            self.free = free

    monkeypatch.setattr("shutil.disk_usage", lambda _: DiskUsage())
    async with await client(web_server, world, world.ann) as ann:
        ready = await ann.get("/readyz")
        assert (ready.status_code, ready.json()["not_ready"]) == (status, ["disk"] if status == 503 else [])
        upload = await ann.post("/api/v1/files", params={"name": "a.txt"}, content=b"a")
        assert (upload.status_code, upload.json()["code"]) == (503, "disk_full")
        sent = await ann.post("/api/messages", json={"partnerId": str(world.chateau), "content": "Bonjour"})
        assert sent.status_code == (503 if status == 503 else 201)
        asked = await ann.post("/v1/contact-requests", json=body((await make_scene(world)).wedding))
        assert (asked.status_code, asked.json().get("code")) == ((503, "disk_full") if status == 503 else (201, None))
