"""Document D5: what it refuses, as `{"error": text}` with 400, 401 or 404, and nothing half done."""

from typing import Any
from uuid import uuid4

import pytest

from tests.contracts.storefront import Person, anonymous, customer, partner
from tests.processes import Site


@pytest.fixture
async def ann(here: Site) -> Person:
    return await customer(here)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("POST", ""), ("GET", f"/{uuid4()}"), ("GET", "/no-id-at-all")]
)
async def test_every_operation_needs_somebody_signed_in(here: Site, method: str, path: str) -> None:
    request = {"json": {"partnerId": str(uuid4()), "content": "Hello"}} if method == "POST" else {}
    assert (await anonymous(here).error(method, path, **request))[0] == 401
    assert (await Person(here, uuid4(), "est_revoked").error(method, path, **request))[0] == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"not json", b'{"content": "a",}', b'{"content": "\xff"}', b'{"content": "\\ud800"}',
     b"[" * 100_000, b"\x00", b'"text"', b"null", b"[]", b"12"],
)  # fmt: skip
async def test_what_is_not_a_json_object_is_400(ann: Person, body: bytes) -> None:
    assert (await ann.error("POST", data=body, Content_Type="application/json"))[0] == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"content": "Hello"},
        {"content": 5},
        {"content": None},
        {"content": ["Hello"]},
        {"content": {"text": "Hello"}},
        {"content": "Hello", "partnerId": 5},
        {"content": "Hello", "conversationId": 5},
        {"content": "Hello", "conversationId": ["a"]},
        {"content": "Hello", "partnerId": None},
        {"content": "Hello", "partnerId": None, "conversationId": None},
        {"content": "Hello", "partner_id": "x"},
    ],
)
async def test_wrong_types_and_missing_fields_are_400(ann: Person, wrong: dict[str, Any]) -> None:
    assert (await ann.error("POST", json=wrong))[0] == 400


async def test_both_a_partner_and_a_conversation_are_400(here: Site, ann: Person) -> None:
    chateau = await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    both = {"content": "Hello", "partnerId": chateau.id, "conversationId": conversation_id}
    status, text = await ann.error("POST", json=both)
    assert status == 400
    assert "partnerId" in text


@pytest.mark.parametrize("content", ["", " ", "\n\t \u00a0", "x" * 10_001, "a\x00b"])
async def test_content_that_cannot_be_said_is_400_and_names_the_field(here: Site, ann: Person, content: str) -> None:
    chateau = await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    for where in ({"partnerId": chateau.id}, {"conversationId": conversation_id}):
        status, text = await ann.error("POST", json={"content": content, **where})
        assert status == 400
        assert "content" in text
        assert "text:" not in text  # the name inside is not the name outside
    assert [each["content"] for each in await ann.messages(conversation_id) if each["senderId"] == ann.id] == ["Hello"]


async def test_a_body_beyond_all_bounds_is_refused_in_the_same_shape(here: Site, ann: Person) -> None:
    body = {"content": "x" * 3_000_000, "partnerId": (await partner(here)).id}
    status, _ = await ann.error("POST", json=body)
    assert status == 413  # read no further than to see that it is too long
    assert await ann.conversations() == []


@pytest.mark.parametrize("content", ["", "x" * 10_001])
async def test_a_refused_first_message_opens_no_conversation(here: Site, ann: Person, content: str) -> None:
    chateau = await partner(here)
    await ann.error("POST", json={"content": content, "partnerId": chateau.id})
    assert await ann.conversations() == []
    assert await chateau.members[0].conversations() == []


@pytest.mark.parametrize("id_", [str(uuid4()), "no-id-at-all", "", "1", "%00", "'; DROP TABLE messages; --", "😀"])
async def test_an_unknown_partner_or_conversation_is_404(ann: Person, id_: str) -> None:
    for name in ("partnerId", "conversationId"):
        assert (await ann.error("POST", json={"content": "Hello", name: id_}))[0] == 404


@pytest.mark.parametrize("id_", [str(uuid4()), "no-id-at-all", "1", "undefined", "%F0%9F%98%80", "'; --"])
async def test_messages_of_an_unknown_conversation_are_404(ann: Person, id_: str) -> None:
    assert (await ann.error("GET", f"/{id_}"))[0] == 404


async def test_a_conversation_of_others_answers_like_an_unknown_one(here: Site, ann: Person) -> None:
    ben, chateau, other = await customer(here), await partner(here), await partner(here)
    conversation_id = (await ann.say("Between us", partnerId=chateau.id))["conversationId"]
    for stranger in (ben, *other.members):
        assert await stranger.error("GET", f"/{conversation_id}") == await stranger.error("GET", f"/{uuid4()}")
        theirs = await stranger.error("POST", json={"content": "Me too", "conversationId": conversation_id})
        assert theirs == await stranger.error("POST", json={"content": "Me too", "conversationId": str(uuid4())})
        assert theirs[0] == 404
        assert await stranger.conversations() == []
    assert len([each for each in await ann.messages(conversation_id) if each["senderId"] != chateau.id]) == 1


async def test_a_member_cannot_write_to_their_own_partner_as_a_customer(here: Site) -> None:
    chateau = await partner(here)
    status, _ = await chateau.members[0].error("POST", json={"content": "Hello me", "partnerId": chateau.id})
    assert status == 400


@pytest.mark.parametrize("limit", ["0", "-1", "501", "100000000000000000000", "abc", "1.5", ""])
async def test_a_limit_out_of_bounds_is_400(here: Site, ann: Person, limit: str) -> None:
    conversation_id = (await ann.say("Hello", partnerId=(await partner(here)).id))["conversationId"]
    assert (await ann.error("GET", f"/{conversation_id}?limit={limit}"))[0] == 400


async def test_before_a_message_that_is_not_there_is_404(here: Site, ann: Person) -> None:
    conversation_id = (await ann.say("Hello", partnerId=(await partner(here)).id))["conversationId"]
    elsewhere = await ann.say("Elsewhere", partnerId=(await partner(here)).id)
    for before in (str(uuid4()), "no-id-at-all", elsewhere["id"]):
        assert (await ann.error("GET", f"/{conversation_id}?before={before}"))[0] == 404


async def test_a_key_that_was_used_for_something_else_is_400(here: Site, ann: Person) -> None:
    chateau = await partner(here)
    first = await ann.say("This", partnerId=chateau.id, key="once")
    status, _ = await ann.error("POST", json={"content": "That", "partnerId": chateau.id}, Idempotency_Key="once")
    assert status == 400
    said = await ann.messages(first["conversationId"])
    assert [each["content"] for each in said if each["senderId"] == ann.id] == ["This"]


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there"])
async def test_a_key_of_the_wrong_form_is_400(here: Site, ann: Person, key: str) -> None:
    chateau = await partner(here)
    status, _ = await ann.error("POST", json={"content": "This", "partnerId": chateau.id}, Idempotency_Key=key)
    assert status == 400
    assert await ann.conversations() == []
