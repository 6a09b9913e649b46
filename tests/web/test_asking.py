"""How requests are read and answered, by endpoints of the running server."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.http import WebServer

ASKED: dict[str, tuple[str, str, dict[str, Any], int, dict[str, str]]] = {
    "nothing asked": ("GET", "/partners", {}, 200, {}),
    "a slash at the end": ("GET", "/partners/", {}, 200, {}),
    "a query": ("GET", "/partners?limit=1&q=caf%C3%A9&unknown=1", {}, 200, {}),
    "the last of several": ("GET", "/partners?limit=900&limit=2", {}, 200, {}),
    "a number out of range": ("GET", "/partners?limit=900", {}, 422, {"limit": "too_great"}),
    "no number": ("GET", "/partners?limit=many", {}, 422, {"limit": "wrong_type"}),
    "an empty value": ("GET", "/conversations?archived=", {}, 422, {"archived": "wrong_type"}),
    "flags in words": ("GET", "/conversations?archived=TRUE&unread=0", {}, 200, {}),
    "no such choice": ("GET", "/people?role=emperor", {}, 422, {"role": "wrong_type"}),
    "what is required and missing": ("GET", "/search", {}, 422, {"q": "required"}),
    "all that is wrong": (
        "GET",
        "/search?sort=7&limit=0",
        {},
        422,
        {"q": "required", "sort": "wrong_type", "limit": "too_small"},
    ),
    "what is required": ("GET", "/search?q=bread", {}, 200, {}),
    "no identifier in the path": ("GET", "/conversations/7", {}, 404, {}),
    "somebody unknown": ("GET", f"/conversations/{uuid4()}", {}, 404, {}),
    "a path that goes on": ("GET", "/partners/a/b/c/d", {}, 404, {}),
    "a body about nobody": ("POST", "/conversations", {"json": {"partner_id": str(uuid4()), "text": "Hi"}}, 404, {}),
    "no body": ("POST", "/conversations", {}, 400, {}),
    "no JSON": ("POST", "/conversations", {"content": b"{"}, 400, {}),
    "a wrong body": (
        "POST",
        "/conversations",
        {"json": {"text": 7, "more": 1}},
        422,
        {"partner_id": "required", "text": "wrong_type", "more": "unknown_field"},
    ),
    "a body too large": ("POST", "/conversations", {"content": b"x" * 300_000}, 413, {}),
    "an empty key": (
        "POST",
        "/conversations",
        {"headers": {"Idempotency-Key": ""}, "json": {"text": "x"}},
        400,
        {"Idempotency-Key": "bad_idempotency_key"},
    ),
    "a glance": ("HEAD", "/me", {}, 200, {}),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
async def test_each_request_is_read_or_told_what_is_wrong_with_it(
    ann: httpx.AsyncClient, asked: tuple[str, str, dict[str, Any], int, dict[str, str]]
) -> None:
    method, path, more, status, wrong = asked
    answer = await ann.request(method, f"/api/v1{path}", **more)
    assert answer.status_code == status, answer.text
    told = answer.json() if answer.content else {}
    assert {each["field"]: each["code"] for each in told.get("errors", [])} == wrong


async def test_nobody_is_asked_who_they_are_before_their_parameters_are_looked_at(web_server: WebServer) -> None:
    async with web_server.client() as stranger:
        assert (await stranger.get("/api/v1/people?limit=many")).status_code == 401


async def test_an_address_tells_its_methods(ann: httpx.AsyncClient) -> None:
    told = await ann.options("/api/v1/conversations")
    assert (told.status_code, told.headers["allow"]) == (204, "GET, OPTIONS, POST")
    refused = await ann.delete("/api/v1/conversations")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, OPTIONS, POST")
    assert refused.json()["code"] == "method_not_allowed"
