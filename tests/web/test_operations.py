"""What machines ask, and who else may."""

from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from estafette import accounts
from estafette.base.database import Database
from tests.http import WebServer, running
from tests.web.test_who_asks import token_of


async def test_a_living_process_says_so_without_asking_the_database(web_server: WebServer) -> None:
    async with web_server.client() as machine:
        answer = await machine.get("/healthz")
    assert answer.json() == {"status": "alive"}


async def test_a_ready_process_says_so(web_server: WebServer) -> None:
    async with web_server.client() as machine:
        answer = await machine.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "not_ready": []}


async def test_a_schema_of_another_version_is_not_ready(web_server: WebServer, database: Database) -> None:
    await database.execute("DELETE FROM schema_migrations WHERE name = (SELECT max(name) FROM schema_migrations)")
    async with web_server.client() as machine:
        answer = await machine.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["not_ready"] == ["migrations"]


async def test_figures_for_prometheus(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    await ann.get("/api/v1/me")
    text = (await ann.get("/metrics")).text
    assert 'estafette_requests_total{method="GET",route="/api/v1/me",status="200"} 1.0' in text
    for name in ("request_seconds_bucket", "statements", "pending_reactions", "stuck_reactions", "live_connections"):
        assert f"estafette_{name}" in text
    assert "estafette_bus_listening 1.0" in text


async def test_figures_tell_of_events_that_the_bus_dropped(
    web_server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with web_server.client() as machine:
        assert "estafette_bus_events_dropped_total 0.0" in (await machine.get("/metrics")).text
        monkeypatch.setattr("estafette.base.postgres_bus.EVENT_BYTES", 0)
        await web_server.sign_up()
        text = (await machine.get("/metrics")).text
    [dropped] = [
        line.split()[1] for line in text.splitlines() if line.startswith("estafette_bus_events_dropped_total ")
    ]
    assert float(dropped) > 0


async def test_figures_name_templates_and_never_paths(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    await ann.get("/api/v1/partners/01890000-0000-7000-8000-000000000000")
    await ann.get("/api/v1/secret-path")
    await ann.request("BREW", "/api/v1/me")
    text = (await ann.get("/metrics")).text
    assert "01890000" not in text
    assert "secret-path" not in text
    assert "BREW" not in text


async def test_only_this_machine_and_administrators_see_figures(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient
) -> None:
    root = await accounts.add_person(database, "root@example.com", "Root", ("administrator",))
    token = await accounts.create_token(database, root.id, "metrics", ("read", "admin"))
    weak = await accounts.create_token(database, root.id, "metrics", ("read",))
    for bearer, status in (
        (None, 401),
        (await token_of(database, "ann@example.com"), 403),
        (weak, 403),
        (token, 200),
    ):
        async with web_server.client(bearer, address="198.51.100.7") as machine:
            assert (await machine.get("/metrics")).status_code == status
    async with web_server.client() as proxied:
        assert (await proxied.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})).status_code == 401


async def test_whoever_shows_the_token_for_figures_sees_them_from_anywhere(dsn: str, tmp_path: Path) -> None:
    secret = "a-token-of-24-characters"
    async with running(dsn, tmp_path, trusted_proxies=("127.0.0.1",), metrics_token=secret) as web_server:
        for shown, status in ((secret, 200), (secret[:-1], 401), (secret + "x", 401), ("", 401), (None, 401)):
            async with web_server.client(shown, address="198.51.100.7") as program:
                assert (await program.get("/metrics")).status_code == status
        forwarded = {"X-Forwarded-For": "198.51.100.7", "Authorization": f"bearer {secret}"}
        async with web_server.client() as proxied:
            assert (await proxied.get("/metrics", headers=forwarded)).status_code == 200
            assert (await proxied.get("/api/v1/me", headers=forwarded)).status_code == 401


async def test_without_the_database_figures_say_so_and_tell_the_rest(
    web_server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with web_server.client() as machine:
        well = (await machine.get("/metrics")).text
        monkeypatch.setattr("estafette.base.pending_reactions.waiting", _away)
        answer = await machine.get("/metrics")
    assert "\nestafette_database_up 1.0\n" in well
    assert "estafette_pending_reactions" in well
    assert answer.status_code == 200
    assert "\nestafette_database_up 0.0\n" in answer.text
    assert "estafette_requests_total" in answer.text
    assert "estafette_pending_reactions" not in answer.text


async def test_who_comes_over_tls_unexpectedly_is_counted_and_logged_once(dsn: str, tmp_path: Path) -> None:
    secret = "a-token-of-24-characters"
    over_tls = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https", "Authorization": f"Bearer {secret}"}
    chosen = {"trusted_proxies": ("127.0.0.1",), "metrics_token": secret}

    async def seen_after_three(**more: str) -> str:
        async with running(dsn, tmp_path, **chosen, **more) as web_server, web_server.client() as proxied:
            texts = [(await proxied.get("/metrics", headers=over_tls)).text for _ in range(3)]
        return texts[-1]

    with capture_logs() as logs:
        assert "estafette_unexpected_tls_total 3.0" in await seen_after_three()
    assert [each["event"] for each in logs if "TLS" in each["event"]] == [
        "people come over TLS, and the public URL does not say so"
    ]
    assert "estafette_unexpected_tls_total 0.0" in await seen_after_three(public_url="https://talk.example.com")


async def _away(*_: object) -> int:
    raise ConnectionRefusedError


@pytest.mark.parametrize("said", ["198.51.100.7:51234", "[2001:db8::9]:443", "unknown", "nonsense", ""])
async def test_whatever_a_trusted_proxy_says_figures_stay_closed(dsn: str, tmp_path: Path, said: str) -> None:
    async with running(dsn, tmp_path, trusted_proxies=("127.0.0.1",)) as web_server, web_server.client() as machine:
        assert (await machine.get("/metrics")).status_code == 401
        assert (await machine.get("/metrics", headers={"X-Forwarded-For": said})).status_code == 401


async def test_those_who_cannot_be_told_share_no_sign_in_limit_with_others(dsn: str, tmp_path: Path) -> None:
    wrong = {"email": "nobody@example.com", "password": "wrong wrong wrong"}
    async with running(dsn, tmp_path, trusted_proxies=("127.0.0.1",)) as web_server, web_server.client() as proxy:

        async def sign_in(said: str) -> int:
            answer = await proxy.post("/api/v1/sessions", json=wrong, headers={"X-Forwarded-For": said})
            return answer.status_code

        for _ in range(200):
            if await sign_in("unknown") == 429:
                break
        assert await sign_in("nonsense") == 429
        wrong["email"] = "somebody@example.com"
        assert await sign_in("198.51.100.7:51234") == 401
        assert await sign_in("203.0.113.5") == 401
