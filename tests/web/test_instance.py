"""What anybody may know of an installation."""

from pathlib import Path

from estafette import accounts
from estafette.base.database import Database
from tests.http import WebServer, running


async def test_an_empty_server_asks_for_its_first_administrator(web_server: WebServer, database: Database) -> None:
    async with web_server.client() as stranger:
        assert (await stranger.get("/api/v1/instance")).json()["setup_needed"] is True
        await web_server.sign_up()
        assert (await stranger.get("/api/v1/instance")).json()["setup_needed"] is True
        await accounts.add_person(database, "root@example.com", "Root", ("administrator",))
        assert (await stranger.get("/api/v1/instance")).json()["setup_needed"] is False


async def test_the_code_is_told_to_nobody(web_server: WebServer, database: Database) -> None:
    code = await accounts.setup_code(database)
    async with web_server.client() as stranger:
        assert code
        assert code not in (await stranger.get("/api/v1/instance")).text


async def test_demo_accounts_are_told_where_they_live_and_nowhere_else(
    dsn: str, tmp_path: Path, database: Database
) -> None:
    async with running(dsn, tmp_path, demo=True) as web_server, web_server.client() as stranger:
        assert (await stranger.get("/api/v1/instance")).json()["demo_accounts"] == []
        await accounts.add_person(database, "test-user@example.com", "Camille")
        told = (await stranger.get("/api/v1/instance")).json()["demo_accounts"]
        assert {"email", "password", "role", "name"} == set(told[0])
    async with running(dsn, tmp_path) as web_server, web_server.client() as stranger:
        answer = (await stranger.get("/api/v1/instance")).json()
        assert (answer["demo"], answer["demo_accounts"]) == (False, [])
