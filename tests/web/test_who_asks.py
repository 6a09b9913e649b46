"""Who makes a request: session cookies and bearer tokens, and how soon they stop to count."""

from pathlib import Path

import asyncpg
import httpx

from estafette import accounts
from estafette.base.database import Database
from tests.http import WebServer, running
from tests.waiting import eventually


async def token_of(database: Database, email: str, *scopes: accounts.Scope) -> str:
    person = await accounts.find_by_email(database, email)
    assert person is not None
    return await accounts.create_token(database, person.id, "test", scopes or ("read", "write"))


async def statements(web_server: WebServer) -> float:
    """How many statements the process has sent before this question, whose own are always as many."""
    async with web_server.client() as client:
        text = (await client.get("/metrics")).text
    return next(float(line.split()[1]) for line in text.splitlines() if line.startswith("estafette_statements_total "))


async def until_refused(browser: httpx.AsyncClient) -> None:
    """Returns once the process no longer believes the cookie."""

    async def is_refused() -> bool:
        return (await browser.get("/api/v1/me")).status_code == 401

    await eventually(is_refused)


async def test_a_session_cookie_signs_in(ann: httpx.AsyncClient) -> None:
    answer = await ann.get("/api/v1/me")
    assert answer.status_code == 200
    assert answer.json()["name"] == "Ann"


async def test_a_bearer_token_signs_in(web_server: WebServer, database: Database, ann: httpx.AsyncClient) -> None:
    async with web_server.client(await token_of(database, "ann@example.com")) as program:
        assert (await program.get("/api/v1/me")).json()["name"] == "Ann"


async def test_nobody_is_refused_where_somebody_is_needed(web_server: WebServer) -> None:
    async with web_server.client() as stranger:
        answer = await stranger.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "unauthenticated"


async def test_an_unknown_credential_is_nobody(web_server: WebServer) -> None:
    for headers in (
        {"Authorization": "Bearer est_unknown"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic YW5uOmFubg=="},
        {"Authorization": "Bearer \xff\xfe"},
        {"Cookie": "estafette_session=unknown"},
        {"Cookie": "estafette_session="},
        {"Cookie": ";;=;estafette_session=\xff"},
    ):
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        async with web_server.client() as stranger:
            assert (await stranger.get("/api/v1/me", headers=raw)).status_code == 401, headers
            assert (await stranger.get("/api/v1/partners", headers=raw)).status_code == 200, headers


async def test_a_session_that_was_ended_is_refused_at_once(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    kept = ann.cookies["estafette_session"]
    assert (await ann.delete("/api/v1/sessions/current")).status_code == 204
    async with web_server.client(Cookie=f"estafette_session={kept}") as thief:
        assert (await thief.get("/api/v1/me")).status_code == 401


async def test_a_session_that_another_one_ended_is_refused_at_once(
    web_server: WebServer, ann: httpx.AsyncClient
) -> None:
    async with web_server.client() as phone:
        signed = {"email": "ann@example.com", "password": "correct horse battery staple"}
        await phone.post("/api/v1/sessions", json=signed)
        assert (await phone.get("/api/v1/me")).status_code == 200
        items = (await ann.get("/api/v1/sessions")).json()["items"]
        other = next(each["id"] for each in items if not each["current"])
        await ann.delete(f"/api/v1/sessions/{other}")
        assert (await phone.get("/api/v1/me")).status_code == 401
    assert (await ann.get("/api/v1/me")).status_code == 200


async def test_another_process_hears_of_a_revoked_session(dsn: str, tmp_path: Path) -> None:
    async with running(dsn, tmp_path) as first, running(dsn, tmp_path) as second:
        ann = await first.sign_up()
        cookie = f"estafette_session={ann.cookies['estafette_session']}"
        async with second.client(Cookie=cookie) as elsewhere:
            assert (await elsewhere.get("/api/v1/me")).status_code == 200
            await ann.delete("/api/v1/sessions/current")
            await until_refused(elsewhere)


async def test_an_expired_token_is_refused(web_server: WebServer, database: Database, ann: httpx.AsyncClient) -> None:
    token = await token_of(database, "ann@example.com")
    await database.execute("UPDATE tokens SET expires_at = now() - interval '1 second'")
    async with web_server.client(token) as program:
        assert (await program.get("/api/v1/me")).status_code == 401


async def test_who_is_known_costs_no_statement(web_server: WebServer, ann: httpx.AsyncClient) -> None:
    await ann.get("/api/v1/conversations/counts")
    before = await statements(web_server)
    await ann.get("/api/v1/conversations/counts")
    once = await statements(web_server)
    await ann.get("/api/v1/conversations/counts")
    await ann.get("/api/v1/conversations/counts")
    twice = await statements(web_server)
    asking = await statements(web_server) - twice
    assert once - before - asking == 1
    assert twice - once - asking == 2


async def test_a_token_for_reading_only_reads(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient
) -> None:
    async with web_server.client(await token_of(database, "ann@example.com", "read")) as program:
        assert (await program.get("/api/v1/me")).status_code == 200
        answer = await program.patch("/api/v1/me", json={"name": "Anna"})
        assert answer.status_code == 403
        assert answer.json()["code"] == "read_only_token"
    assert (await ann.get("/api/v1/me")).json()["name"] == "Ann"


async def test_a_session_in_use_keeps_its_cookie(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient
) -> None:
    renewed = (await ann.get("/api/v1/me")).headers["set-cookie"]
    assert renewed.startswith(f"estafette_session={ann.cookies['estafette_session']};")
    assert "Max-Age=2592000" in renewed
    assert "HttpOnly" in renewed
    async with web_server.client(await token_of(database, "ann@example.com")) as program:
        assert "set-cookie" not in (await program.get("/api/v1/me")).headers
    async with web_server.client(Cookie="estafette_session=unknown") as stranger:
        assert "set-cookie" not in (await stranger.get("/api/v1/me")).headers


async def test_over_tls_the_cookie_is_bound_to_the_host(dsn: str, tmp_path: Path) -> None:
    async with (
        running(dsn, tmp_path, public_url="https://talk.example.org") as web_server,
        web_server.client() as browser,
    ):
        answer = await browser.post(
            "/api/v1/sign-up",
            json={"name": "Ann", "email": "ann@example.com", "password": "correct horse battery staple"},
            headers={"Origin": "https://talk.example.org"},
        )
    cookies = {each.partition("=")[0]: each.lower() for each in answer.headers.get_list("set-cookie")}
    assert cookies.keys() == {"__Host-estafette_session", "__Host-estafette_device"}
    for part in ("secure", "httponly", "path=/", "samesite=lax"):
        assert all(part in cookie for cookie in cookies.values())
    assert "max-age=2592000" in cookies["__Host-estafette_session"]


async def test_everyone_is_looked_up_anew_after_the_bus_was_interrupted(
    web_server: WebServer, database: Database, ann: httpx.AsyncClient, server: str
) -> None:
    await ann.get("/api/v1/me")
    connection = await asyncpg.connect(server)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'estafette bus' AND datname = $1",
        await database.fetchval("SELECT current_database()"),
    )
    await connection.close()
    # Nobody announces this: only the gap in the bus makes the process ask again.
    await database.execute("UPDATE sessions SET expires_at = now() - interval '1 second'")
    await until_refused(ann)
