"""Deliveries over HTTP: accepted, followed, listed, counted, cancelled, each by its own account alone."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from estafette.accounts import SignedIn
from estafette.deliveries.api.inputs import dialled
from tests.deliveries.api.conftest import Json, Scene


async def test_a_message_is_accepted_goes_out_and_has_a_history(scene: Scene) -> None:
    gateway = await scene.gateway()
    sent = await scene.robot.sends(text="Bonjour, Zoé", from_="Estafette")
    assert (sent["status"], sent["public_status"], sent["sequence"], sent["attempts"]) == ("CREATED", "CREATED", 0, 0)
    assert (sent["channel"], sent["sender"], sent["recipient"]) == ("sms", "Estafette", "+33612345678")
    assert (sent["encoding"], sent["segments"]) == ("gsm7", 1)
    async with scene.working():
        history = await scene.robot.comes_to(sent, "DELIVERED")
    assert [each["status"] for each in history["changes"]] == ["SENT", "DELIVERED"]
    assert [each["ordinal"] for each in history["changes"]] == [1, 2]
    [attempt] = history["attempts"]
    assert (attempt["gateway"], attempt["outcome"]) == ("Folder", "accepted")
    [receipt] = history["receipts"]
    assert receipt["provider_id"] in attempt["provider_ids"]
    [file] = scene.files(gateway)
    assert msgspec.json.decode(file.read_bytes())["text"] == "Bonjour, Zoé"
    assert (await scene.robot.good("GET", "/deliveries/counts"))["items"] == [
        {"gateway_id": gateway["id"], "gateway": "Folder", "status": status, "count": 1}
        for status in ("DELIVERED", "SENT")
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"channel": "email", "to": "ann@example.com", "subject": "Hello", "text": "Hi", "html": "<p>Hi</p>",
         "from": "us@example.com", "options": {"unsubscribe_url": "https://example.com/u", "reply_to": "re@b.example"}},
        {"channel": "mms", "to": "+33612345678", "media": [{"url": "https://example.com/a.png"}]},
        {"channel": "sms", "to": "+33 6 12 34 56 78", "text": "x" * 1_600, "urgency": "bulk"},
        {"channel": "push", "to": "01a1fb29-8ac8-7419-b188-c4253e01449e", "subject": "Title", "text": "Text",
         "options": {"url": "/messages", "topic": "news"}},
    ],
)  # fmt: skip
async def test_every_channel_takes_what_belongs_to_it(scene: Scene, given: Json) -> None:
    sent = await scene.robot.good("POST", "/deliveries", given)
    assert sent["channel"] == given["channel"]
    found = (await scene.robot.good("GET", f"/deliveries/{sent['id']}"))["delivery"]
    assert found == sent
    assert found["urgency"] == given.get("urgency", "normal")
    assert found["options"] == given.get("options", {})


def test_a_person_may_leave_out_their_country_code_and_a_program_not() -> None:
    who = SignedIn(
        person_id=uuid4(),
        name="Ann",
        email="ann@example.com",
        language="en",
        time_zone="Europe/Paris",
        roles=frozenset(),
        partners={},
        parties=frozenset(),
        session_id=uuid4(),
    )
    assert dialled(who, "sms", "06 12 34 56 78") == "+33612345678"
    assert dialled(who, "mms", "06 12") == "06 12"
    assert dialled(who, "email", "0612345678") == "0612345678"
    program = msgspec.structs.replace(who, session_id=None, token_id=uuid4())
    assert dialled(program, "sms", "06 12 34 56 78") == "06 12 34 56 78"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"to": "0612345678"}, {"to": "phone_invalid"}),
        ({"to": "+336123456781234567"}, {"to": "phone_invalid"}),
        ({"to": "+33six"}, {"to": "phone_invalid"}),
        ({"text": ""}, {"text": "required"}),
        ({"text": "x" * 1_601}, {"text": "too_long"}),
        ({"text": "a\x00b"}, {"text": "forbidden_character"}),
        ({"from": "ab"}, {"from": "sender_invalid"}),
        ({"from": "x" * 16}, {"from": "sender_invalid"}),
        ({"html": "<p>"}, {"html": "not_for_channel"}),
        ({"to": "x", "text": "", "from": "a"}, {"to": "phone_invalid", "text": "required", "from": "sender_invalid"}),
        ({"channel": "email"}, {"to": "email_invalid", "subject": "required"}),
        ({"channel": "email", "to": "ann@example.com", "subject": "x" * 251}, {"subject": "too_long"}),
        ({"channel": "push"}, {"to": "unknown"}),
        ({"channel": "mms", "media": [{"url": "file:///etc/passwd"}]}, {"media": "url_invalid"}),
        ({"channel": "fax"}, {"channel": "wrong_type"}),
        ({"to": 33612345678}, {"to": "wrong_type"}),
        ({"colour": "red"}, {"colour": "unknown_field"}),
        ({"send_at": "2026-05-17T09:30:00"}, {"send_at": "wrong_type"}),  # of no time zone
        ({"expires_at": "2020-05-17T09:30:00Z"}, {"expires_at": "ends_before_it_begins"}),
        ({"send_at": "2099-05-17T09:30:00Z"}, {"send_at": "too_far_ahead"}),
        ({"urgency": "extremely"}, {"urgency": "wrong_type"}),
    ],
)  # fmt: skip
async def test_every_wrong_field_is_named_and_nothing_is_sent(
    scene: Scene, changes: Json, wrong: dict[str, str]
) -> None:
    body = {"channel": "sms", "to": "+33612345678", "text": "Good day"} | changes
    assert await scene.robot.wrong("POST", "/deliveries", body) == wrong
    assert (await scene.robot.good("GET", "/deliveries"))["items"] == []


async def test_the_longest_letter_is_taken_and_one_character_more_names_its_field(scene: Scene) -> None:
    longest = "\N{PARTY POPPER}" * 200_000
    letter = {"channel": "email", "to": "ann@example.com", "subject": "Long", "text": longest, "html": longest}
    # As escapes, which is the most that these characters can take.
    answer = await scene.robot.raw("POST", "/deliveries", json.dumps(letter).encode())
    assert answer.status_code == 201, answer.text[:500]
    wrong = await scene.robot.wrong("POST", "/deliveries", letter | {"html": longest + "x"})
    assert wrong == {"html": "too_long"}
    [listed] = (await scene.robot.good("GET", "/deliveries"))["items"]
    assert (len(listed["text"]), listed["html"]) == (200_000, None)
    history = await scene.robot.good("GET", f"/deliveries/{listed['id']}")
    assert history["delivery"]["html"] == longest


async def test_a_retry_with_its_key_gets_the_first_delivery_and_another_content_a_conflict(scene: Scene) -> None:
    body = {"channel": "sms", "to": "+33612345678", "text": "Once"}
    twins = [scene.robot.good("POST", "/deliveries", body, Idempotency_Key="k") for _ in range(6)]
    assert len({each["id"] for each in await asyncio.gather(*twins)}) == 1
    status, answer = await scene.robot.ask("POST", "/deliveries", body | {"text": "Other"}, Idempotency_Key="k")
    assert (status, answer["code"]) == (409, "delivery_key_reused")
    other = await scene.program("Other")
    theirs = await other.good("POST", "/deliveries", body, Idempotency_Key="k")
    assert len((await scene.robot.good("GET", "/deliveries"))["items"]) == 1
    assert (await other.good("GET", "/deliveries"))["items"] == [theirs]


async def test_one_account_never_sees_anothers_messages(scene: Scene) -> None:
    gateway = await scene.gateway()
    sent = await scene.robot.sends()
    async with scene.working():
        await scene.robot.comes_to(sent, "DELIVERED")
    waiting = await scene.robot.sends(send_at=(datetime.now(UTC) + timedelta(hours=1)).isoformat())
    for other in (await scene.program("Other"), scene.root):
        for id_ in (sent["id"], waiting["id"]):
            for method in ("GET", "DELETE"):
                unknown = await other.ask(method, "/deliveries/999999999")
                foreign = await other.ask(method, f"/deliveries/{id_}")
                assert foreign[0] == 404
                assert foreign[1] | {"request_id": ""} == unknown[1] | {"request_id": ""}
        for query in ("", "?q=Good", "?status=DELIVERED", f"?gateway={gateway['id']}", f"?cursor={waiting['id'] + 1}"):
            assert (await other.good("GET", f"/deliveries{query}"))["items"] == []
        assert (await other.good("GET", "/deliveries/counts"))["items"] == []
    assert (await scene.robot.good("GET", f"/deliveries/{waiting['id']}"))["delivery"]["status"] == "CREATED"


async def test_an_administrator_sees_how_many_went_by_a_gateway_and_none_of_their_words(scene: Scene) -> None:
    gateway = await scene.gateway()
    sent = await scene.robot.sends(text="A secret between us")
    async with scene.working():
        await scene.robot.comes_to(sent, "DELIVERED")
    _, found = await scene.root.ask("GET", f"/gateways/{gateway['id']}")
    assert found["counts"] == {"SENT": 1, "DELIVERED": 1}
    assert "secret" not in str(found)


async def test_only_service_accounts_and_administrators_send(scene: Scene) -> None:
    ann = await scene.program("Ann", "customer")
    reader = await scene.program("Reader", "service", "read")
    for method, path, body in (
        ("POST", "/deliveries", {"channel": "sms", "to": "+33612345678", "text": "Good day"}),
        ("GET", "/deliveries", None),
        ("GET", "/deliveries/1", None),
        ("DELETE", "/deliveries/1", None),
        ("GET", "/deliveries/counts", None),
        ("POST", "/deliveries/preview", {"text": "x"}),
    ):
        status, answer = await ann.ask(method, path, body)
        assert (status, answer["code"]) == (403, "may_not_send")
    assert (await reader.ask("GET", "/deliveries"))[0] == 200
    status, answer = await reader.ask("POST", "/deliveries", {"channel": "sms", "to": "+33612345678", "text": "x"})
    assert (status, answer["code"]) == (403, "read_only_token")


async def test_the_list_is_filtered_and_goes_page_by_page(scene: Scene) -> None:
    for n in range(5):
        await scene.robot.sends(text=f"Number {n}")
    mail = await scene.robot.good(
        "POST", "/deliveries", {"channel": "email", "to": "zoe@example.com", "subject": "100% off_", "text": "Hi"}
    )
    texts: list[str] = []
    cursor: str | None = None
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = await scene.robot.good("GET", f"/deliveries?channel=sms&limit=2{more}")
        texts += [each["text"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert texts == [f"Number {n}" for n in reversed(range(5))]
    for query, found in (
        ("channel=email", [mail["id"]]),
        ("q=ZOE@", [mail["id"]]),
        ("q=100%25 off_", [mail["id"]]),
        ("q=%25", [mail["id"]]),
        ("status=DELIVERED", []),
    ):
        assert [each["id"] for each in (await scene.robot.good("GET", f"/deliveries?{query}"))["items"]] == found, query
    for query in (
        "cursor=x",
        "cursor=-1",
        "cursor=",
        "limit=0",
        "limit=101",
        "channel=fax",
        "status=GONE",
        "gateway=1",
    ):
        assert (await scene.robot.ask("GET", f"/deliveries?{query}"))[0] == 422, query


async def test_what_waits_can_be_cancelled_and_what_is_gone_cannot(scene: Scene) -> None:
    await scene.gateway()
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    waiting, gone = await scene.robot.sends(send_at=later), await scene.robot.sends()
    async with scene.working():
        await scene.robot.comes_to(gone, "DELIVERED")
    cancelled = await scene.robot.good("DELETE", f"/deliveries/{waiting['id']}")
    assert (cancelled["status"], cancelled["public_status"]) == ("CANCELLED", "SYSTEM_ERROR")
    assert (await scene.robot.good("DELETE", f"/deliveries/{waiting['id']}"))["status"] == "CANCELLED"
    status, answer = await scene.robot.ask("DELETE", f"/deliveries/{gone['id']}")
    assert (status, answer["code"]) == (409, "too_late_to_cancel")


async def test_without_a_gateway_a_message_ends_with_that_reason(scene: Scene) -> None:
    sent = await scene.robot.sends()
    async with scene.working():
        history = await scene.robot.comes_to(sent, "SYSTEM_ERROR")
    assert history["delivery"]["reason"] == "no_gateway"
    assert (await scene.robot.good("GET", "/deliveries/counts"))["items"] == [
        {"gateway_id": None, "gateway": None, "status": "SYSTEM_ERROR", "count": 1}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("gsm7", 1, 0, 160, [])),
        ("Hello", ("gsm7", 1, 5, 155, [])),
        ("x" * 160, ("gsm7", 1, 160, 0, [])),
        ("x" * 161, ("gsm7", 2, 161, 145, [])),
        ("€" * 80, ("gsm7", 1, 160, 0, [])),
        ("São João", ("ucs2", 1, 8, 62, ["ã"])),
        ("á" * 150, ("ucs2", 3, 150, 51, ["á"])),
        ("😀😀", ("ucs2", 1, 4, 66, ["😀"])),
    ],
)
async def test_a_text_is_measured_before_it_is_sent(scene: Scene, text: str, expected: tuple[Any, ...]) -> None:
    found = await scene.robot.good("POST", "/deliveries/preview", {"text": text})
    names = ("encoding", "segments", "characters", "left", "not_in_gsm7")
    assert found == dict(zip(names, expected, strict=True))
