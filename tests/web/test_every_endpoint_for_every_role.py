"""Every endpoint asked by every role, against the table `access.csv`.

A route without a row fails, and so does a row without a route. What is not theirs answers like what does not exist.
"""

import csv
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from estafette.main.database import open_database
from estafette.web import live
from estafette.web.application import described_alone
from estafette.web.documents import documents
from tests.databases import fresh_database
from tests.http import running
from tests.web.walk import OF_GROUPS, ROLES, Walk, picture, prepare
from tests.world import make_world

TABLE = Path(__file__).parent / "access.csv"


def rows() -> dict[str, dict[str, int]]:
    """What each role gets, by `METHOD path`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if line.strip() and not line.startswith("#"))
        head, *table = ([cell.strip() for cell in row] for row in csv.reader(lines))
    assert head == ["method", "path", *ROLES]
    return {f"{method} {path}": dict(zip(ROLES, map(int, statuses), strict=True)) for method, path, *statuses in table}


EXPECTED = rows()


def routes() -> set[str]:
    """Every route there is, the web app's page and the live connection included."""
    endpoints = [*described_alone(), *documents(described_alone)]
    return {"GET /", f"WS {live.PATH}"} | {f"{each.method} {each.path}" for each in endpoints}


@pytest_asyncio.fixture(scope="module")
async def walk(server: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Walk, None]:
    """One world for the whole walk."""
    async with (
        fresh_database(server) as dsn,
        open_database(dsn, size=3) as database,
        running(dsn, tmp_path_factory.mktemp("walk")) as web_server,
    ):
        yield await prepare(web_server, database, await make_world(database))


def test_every_route_has_its_row_and_every_row_its_route() -> None:
    there = routes()
    assert there - EXPECTED.keys() == set(), "routes without a row in access.csv"
    assert EXPECTED.keys() - there == set(), "rows of access.csv without a route"


@pytest.mark.parametrize("route", EXPECTED)
async def test_each_role_gets_what_the_table_says(walk: Walk, route: str) -> None:
    method, path = route.split(" ")
    found: dict[str, int] = {}
    for role in ROLES:
        if method == "WS":
            found[role] = await walk.knock(role)
            continue
        targets = await walk.targets(path)
        answer = await walk.ask(role, method, path, targets)
        found[role] = answer.status_code
        if "{" in path and method != "HEAD" and tells_nothing(role, path, answer.status_code):
            unknown = await walk.ask(role, method, path, {name: nothing(name) for name in targets})
            assert (unknown.status_code, words(unknown)) == (answer.status_code, words(answer)), role
    assert found == EXPECTED[route]


def nothing(name: str) -> object:
    """An id of nothing."""
    if name == "emoji":
        return "👍"
    return 999_999_999 if name in {"delivery_id", "number"} else uuid4()


OF_THE_CUSTOMER = {
    "/api/v1/conversations/{conversation_id}",
    "/api/v1/conversations/{conversation_id}/messages/{message_id}/pin",
    "/api/v1/conversations/{conversation_id}/messages/{message_id}/reactions/{emoji}",
}


def tells_nothing(role: str, path: str, status: int) -> bool:
    """Whether what is foreign must answer like what is unknown: 403 is for those who see it but may not do this."""
    sees = (
        role in ("member", "owner")
        or (role == "other employee" and path in OF_GROUPS)
        or (role == "customer" and path in OF_THE_CUSTOMER)
    )
    return status == 404 or (status == 403 and not sees)


def words(answer: httpx.Response) -> dict[str, Any]:
    """What an answer says, its number aside."""
    return answer.json() | {"request_id": ""}


async def test_pictures_of_people_and_partners_are_for_everyone(walk: Walk) -> None:
    async with await walk.client("owner") as claire:
        uploaded = (await claire.post("/api/v1/files?name=gate.png", content=picture())).json()["id"]
        before = await statuses(walk, f"/api/v1/files/{uploaded}")
        taken = await claire.patch(f"/api/v1/partners/{walk.world.chateau}", json={"picture": uploaded})
        assert taken.status_code == 200
    after = await statuses(walk, f"/api/v1/files/{uploaded}")
    assert before == dict.fromkeys(ROLES, 404) | {"owner": 200}, "an upload that nobody uses is its owner's"
    assert after == dict.fromkeys(ROLES, 200)


async def statuses(walk: Walk, path: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for role in ROLES:
        async with await walk.client(role) as client:
            found[role] = (await client.get(path)).status_code
    return found
