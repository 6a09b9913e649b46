"""What every answer carries, and what the log says of it."""

from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from tests.http import WebServer, running

PATHS = [
    "/",
    "/healthz",
    "/api/v1/instance",
    "/api/v1/me",
    "/api/v1/nothing",
    "/docs",
    "/openapi.json",
    "/api/messages",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_is_guarded(web_server: WebServer, path: str) -> None:
    async with web_server.client() as browser:
        headers = (await browser.get(path, headers={"Accept": "text/html"})).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert headers["x-request-id"]


async def test_over_tls_browsers_are_told_to_stay_there(dsn: str, tmp_path: Path) -> None:
    async with (
        running(dsn, tmp_path, public_url="https://talk.example.org") as web_server,
        web_server.client() as browser,
    ):
        headers = (await browser.get("/healthz")).headers
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "wss://talk.example.org" in headers["content-security-policy"]


async def test_answers_of_the_api_are_not_kept_by_caches(ann: httpx.AsyncClient) -> None:
    for path in ("/api/v1/me", "/api/v1/instance", "/api/v1/nothing", "/api/messages"):
        assert (await ann.get(path)).headers["cache-control"] == "no-store"


async def test_head_is_answered_like_get_without_the_body(ann: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/api/v1/me", "/api/v1/instance", "/docs", "/api/v1/nothing"):
        there, glance = await ann.get(path), await ann.head(path)
        assert glance.status_code == there.status_code
        assert glance.content == b""
        assert glance.headers["content-type"] == there.headers["content-type"]
        assert glance.headers["content-length"] == there.headers["content-length"]


async def test_a_request_has_an_id_of_ours(ann: httpx.AsyncClient) -> None:
    first = await ann.get("/api/v1/me", headers={"X-Request-Id": "mine"})
    second = await ann.get("/api/v1/me")
    assert "mine" not in first.headers["x-request-id"]
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_the_log_names_the_route_and_no_secret(ann: httpx.AsyncClient) -> None:
    me = (await ann.get("/api/v1/me")).json()["id"]
    with capture_logs() as logs:
        await ann.get("/api/v1/search?q=whisper")
        await ann.post("/api/v1/sessions", json={"email": "ann@example.com", "password": "whisper whisper"})
    search, sessions = (line for line in logs if line["event"] == "request")
    assert search["route"] == "/api/v1/search"
    assert search["status"] == 200
    assert search["person"] == me
    assert search["ms"] > 0
    assert sessions["method"] == "POST"
    assert "whisper" not in str(logs)
    assert ann.cookies["estafette_session"] not in str(logs)
