"""Document D3: a communication with date, recipients and message is scheduled for registered clients, and watched."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from estafette.clients.actions import importing
from estafette.contracts.communications.subjects import subject_of
from estafette.files import open_storage
from tests.communications.scene import Scene
from tests.http import WebServer, running
from tests.processes import new_token
from tests.world import World


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    async with running(dsn, tmp_path) as started:
        yield started


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    made = await Scene(world).begin()
    await made.register(Ana="+5548999246868", Bruno="+5548999963369", Clara="+5548999393369")
    return made


@pytest_asyncio.fixture
async def service(web_server: WebServer, scene: Scene) -> AsyncGenerator[httpx.AsyncClient, None]:
    """The program that asks for it."""
    async with web_server.client(await new_token(scene.world, scene.root)) as client:
        yield client


def body(scene: Scene, *names: str, **changes: Any) -> dict[str, Any]:
    recipients = [str(scene.clients[each]) for each in names]
    return {"recipients": recipients, "channels": ["sms"], "message": "A sua mesa está reservada."} | changes


async def test_a_campaign_is_scheduled_for_a_date_by_the_ids_of_clients(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    at = (scene.database.clock.now() + timedelta(days=1)).replace(microsecond=0)
    asked = body(scene, "Ana", "Bruno", channels=["email", "sms"], subject="Reserva", send_at=at.isoformat())
    answer = await service.post("/v1/communications", json=asked)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made.keys() == {"id", "state", "send_at", "recipients", "channels"}
    stamp = at.isoformat().replace("+00:00", "Z")
    assert (made["state"], made["send_at"], made["recipients"]) == ("scheduled", stamp, 2)
    shown = (await service.get(f"/v1/communications/{made['id']}")).json()
    assert shown == made | {"totals": {"email": {}, "sms": {}}}
    assert (await service.get("/v1/communications")).json() == {"items": [shown], "next": None}


async def test_the_register_gives_the_addresses_and_each_channel_has_its_totals(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    asked = body(scene, "Ana", "Bruno", channels=["email", "sms"], subject="Reserva")
    made = (await service.post("/v1/communications", json=asked)).json()
    path = f"/v1/communications/{made['id']}"
    await scene.work()
    claimed = await scene.claim()
    assert {each.recipient for each in claimed} == {
        "+5548999246868",
        "+5548999963369",
        "ana@example.com",
        "bruno@example.com",
    }
    await scene.accept(*claimed)
    await scene.work()
    assert (await service.get(path)).json()["totals"] == {"email": {"SENT": 2}, "sms": {"SENT": 2}}
    deliveries = (await service.get(f"{path}/deliveries?channel=sms")).json()
    assert {(each["recipient"], each["address"], each["status"]) for each in deliveries["items"]} == {
        (str(scene.clients["Ana"]), "+5548999246868", "SENT"),
        (str(scene.clients["Bruno"]), "+5548999963369", "SENT"),
    }


async def test_an_offset_says_when_and_a_zone_behind_it_where(scene: Scene, service: httpx.AsyncClient) -> None:
    day = (scene.database.clock.now() + timedelta(days=1)).date()
    for said in (f"{day}T09:00:00-03:00[America/Sao_Paulo]", f"{day}T09:00:00[America/Sao_Paulo]"):
        answer = await service.post("/v1/communications", json=body(scene, "Ana", send_at=said))
        assert answer.status_code == 201, answer.text
        assert answer.json()["send_at"] == f"{day}T12:00:00Z"


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("\nOlá {{ name }}!\nA sua mesa está reservada.", "Olá {{ name }}!"),
        (f"{'Mesa ' * 19}{{{{ name }}}} está reservada.", f"{'Mesa ' * 18}Mesa…"),
        (f"{'Mesa ' * 30}", f"{('Mesa ' * 30)[:99].rstrip()}…"),
        ("{% if name %}Olá {{ name }}{% endif %}, bom dia", "{% if name %}Olá {{ name }}{% endif %}, bom dia"),
        ("{% if name %}Olá {{ name }}\n{% else %}\nOlá{% endif %}", "Olá"),
        ('{% assign x = "Oi" %}\n{{ x }}!\nMesa {{ x }} dois', "!"),
        ("{{ name }}", "{{ name }}"),
        (" \n", ""),
    ],
)
def test_the_subject_of_a_message_without_one_is_its_first_line(message: str, subject: str) -> None:
    assert subject_of(message) == subject


async def test_one_client_gets_a_personal_message_at_once_and_with_its_name(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    asked = body(scene, "Clara", message="Olá {{ name }}!")
    made = (await service.post("/v1/communications", json=asked)).json()
    native = (await service.get(f"/api/v1/communications/{made['id']}")).json()
    assert (native["kind"], native["content"]["texts"]["en"]["sms"]["text"]) == ("transactional", "Olá {{ name }}!")
    await scene.work()
    assert [each.recipient for each in await scene.claim()] == ["+5548999393369"]


async def test_what_is_cancelled_says_what_stays_out(scene: Scene, service: httpx.AsyncClient) -> None:
    asked = body(scene, "Ana", "Bruno", "Clara")
    path = f"/v1/communications/{(await service.post('/v1/communications', json=asked)).json()['id']}"
    await scene.work()
    await scene.accept(*await scene.claim(1))
    paused = (await service.post(f"{path}/pause")).json()
    assert paused == {"state": "paused", "cancelled": 0, "gone_out": 1, "in_flight": 0}
    resumed = (await service.post(f"{path}/resume")).json()
    assert resumed["state"] == "running"
    answer = await service.delete(path)
    assert answer.status_code == 200
    assert answer.json() == {"state": "cancelling", "cancelled": 2, "gone_out": 1, "in_flight": 0}
    await scene.work()
    assert (await service.get(path)).json()["totals"] == {"sms": {"SENT": 1, "CANCELLED": 2}}


async def test_it_is_moved_and_edited_before_it_begins(scene: Scene, service: httpx.AsyncClient) -> None:
    year = scene.database.clock.now().year + 1
    asked = body(scene, "Ana", "Bruno", send_at=f"{year}-03-31T09:00:00[Europe/Paris]")
    made = (await service.post("/v1/communications", json=asked)).json()
    assert made["send_at"] == f"{year}-03-31T07:00:00Z"
    path = f"/v1/communications/{made['id']}"
    for changes, shown in (
        ({"send_at": f"{year}-04-01T09:00:00-03:00"}, {"send_at": f"{year}-04-01T12:00:00Z"}),
        ({"send_at": f"{year}-04-01T09:00:00 America/Sao_Paulo"}, {"send_at": f"{year}-04-01T12:00:00Z"}),
        ({"recipients": [str(scene.clients["Clara"])]}, {"recipients": 1}),
        ({"channels": ["sms", "email"]}, {"channels": ["sms", "email"]}),
        ({"message": "Mudou."}, {}),
    ):
        answer = await service.patch(path, json=changes)
        assert answer.status_code == 200, answer.text
        assert answer.json().items() >= shown.items()
    texts = (await service.get(f"/api/v1/communications/{made['id']}")).json()["content"]["texts"]["en"]
    assert texts["sms"]["text"] == texts["email"]["text"] == "Mudou."


async def test_push_is_a_broadcast_and_takes_no_recipients_alone(scene: Scene, service: httpx.AsyncClient) -> None:
    alone = await service.post("/v1/communications", json={"channels": ["push"], "message": "Abrimos às oito."})
    assert alone.status_code == 201, alone.text
    assert alone.json()["channels"] == ["push"]
    beside = await service.post("/v1/communications", json=body(scene, "Ana", "Bruno", channels=["push", "sms"]))
    assert (beside.status_code, beside.json()["recipients"]) == (201, 2)


async def test_clients_are_registered_and_brought_in_by_the_thousand(
    scene: Scene, service: httpx.AsyncClient, web_server: WebServer
) -> None:
    added = await service.post("/v1/clients", json={"name": "Davi", "phone": "+5548999240001"})
    assert added.status_code == 201
    davi = f"/v1/clients/{added.json()['id']}"
    assert (await service.get(davi)).json()["name"] == "Davi"
    lines = "".join(f'{{"name": "C{n}", "email": "c{n}@example.com"}}\n' for n in range(1_000))
    uploaded = await service.post("/v1/clients/imports?name=c.jsonl", content=lines)
    assert (uploaded.status_code, uploaded.json()["state"]) == (201, "queued"), uploaded.text
    storage = open_storage(web_server.settings.files)
    while await importing.import_one(scene.database, storage, asyncio.Event()):
        pass
    done = (await service.get(f"/v1/clients/imports/{uploaded.json()['id']}")).json()
    assert (done["state"], done["created"]) == ("done", 1_000)
    page = (await service.get("/v1/clients?limit=2")).json()
    assert ([each["name"] for each in page["items"]], page["next"] is None) == (["Ana", "Bruno"], False)
    assert (await service.delete(davi)).status_code == 204
    assert (await service.get(davi)).status_code == 404
