"""Kannel reports by fetching an address of ours: from the queue to DELIVERED, and nobody else is believed."""

from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec

from estafette import deliveries
from estafette.deliveries.credentials import unseal
from tests.deliveries.api.conftest import Json, Scene
from tests.deliveries.kannel.counterpart import PASSWORD, PATH, USER, Counterpart, report
from tests.services import service


def kannel(url: str) -> Json:
    return {
        "name": "Kannel",
        "transport": "kannel",
        "channels": ["sms"],
        "settings": {"url": url + PATH},
        "credentials": {"username": USER, "password": PASSWORD},
    }


async def fetch(scene: Scene, url: str) -> httpx.Response:
    parts = urlsplit(url)
    async with scene.web_server.client(origin=None) as client:
        return await client.get(f"{parts.path}?{parts.query}")


async def secret_of(scene: Scene, gateway: str) -> object:
    sealed = await scene.database.fetchval("SELECT credentials FROM gateways WHERE id = $1", UUID(gateway))
    return unseal(scene.vault, UUID(gateway), sealed)["callback_secret"]


async def test_a_message_is_delivered_when_kannel_says_so_and_not_when_somebody_else_does(scene: Scene) -> None:
    other = Counterpart()
    async with service(other.take) as url:
        made = await scene.root.good("POST", "/gateways", kannel(url))
        async with scene.working():
            sent = await scene.robot.sends(channel="sms", to="+33612345678", text="Good day")
            await scene.robot.comes_to(sent, "SENT")
            told = report(other.messages[0]["dlr-url"], 1)
            assert urlsplit(told.url).path == f"/api/v1/callbacks/{made['id']}"
            forged = told.url.replace("sign=", "sign=0", 1)
            answer = await fetch(scene, forged)
            assert (answer.status_code, answer.json()["code"]) == (403, "callback_refused")
            assert (await scene.robot.good("GET", f"/deliveries/{sent['id']}"))["delivery"]["status"] == "SENT"
            for _ in range(2):
                answer = await fetch(scene, told.url)
                assert (answer.status_code, answer.content) == (200, b"")
                assert answer.headers["content-type"].startswith("text/plain")
            await scene.robot.comes_to(sent, "DELIVERED")
    kept = await scene.database.fetch("SELECT body, fault FROM receipts ORDER BY id")
    assert [(row["body"].decode(), row["fault"]) for row in kept] == [
        (urlsplit(forged).query, "callback_refused"),
        (urlsplit(told.url).query, None),
    ]


async def test_a_message_whose_answer_was_lost_is_found_again_by_its_report(scene: Scene) -> None:
    other = Counterpart(taken=(504, "late"))
    async with service(other.take) as url:
        await scene.root.good("POST", "/gateways", kannel(url))
        async with scene.working():
            sent = await scene.robot.sends(channel="sms", to="+33612345678", text="Good day")
            await scene.robot.comes_to(sent, "UNCERTAIN")
            await fetch(scene, report(other.messages[0]["dlr-url"], 1).url)
            await scene.robot.comes_to(sent, "DELIVERED")
    assert len(other.messages) == 1


async def test_the_secret_of_its_reports_is_made_and_stays(scene: Scene) -> None:
    given = kannel("http://127.0.0.1:1")
    made = await scene.root.good("POST", "/gateways", given)
    assert made["credentials_set"] == ["callback_secret", "password", "username"]
    assert made["callback_url"] is None
    secret = await secret_of(scene, made["id"])
    assert isinstance(secret, str)
    assert len(secret) >= 40
    await scene.root.good("PUT", f"/gateways/{made['id']}", given | {"credentials": {"password": "another"}})
    assert await secret_of(scene, made["id"]) == secret
    wrong = await scene.root.wrong("PUT", f"/gateways/{made['id']}", given | {"credentials": {"callback_secret": "x"}})
    assert wrong == {"credentials": "wrong_settings"}


async def test_the_secret_that_a_file_leaves_out_is_made_once(scene: Scene) -> None:
    given = kannel("http://127.0.0.1:1")
    secrets: set[object] = set()
    for password in ("one", "one", "two"):
        credentials = {"username": USER, "password": password}
        wanted = msgspec.convert(given | {"credentials": credentials}, deliveries.GatewayInput)
        await deliveries.prepare_gateways(scene.database, scene.vault, [wanted])
        [made] = [each for each in (await scene.root.good("GET", "/gateways"))["items"] if each["name"] == "Kannel"]
        secrets.add(await secret_of(scene, made["id"]))
    assert len(secrets) == 1
    # Only another password made it another gateway.
    assert await scene.database.fetchval("SELECT version FROM gateways WHERE name = 'Kannel'") == 2
