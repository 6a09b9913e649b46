"""Gateways report by HTTP: stored before they are answered, and what is not theirs is refused and kept as such."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from estafette.deliveries.actions import calling_back
from estafette.deliveries.actions.receiving import Inbox
from estafette.deliveries.models.messages import Receipt
from tests.deliveries.api.conftest import Json, Scene
from tests.deliveries.twilio.counterpart import report

TWILIO: Json = {
    "name": "Twilio",
    "transport": "twilio",
    "channels": ["sms", "mms"],
    "settings": {"account_sid": "AC0123456789abcdef0123456789abcdef", "base_url": "http://127.0.0.1:1"},
    "credentials": {"auth_token": "s3cret"},
}


async def post(scene: Scene, gateway: str, body: bytes, **headers: str) -> httpx.Response:
    async with scene.web_server.client(origin=None) as client:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await client.post(f"/api/v1/callbacks/{gateway}", content=body, headers=sent)


async def test_a_gateway_says_where_it_wants_to_be_called_back(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    assert made["callback_url"] == f"{scene.web_server.settings.origin}/api/v1/callbacks/{made['id']}"


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


async def test_little_is_kept_of_what_is_not_believed(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    for letter in (b"x", b"y"):
        answer = await post(scene, made["id"], letter * 60_000, Content_Type="application/x-www-form-urlencoded")
        assert answer.status_code == 403
    assert [len(row["body"]) for row in await scene.database.fetch("SELECT body FROM receipts")] == [2_048] * 2


async def test_a_database_that_comes_back_soon_costs_no_receipt(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling_back, "PAUSE", 0.01)
    hand_in, failures = Inbox.hand_in, [ConnectionResetError(), asyncpg.CannotConnectNowError()]

    async def away(self: Inbox, gateway_id: UUID, receipts: Sequence[Receipt]) -> None:
        if failures:
            raise failures.pop()
        await hand_in(self, gateway_id, receipts)

    monkeypatch.setattr(Inbox, "hand_in", away)
    made = await scene.root.good("POST", "/gateways", TWILIO)
    body = {"MessageSid": "SM1", "MessageStatus": "delivered"}
    signed = report(made["callback_url"], token="s3cret", **body)
    answer = await post(
        scene,
        made["id"],
        signed.body,
        Content_Type="application/x-www-form-urlencoded",
        X_Twilio_Signature=signed.headers["x-twilio-signature"],
    )
    assert answer.status_code == 204, answer.text
    assert await scene.database.fetchval("SELECT provider_id FROM receipts") == "SM1"
    monkeypatch.setattr(calling_back, "PATIENCE", 0.0)
    failures.append(ConnectionResetError())
    answer = await post(
        scene,
        made["id"],
        signed.body,
        Content_Type="application/x-www-form-urlencoded",
        X_Twilio_Signature=signed.headers["x-twilio-signature"],
    )
    assert answer.status_code == 503


async def test_more_than_four_megabytes_are_refused(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", TWILIO)
    assert (await post(scene, made["id"], b"x" * (4 * 1024 * 1024 + 1))).status_code == 413


async def test_a_gateway_that_speaks_no_http_is_not_called_back(scene: Scene) -> None:
    made = await scene.gateway()
    assert (await post(scene, made["id"], b"{}")).status_code == 403
