"""What document D3 does not allow: each fault is named by its field, and nothing is scheduled."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.communications.scene import Scene
from tests.contracts.test_d3 import body, scene, service, web_server
from tests.http import WebServer
from tests.processes import new_token

__all__ = ["scene", "service", "web_server"]
NEXT = datetime.now(UTC).year + 1


async def refused(scene: Scene, service: httpx.AsyncClient, asked: Any) -> dict[str, str]:
    """The code of each wrong field."""
    answer = await service.post("/v1/communications", json=asked)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert await scene.database.fetchval("SELECT count(*) FROM communications") == 0
    return {each["field"]: each["code"] for each in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"send_at": "2020-01-01T09:00:00-03:00"}, {"send_at": "time_past"}),
        ({"send_at": "2020-01-01T09:00:00[America/Sao_Paulo]"}, {"send_at": "time_past"}),
        ({"send_at": f"{NEXT}-01-01T09:00:00"}, {"send_at": "time_without_zone"}),
        ({"send_at": f"{NEXT}-01-01T09:00:00[America/Nowhere]"}, {"send_at": "time_zone_unknown"}),
        ({"send_at": f"{NEXT}-01-01T09:00:00-03:00[America/Nowhere]"}, {"send_at": "time_zone_unknown"}),
        ({"send_at": "0001-01-01T00:00:00+14:00"}, {"send_at": "time_past"}),
        ({"send_at": "tomorrow"}, {"send_at": "time_unreadable"}),
        ({"message": " "}, {"message": "required"}),
        ({"message": "{% if %}"}, {"message": "template_broken"}),
        ({"channels": []}, {"channels": "required"}),
        ({"channels": ["pigeon"]}, {"channels[0]": "wrong_type"}),
        ({"channels": ["push"]}, {"recipients": "push_takes_no_clients"}),
        ({"recipients": []}, {"recipients": "required"}),
        ({"colour": "red"}, {"colour": "unknown_field"}),
    ],
)
async def test_each_wrong_field_is_named(
    scene: Scene, service: httpx.AsyncClient, changes: dict[str, Any], wrong: dict[str, str]
) -> None:
    assert await refused(scene, service, body(scene, "Ana", "Bruno", **changes)) == wrong


async def test_unknown_clients_are_all_listed_and_nothing_is_scheduled(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    unknown = [str(uuid4()), "42"]
    asked = body(scene, recipients=[unknown[0], str(scene.clients["Ana"]), unknown[1]])
    answer = await service.post("/v1/communications", json=asked)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (422, "recipients", "unknown_clients")
    assert error["values"] == {"count": 2, "ids": unknown}
    assert await scene.database.fetchval("SELECT count(*) FROM communications") == 0


async def test_of_very_many_unknown_clients_the_first_are_listed_and_all_are_counted(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    unknown = [str(uuid4()) for _ in range(12_000)]
    answer = await service.post("/v1/communications", json=body(scene, recipients=unknown))
    (error,) = answer.json()["errors"]
    assert error["values"] == {"count": 12_000, "ids": unknown[:1_000]}
    too_many = await service.post("/v1/communications", json=body(scene, recipients=["x"] * 100_001))
    assert {each["code"] for each in too_many.json()["errors"]} == {"too_many"}


async def test_a_client_without_an_address_for_the_channel_cannot_get_a_message(
    scene: Scene, service: httpx.AsyncClient
) -> None:
    wrong = await refused(scene, service, body(scene, "Ana", channels=["whatsapp"]))
    assert wrong == {"recipients": "client_without_address"}


async def test_what_is_over_cannot_be_changed_any_more(scene: Scene, service: httpx.AsyncClient) -> None:
    made = await service.post("/v1/communications", json=body(scene, "Ana", send_at=f"{NEXT}-01-01T09:00:00Z"))
    path = f"/v1/communications/{made.json()['id']}"
    assert (await service.delete(path)).json()["state"] == "cancelled"
    answer = await service.patch(path, json={"message": "Mudou."})
    assert (answer.status_code, answer.json()["code"]) == (409, "communication_has_ended")
    assert answer.json()["values"] == {"state": "cancelled"}
    assert (await service.get(f"/v1/communications/{uuid4()}")).status_code == 404


async def test_it_is_not_for_everybody(scene: Scene, web_server: WebServer) -> None:
    async with web_server.client() as nobody:
        assert (await nobody.get("/v1/communications")).status_code == 401
    async with web_server.client(await new_token(scene.world, scene.world.claire)) as claire:
        assert (await claire.post("/v1/communications", json=body(scene, "Ana"))).status_code == 403
