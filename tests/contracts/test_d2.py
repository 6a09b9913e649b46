"""Document D2: what it promises, with its own requests and answers, over HTTP."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from estafette import deliveries
from estafette.base.database import Database
from tests.contracts.texts import REQUEST, Program, nobody, program
from tests.live.client import Json
from tests.processes import Site
from tests.waiting import eventually

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
NONE_YET = {"error": "You don't have any Message yet.", "code": 404}
NOT_FOUND = {"error": "Message not found.", "code": 404}
STATUSES = {"CREATED", "SENT", "DELIVERED", "SYSTEM_ERROR", "RECEIVER_ERROR", "OPERATOR_ERROR"}


@pytest.fixture
async def robot(here: Site) -> Program:
    return await program(here)


def is_message(found: Json) -> None:
    assert found.keys() == {"createAt", "from", "id", "message", "lastModifiedAt", "to", "type", "status"}
    assert type(found["id"]) is int
    assert type(found["to"]) is int
    assert found["status"] in STATUSES
    for name in ("createAt", "lastModifiedAt"):
        assert TIME.fullmatch(found[name]), found[name]
        assert abs(datetime.now(UTC) - datetime.fromisoformat(found[name])) < timedelta(minutes=5)


async def test_the_documents_request_is_answered_as_the_document_shows(robot: Program) -> None:
    # As the document sends it, without the comma after its last value, and without any Content-Type.
    body = b"""{
    "message": "This is a message",
    "from": "Something",
    "to": 554899246868,
    "type": "SMS"
}"""
    status, answer = await robot.ask("POST", data=body, Accept="application/json", User_Agent="Http/2.2")
    assert status == 200
    is_message(answer)
    assert (answer["message"], answer["from"], answer["to"], answer["type"]) == (
        *("This is a message", "Something", 554899246868, "SMS"),
    )
    assert answer["status"] == "CREATED"
    assert answer["createAt"] == answer["lastModifiedAt"]


async def test_the_documents_comma_after_the_last_value_is_no_json(robot: Program) -> None:
    body = b"""{
    "message": "This is a message",
    "from": "Something",
    "to": 554899246868,
    "type": "SMS",
}"""
    assert (await robot.refusal(data=body))[0] == 400
    assert await robot.ask("GET") == (200, NONE_YET)


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded", "text/xml; charset=x", "-"]
)
async def test_the_body_is_json_whatever_its_type(robot: Program, content_type: str) -> None:
    body = b'{"message": "This is a message", "from": "Something", "to": 554899246868, "type": "MMS"}'
    status, answer = await robot.ask("POST", data=body, Content_Type=content_type)
    assert status == 200
    assert answer["type"] == "MMS"


async def test_the_documents_wrong_message_gets_the_documents_error(robot: Program) -> None:
    assert await robot.ask("POST", json=REQUEST | {"message": "invalid"}) == (
        409,
        {"error": 'The message "invalid" needs to be between 10 and 150 chars.', "code": 409},
    )


async def test_every_wrong_argument_gets_its_sentence(robot: Program) -> None:
    for name, value, sentence in (
        ("message", "invalid", 'The message "invalid" needs to be between 10 and 150 chars.'),
        ("from", "ab", 'The name "ab" needs to be between 3 and 15 characters.'),
        ("to", "invalid", "The number invalid is a invalid number."),
        ("type", "invalid", "The number invalid is a invalid number."),
    ):
        assert await robot.refusal(json=REQUEST | {name: value}) == (409, sentence)


async def test_without_messages_the_list_says_so_with_status_200(robot: Program) -> None:
    # The document's request has a body, an empty object.
    assert await robot.ask("GET", data=b"{\n    \n}", Accept="application/json") == (200, NONE_YET)


async def test_the_list_counts_and_goes_from_the_oldest_to_the_newest(robot: Program) -> None:
    first = await robot.send(message="abcdefghigjkl", from_="Alguem", to=554899963369)
    second = await robot.send(type="MMS", to=554899393369)
    status, found = await robot.ask("GET", data=b"{\n    \n}")
    assert status == 200
    assert found.keys() == {"count", "items"}
    assert found["count"] == 2
    for each in found["items"]:
        is_message(each)
    assert [each["id"] for each in found["items"]] == [first["id"], second["id"]]
    assert [each["to"] for each in found["items"]] == [554899963369, 554899393369]
    assert first["id"] < second["id"]


async def test_one_message_is_answered_by_its_id(robot: Program) -> None:
    sent = await robot.send(from_="User", to=554899963369)
    status, found = await robot.ask("GET", f"/{sent['id']}")
    assert status == 200
    is_message(found)
    stable = found.keys() - {"status", "lastModifiedAt"}
    assert {name: found[name] for name in stable} == {name: sent[name] for name in stable}


@pytest.mark.parametrize(
    "id_", ["1000000000", "0", "-1", "abc", "1.5", "1e3", "9223372036854775807", "9" * 30, "%F0%9F%98%80", "+1", "٣"]
)
async def test_what_is_not_there_or_no_id_is_not_found_with_status_200(robot: Program, id_: str) -> None:
    assert await robot.ask("GET", f"/{id_}") == (200, NOT_FOUND)


async def test_one_account_never_sees_anothers_messages(here: Site, robot: Program) -> None:
    sent = await robot.send()
    for other in (await program(here), await program(here, "administrator"), await program(here, "customer")):
        assert await other.ask("GET", f"/{sent['id']}") == (200, NOT_FOUND)
        assert await other.ask("GET") == (200, NONE_YET)
        assert await other.ask("GET", f"?before={sent['id'] + 1}&limit=10") == (200, NONE_YET)


async def test_the_pages_lead_back_to_the_first_message(robot: Program) -> None:
    ids = [(await robot.send(message=f"Message number {n}"))["id"] for n in range(7)]
    held: list[int] = []
    before = ""
    while True:
        _, page = await robot.ask("GET", f"?limit=3{before}")
        assert page["count"] == 7
        if not page["items"]:
            break
        found = [each["id"] for each in page["items"]]
        assert found == sorted(found)
        held = found + held
        before = f"&before={found[0]}"
    assert held == ids
    assert [each["id"] for each in (await robot.ask("GET", "?limit=1000"))[1]["items"]] == ids


async def test_without_a_limit_the_newest_thousand_come(robot: Program, here: Site) -> None:
    first = await robot.send()
    database: Database = here.world.database
    await database.execute(
        """
        INSERT INTO deliveries (
            owner_id, channel, urgency, sender, recipient, text, segments, created_at, changed_at, send_at, expires_at
        )
        SELECT owner_id, 'sms', 1, sender, recipient, 'Message ' || n, 1, now(), now(), now(), now()
        FROM deliveries, generate_series(1, 1000) AS n WHERE id = $1
        """,
        first["id"],
    )
    await database.execute("UPDATE delivery_totals SET count = count + 1000")
    _, found = await robot.ask("GET")
    assert found["count"] == 1_001
    assert len(found["items"]) == 1_000
    assert first["id"] not in [each["id"] for each in found["items"]]
    assert found["items"][-1]["message"] == "Message 1000"


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "before=x", "before=-1"])
async def test_a_page_that_cannot_be_is_400(robot: Program, query: str) -> None:
    status, answer = await robot.ask("GET", f"?{query}")
    assert (status, answer["code"]) == (400, 400)
    assert answer.keys() == {"error", "code"}


async def test_messages_of_other_channels_do_not_show(robot: Program, here: Site) -> None:
    text = await robot.send()
    await deliveries.Acceptor(here.world.database).accept(
        deliveries.NewDelivery(
            owner_id=robot.id, channel="email", sender="", recipient="ann@example.com", text="Hello", subject="Hello"
        )
    )
    _, found = await robot.ask("GET")
    assert (found["count"], [each["id"] for each in found["items"]]) == (1, [text["id"]])
    assert await robot.ask("GET", f"/{text['id'] + 1}") == (200, NOT_FOUND)


async def test_a_retry_with_its_key_gets_the_first_message(robot: Program) -> None:
    first = await robot.send(key="once")
    again = await asyncio.gather(*(robot.send(key="once") for _ in range(5)))
    assert {each["id"] for each in again} == {first["id"]}
    assert (await robot.ask("GET"))[1]["count"] == 1
    status, text = await robot.refusal(json=REQUEST | {"message": "Another message"}, Idempotency_Key="once")
    assert status == 409
    assert text
    assert (await robot.refusal(json=REQUEST, Idempotency_Key="x" * 201))[0] == 400


async def test_without_a_gateway_a_message_ends_as_a_system_error(robot: Program) -> None:
    sent = await robot.send()

    async def ended() -> Json | None:
        found = (await robot.ask("GET", f"/{sent['id']}"))[1]
        return found if found["status"] != "CREATED" else None

    found = await eventually(ended)
    assert found is not None
    assert found["status"] == "SYSTEM_ERROR"
    assert found["lastModifiedAt"] >= sent["lastModifiedAt"]


@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", ""), ("GET", "/1"), ("GET", "/no-id")])
async def test_who_is_not_signed_in_gets_401_in_the_same_shape(here: Site, method: str, path: str) -> None:
    for stranger in (nobody(here), Program(here, nobody(here).id, "est_revoked")):
        status, answer = await stranger.ask(method, path, json=REQUEST if method == "POST" else None)
        assert (status, answer["code"]) == (401, 401)
        assert answer.keys() == {"error", "code"}


async def test_who_may_not_send_gets_403_in_the_same_shape(here: Site) -> None:
    customer = await program(here, "customer")
    for request in ({"json": REQUEST}, {"data": b"no json"}, {"json": {}}):
        assert (await customer.refusal(**request))[0] == 403
    assert await customer.ask("GET") == (200, NONE_YET)


async def test_who_asks_for_a_page_gets_the_app_and_who_asks_for_data_gets_data(here: Site, robot: Program) -> None:
    url = f"{here.webs[0].url}/messages"
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for path in ("", "/archive"):
        async with here.http.get(url + path, headers={"Accept": accept}) as page:
            assert page.content_type in ("text/html", "text/plain")  # plain: the app is not built
    for accepted in ("*/*", "application/json"):
        assert await robot.ask("GET", Accept=accepted) == (200, NONE_YET)
