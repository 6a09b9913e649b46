"""The straight way to a handler answers as Litestar would, only sooner."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from estafette.web.straight import StraightWays
from tests.http import House

HOT = {"list_messages", "send_message", "list_conversations", "mark_read"}


def ways(house: House) -> dict[Any, Any]:
    return house.app._app.plugins.get(StraightWays).ways


async def test_what_is_asked_most_goes_the_straight_way(house: House) -> None:
    names = {handler.fn.__name__ for handler in ways(house)}
    assert names >= HOT
    assert len(names) > 35


ASKED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "nothing asked": ("GET", "/partners", {}),
    "a query": ("GET", "/partners?limit=1&q=caf%C3%A9&unknown=1", {}),
    "the last of several": ("GET", "/people?limit=900&limit=2", {}),
    "a number out of range": ("GET", "/people?limit=900", {}),
    "no number": ("GET", "/people?limit=many", {}),
    "an empty value": ("GET", "/conversations?archived=", {}),
    "a flag in words": ("GET", "/conversations?archived=TRUE&unread=0", {}),
    "no such choice": ("GET", "/people?role=emperor", {}),
    "what is required and missing": ("GET", "/search", {}),
    "what is required": ("GET", "/search?q=bread", {}),
    "no identifier": ("GET", "/search?q=bread&conversation=7", {}),
    "somebody unknown": ("GET", f"/people/{uuid4()}", {}),
    "a body": ("POST", "/conversations", {"json": {"partner_id": str(uuid4()), "text": "Hello"}}),
    "no body": ("POST", "/conversations", {}),
    "no JSON": ("POST", "/conversations", {"content": b"{"}),
    "a wrong body": ("POST", "/conversations", {"json": {"text": 7, "more": 1}}),
    "a body too large": ("POST", "/conversations", {"content": b"x" * 300_000}),
    "an empty key": ("POST", "/conversations", {"headers": {"Idempotency-Key": ""}, "json": {"text": "x"}}),
    "two keys": (
        "POST",
        f"/conversations/{uuid4()}/messages",
        {"headers": [("Idempotency-Key", "one"), ("Idempotency-Key", "two")], "json": {"text": "x"}},
    ),
    "a keyed write": ("PATCH", "/me", {"headers": {"Idempotency-Key": "k"}, "json": {"name": "Ann A."}}),
    "a keyed write that fails": ("PATCH", "/me", {"headers": {"Idempotency-Key": "f"}, "json": {"name": ""}}),
    "a glance": ("HEAD", "/me", {}),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
async def test_both_ways_answer_alike(house: House, ann: httpx.AsyncClient, asked: tuple[str, str, Any]) -> None:
    method, path, more = asked
    straight = await ann.request(method, f"/api/v1{path}", **more)
    ways(house).clear()
    if more.get("headers") and method == "PATCH":
        more = more | {"headers": {"Idempotency-Key": "another"}}
    detour = await ann.request(method, f"/api/v1{path}", **more)
    assert straight.status_code == detour.status_code
    assert told(straight) == told(detour)


async def test_nobody_is_asked_who_they_are_before_their_parameters_are_looked_at(house: House) -> None:
    async with house.client() as stranger:
        assert (await stranger.get("/api/v1/people?limit=many")).status_code == 401


def told(answer: httpx.Response) -> tuple[Any, Any]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    body: Any = answer.json() if answer.content else None
    if isinstance(body, dict):
        body.pop("request_id", None)
    return headers, body
