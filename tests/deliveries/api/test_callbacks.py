"""Gateways report by HTTP: stored before they are answered, and what is not theirs is refused and kept as such."""

from uuid import uuid4

import httpx

from tests.deliveries.api.conftest import Json, Scene

TWILIO: Json = {
    "name": "Twilio",
    "transport": "twilio",
    "channels": ["sms", "mms"],
    "settings": {"account_sid": "AC0123456789abcdef0123456789abcdef", "base_url": "http://127.0.0.1:1"},
    "credentials": {"auth_token": "s3cret"},
}


async def post(scene: Scene, gateway: str, body: bytes, **headers: str) -> httpx.Response:
    async with scene.house.client(origin=None) as client:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.post(f"/api/v1/callbacks/{gateway}", content=body, headers=sent)


async def test_a_gateway_says_where_it_wants_to_be_called_back(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    assert made["callback_url"] == f"{scene.house.settings.origin}/api/v1/callbacks/{made['id']}"


async def test_an_unknown_gateway_is_404(scene: Scene) -> None:
    answer = await post(scene, str(uuid4()), b"MessageSid=SM1&MessageStatus=delivered")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_gateway")
    assert await scene.database.fetchval("SELECT count(*) FROM receipts") == 0


async def test_a_bad_signature_is_403_and_kept_as_a_fault(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    body = b"MessageSid=SM1&MessageStatus=delivered"
    for headers in ({}, {"X_Twilio_Signature": "AAAA"}):
        answer = await post(scene, made["id"], body, Content_Type="application/x-www-form-urlencoded", **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "callback_refused")
    row = await scene.database.fetchrow("SELECT body, fault, provider_id FROM receipts")
    assert row is not None
    assert (row["body"], row["provider_id"]) == (body, None)
    assert row["fault"]


async def test_more_than_64_kb_is_refused(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    assert (await post(scene, made["id"], b"x" * 65_537)).status_code == 413


async def test_a_gateway_that_speaks_no_http_is_not_called_back(scene: Scene) -> None:
    made = await scene.gateway()
    assert (await post(scene, made["id"], b"{}")).status_code == 403
