"""What machines ask, and who else may."""

import httpx

from estafette import accounts
from estafette.base.database import Database
from tests.http import House
from tests.web.test_who_asks import token_of


async def test_a_living_process_says_so_without_asking_the_database(house: House) -> None:
    async with house.client() as machine:
        answer = await machine.get("/healthz")
    assert answer.json() == {"status": "alive"}


async def test_a_ready_process_says_so(house: House) -> None:
    async with house.client() as machine:
        answer = await machine.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "not_ready": []}


async def test_a_schema_of_another_version_is_not_ready(house: House, database: Database) -> None:
    await database.execute("DELETE FROM schema_migrations WHERE name = (SELECT max(name) FROM schema_migrations)")
    async with house.client() as machine:
        answer = await machine.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["not_ready"] == ["migrations"]


async def test_figures_for_prometheus(house: House, ann: httpx.AsyncClient) -> None:
    await ann.get("/api/v1/me")
    text = (await ann.get("/metrics")).text
    assert 'estafette_requests_total{method="GET",route="/api/v1/me",status="200"} 1.0' in text
    for name in ("request_seconds_bucket", "statements", "due_waiting", "due_stuck", "live_connections"):
        assert f"estafette_{name}" in text
    assert "estafette_bus_listening 1.0" in text


async def test_figures_name_templates_and_never_paths(house: House, ann: httpx.AsyncClient) -> None:
    await ann.get("/api/v1/partners/01890000-0000-7000-8000-000000000000")
    await ann.get("/api/v1/secret-path")
    await ann.request("BREW", "/api/v1/me")
    text = (await ann.get("/metrics")).text
    assert "01890000" not in text
    assert "secret-path" not in text
    assert "BREW" not in text


async def test_only_this_machine_and_administrators_see_figures(
    house: House, database: Database, ann: httpx.AsyncClient
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
        async with house.client(bearer, address="198.51.100.7") as machine:
            assert (await machine.get("/metrics")).status_code == status
    async with house.client() as proxied:
        assert (await proxied.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})).status_code == 401
