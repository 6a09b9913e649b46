"""What goes wrong is told as problem+json, in words of four languages, and leaves nothing half done."""

import json
import shutil
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from estafette.base.errors import Problem
from estafette.base.migrate import migrate
from estafette.base.postgres import EmbeddedPostgres
from estafette.web.meaning import understood
from tests.http import WebServer, running
from tests.scratch import scratch_folder
from tests.waiting import eventually


async def test_a_problem_has_its_shape(web_server: WebServer) -> None:
    async with web_server.client() as stranger:
        answer = await stranger.get("/api/v1/me")
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == "/problems/unauthenticated"
    assert body["status"] == answer.status_code == 401
    assert body["request_id"] == answer.headers["x-request-id"]
    assert body["title"] == "Please sign in first."


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "Veuillez d’abord vous connecter."),
        ("pt-BR", "Entre na sua conta primeiro."),
        ("de, ru;q=0.3", "Сначала войдите в систему."),
        ("de", "Please sign in first."),
    ],
)
async def test_a_stranger_is_told_in_the_language_of_the_browser(
    web_server: WebServer, accepted: str, title: str
) -> None:
    async with web_server.client() as stranger:
        answer = await stranger.get("/api/v1/me", headers={"Accept-Language": accepted})
    assert answer.json()["title"] == title


async def test_whoever_is_signed_in_is_told_in_their_own_language(web_server: WebServer) -> None:
    ivan = await web_server.sign_up("Иван", "ivan@example.com", language="ru")
    answer = await ivan.get(f"/api/v1/conversations/{uuid4()}", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert answer.json()["title"] == "Такой беседы нет."


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/api/v1/people/7/nothing", "/docs/a/b"])
async def test_an_unknown_address_is_404(web_server: WebServer, path: str) -> None:
    async with web_server.client() as stranger:
        for method in ("GET", "POST"):
            answer = await stranger.request(method, path, headers={"Accept": "text/html"})
            assert answer.status_code == 404
            assert answer.json()["code"] == "unknown_route"


async def test_an_id_that_is_none_answers_like_an_unknown_one(ann: httpx.AsyncClient) -> None:
    for path in ("/api/v1/conversations/{}", "/api/v1/files/{}", "/api/v1/partners/{}", "/api/messages/{}"):
        unknown = await ann.get(path.format(uuid4()))
        for none in ("1", "..%2f..%2fetc%2fpasswd", "'; DROP TABLE people; --", "%00", "é" * 300):
            assert (await ann.get(path.format(none))).status_code == unknown.status_code == 404


async def test_a_method_that_is_not_known_is_405(ann: httpx.AsyncClient) -> None:
    answer = await ann.put("/api/v1/me", json={})
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert "PATCH" in answer.headers["allow"]


async def test_an_address_tells_all_its_methods(ann: httpx.AsyncClient) -> None:
    for path, methods in (
        ("/api/v1/conversations", "GET, OPTIONS, POST"),
        (f"/api/v1/conversations/{uuid4()}/archive", "DELETE, OPTIONS, PUT"),
        ("/api/messages", "GET, OPTIONS, POST"),
    ):
        answer = await ann.options(path)
        assert (answer.status_code, answer.headers["allow"]) == (204, methods)


@pytest.mark.parametrize(
    "body",
    [b"{", b"", b"{'name': 'Ann'}", b'{"name": "\xff"}', b'{"name": "\\ud800"}', b"{}{}", b"0 and more", b'{"name": 5'],
)
async def test_malformed_json_is_400(ann: httpx.AsyncClient, body: bytes) -> None:
    answer = await ann.patch("/api/v1/me", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed_json"


async def test_deeply_nested_json_breaks_nothing(ann: httpx.AsyncClient) -> None:
    answer = await ann.patch("/api/v1/me", content=b"[" * 100_000, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


async def test_each_wrong_field_is_named(ann: httpx.AsyncClient) -> None:
    answer = await ann.patch("/api/v1/me", json={"name": 5, "language": "de", "colour": "pink"})
    assert answer.status_code == 422
    assert {each["field"]: each["code"] for each in answer.json()["errors"]} == {
        "name": "wrong_type",
        "language": "wrong_type",
        "colour": "unknown_field",
    }
    assert all(each["message"] for each in answer.json()["errors"])


async def test_each_wrong_parameter_is_named(ann: httpx.AsyncClient) -> None:
    answer = await ann.get("/api/v1/conversations?limit=1000&archived=perhaps")
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {"limit", "archived"}
    missing = await ann.get("/api/v1/search")
    assert [(each["field"], each["code"]) for each in missing.json()["errors"]] == [("q", "required")]


async def test_a_query_that_is_no_text_is_400(ann: httpx.AsyncClient) -> None:
    for query in ("q=%00", "q=%ff", "cursor=%00", "side=%ED%A0%80"):
        answer = await ann.get(f"/api/v1/conversations?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_a_body_that_is_too_large_is_413(ann: httpx.AsyncClient) -> None:
    large = json.dumps({"name": "x" * 300_000}).encode()

    async def unannounced():
        for start in range(0, len(large), 50_000):
            yield large[start : start + 50_000]

    for content in (large, unannounced()):
        for headers in ({}, {"Idempotency-Key": "k"}):
            if content is not large and headers:
                continue
            answer = await ann.patch("/api/v1/me", content=content, headers=headers)
            assert answer.status_code == 413
            assert answer.json()["code"] == "too_large"
            assert "262144" in answer.json()["title"]


async def test_a_bug_is_told_by_its_number_alone_and_logged_without_text(
    web_server: WebServer, ann: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("the secret text of a message")

    monkeypatch.setattr("estafette.accounts.actions.profiles.me", broken)
    with capture_logs() as logs:
        answer = await ann.get("/api/v1/me")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" not in str(logs)
    assert any(line["event"] == "request failed" and line["kind"].endswith("RuntimeError") for line in logs)


async def test_a_contract_keeps_its_own_errors(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    async with web_server.client() as stranger:
        nobody = await stranger.get("/api/messages")
    foreign = await ann.post("/api/messages", json={"content": "x"}, headers={"Origin": "https://evil.example"})
    malformed = await ann.post("/api/messages", content=b"{")
    for answer, status in ((nobody, 401), (foreign, 403), (malformed, 400)):
        assert answer.status_code == status
        assert list(answer.json()) == ["error"]


async def test_without_its_database_the_server_says_so_and_comes_back(tmp_path: Path) -> None:
    folder = scratch_folder()
    postgres = EmbeddedPostgres(folder, say=lambda _: None, fast=True)
    dsn = await postgres.start()
    await migrate(dsn)
    try:
        async with running(dsn, tmp_path) as web_server:
            ann = await web_server.sign_up()
            await postgres.stop()
            for path in ("/api/v1/me", "/api/v1/conversations", "/api/v1/partners"):
                answer = await ann.get(path)
                assert answer.status_code == 503, path
                assert answer.json()["code"] == "unavailable"
                assert answer.headers["retry-after"] == "2"
            keyed = await ann.patch("/api/v1/me", json={"name": "Anna"}, headers={"Idempotency-Key": "k"})
            assert keyed.status_code == 503
            assert (await ann.get("/healthz")).status_code == 200
            ready = await ann.get("/readyz")
            assert ready.status_code == 503
            assert "database" in ready.json()["not_ready"]
            await postgres.start()

            async def kept() -> bool:
                again = await ann.patch("/api/v1/me", json={"name": "Anna"}, headers={"Idempotency-Key": "k"})
                # Whoever saw it away asks only every second whether it is back.
                assert again.status_code in (200, 503), again.text
                return again.status_code == 200

            await eventually(kept)
    finally:
        await postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(), "unavailable"),
        (TimeoutError(), "unavailable"),
        (asyncpg.CannotConnectNowError(), "unavailable"),
        (asyncpg.ConnectionDoesNotExistError(), "unavailable"),
        (asyncpg.InterfaceError("connection is closed"), "unavailable"),
        (asyncpg.CharacterNotInRepertoireError(), "malformed"),
        (asyncpg.InterfaceError("another operation is in progress"), "problem"),
        (asyncpg.UniqueViolationError(), "problem"),
        (KeyError("x"), "problem"),
        (RecursionError(), "malformed"),
    ],
    ids=repr,
)
def test_what_an_exception_means(error: Exception, code: str) -> None:
    problem = understood(error)
    assert isinstance(problem, Problem)
    assert problem.code == code
