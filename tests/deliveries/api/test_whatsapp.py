"""WhatsApp over HTTP: how its address is set up, what it reports there, and messages that name a template."""

import httpx

from tests.deliveries.api.conftest import Json, Scene
from tests.deliveries.whatsapp.cloud import CREDENTIALS, SETTINGS, WORD, Cloud, advanced, body, signed, text
from tests.services import service

READY: Json = {"template": "order_ready", "template_language": "pt_BR", "variables": ["Ana"]}


def whatsapp(url: str = "http://127.0.0.1:1") -> Json:
    settings = SETTINGS | {"base_url": f"{url}/v23.0"}
    given: Json = {"name": "WhatsApp", "transport": "whatsapp", "channels": ["whatsapp"], "segments_per_second": 100.0}
    return given | {"settings": settings, "credentials": CREDENTIALS}


async def report(scene: Scene, gateway: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
    async with scene.web_server.client(origin=None) as client:
        return await client.post(f"/api/v1/callbacks/{gateway}", content=content, headers=headers)


async def test_whoever_sets_up_the_address_is_answered_if_they_know_the_word(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", whatsapp())
    assert made["callback_url"].endswith(f"/api/v1/callbacks/{made['id']}")
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": WORD}
    async with scene.web_server.client(origin=None) as client:
        right = await client.get(f"/api/v1/callbacks/{made['id']}", params=asked)
        wrong = await client.get(f"/api/v1/callbacks/{made['id']}", params=asked | {"hub.verify_token": "guessed"})
    assert (right.status_code, right.text) == (200, "1158201444")
    assert right.headers["content-type"].startswith("text/plain")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "callback_refused")
    assert await scene.database.fetchval("SELECT count(*) FROM receipts") == 1


async def test_a_program_sends_a_template_and_hears_that_it_was_read(scene: Scene) -> None:
    cloud = Cloud()
    async with service(cloud.take) as url:
        made = await scene.root.good("POST", "/gateways", whatsapp(url))
        async with scene.working():
            sent = await scene.robot.sends(channel="whatsapp", text="", options=READY)
            await scene.robot.comes_to(sent, "SENT")
            now = int(scene.database.clock.now().timestamp())
            many = [{"statuses": advanced(f"wamid.other{each}", at=now)} for each in range(100)]
            told = body(*many, {"statuses": advanced("wamid.HBgL00000000000000000001", at=now)})
            assert (await report(scene, made["id"], told, signed(told, secret="guessed"))).status_code == 403
            assert (await report(scene, made["id"], told, signed(told))).status_code == 204
            history = await scene.robot.comes_to(sent, "DELIVERED")
    assert history["read_at"]
    assert history["delivery"]["options"] == READY
    assert cloud.messages[0]["template"]["components"][0]["parameters"] == [{"type": "text", "text": "Ana"}]


async def test_what_somebody_writes_is_kept_once_and_may_be_answered_in_words(scene: Scene) -> None:
    cloud = Cloud()
    async with service(cloud.take) as url:
        made = await scene.root.good("POST", "/gateways", whatsapp(url))
        written = body({"messages": [text("Olá", at=int(scene.database.clock.now().timestamp()))]})
        for _ in range(2):
            assert (await report(scene, made["id"], written, signed(written))).status_code == 204
        async with scene.working():
            await scene.robot.comes_to(await scene.robot.sends(channel="whatsapp"), "SENT")
    rows = await scene.database.fetch("SELECT channel, sender, text FROM inbound_messages")
    assert [tuple(each) for each in rows] == [("whatsapp", "+33612345678", "Olá")]
    assert cloud.messages[0]["text"]["body"] == "Good day"


async def test_a_test_of_the_gateway_goes_out_in_its_template_for_notices(scene: Scene) -> None:
    cloud = Cloud()
    async with service(cloud.take) as url:
        given = whatsapp(url)
        made = await scene.root.good(
            "POST", "/gateways", given | {"settings": given["settings"] | {"notice_template": "news"}}
        )
        async with scene.working():
            sent = await scene.root.good(
                "POST", f"/gateways/{made['id']}/test", {"to": "+33612345678", "text": "A test"}
            )
            await scene.root.comes_to(sent, "SENT")
    assert cloud.messages[0]["template"]["name"] == "news"


async def test_a_wrong_message_names_each_field(scene: Scene) -> None:
    wrong = await scene.robot.wrong(
        "POST",
        "/deliveries",
        {"channel": "whatsapp", "to": "nobody", "from": "Bakery", "options": {"template": "A B", "variables": [" "]}},
    )
    assert wrong == {
        "to": "phone_invalid",
        "from": "not_for_channel",
        "options.template": "template_name_invalid",
        "options.template_language": "required",
        "options.variables[0]": "required",
    }


async def test_who_must_not_be_written_to_by_whatsapp_may_be_by_other_ways(scene: Scene) -> None:
    gateway = await scene.gateway(channels=["sms", "whatsapp"])
    blocked = {"channel": "whatsapp", "recipient": "+33 6 12 34 56 78", "reason": "Asked by phone"}
    assert (await scene.root.good("POST", "/suppressions", blocked))["recipient"] == "+33612345678"
    async with scene.working():
        await scene.robot.comes_to(await scene.robot.sends(channel="whatsapp"), "SUPPRESSED")
        await scene.robot.comes_to(await scene.robot.sends(), "SENT", "DELIVERED")
    assert len(scene.files(gateway)) == 1
