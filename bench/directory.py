"""Finding a colleague among 100,000 while one types: every keystroke is a request."""

import random
from collections.abc import Iterator
from time import perf_counter
from urllib.parse import quote

import asyncpg

from bench.http_client import HttpConnection
from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, new_people, settle

PEOPLE, SEARCHES, SHOWN = 100_000, 60, 20
_FIRST = (
    "Alice Bernard Camille Daniel Élise François Gaëlle Hugo Inès Jules Léa Marc Nina Oscar Paula Quentin Rosa Sofia"
)
_LAST = (
    "Martin Petit Durand Moreau Laurent Simon Michel Garcia Roux Fournier Girard Mercier Dupont Faure Rousseau Blanc"
)
_TITLES = "Accountant Buyer Counsel Driver Engineer Nurse Planner Seller Technician Writer"
_DEPARTMENTS = "Archives Finance Legal Logistics Marketing Production Purchasing Research Sales Support"
# Twenty rows by the order of an index: less than that nobody can read.
_BARE = "SELECT id, name, picture, email FROM people WHERE name_key >= $1 ORDER BY name_key, id LIMIT 20"


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds for each keystroke, of names, surnames and both, titles and departments."""
    say(f"directory: loading {PEOPLE:,} employees")
    chance = random.Random(20261130)
    [hugo] = await new_people(stage.database, 1, "employee")
    await _load(stage.database, chance)
    await settle(stage.database)
    middle, slowest = Runs(), Runs()
    for _ in stage.rounds("directory"):
        typed = [keystroke for search in _searches(chance) for keystroke in _keystrokes(search)]
        found = await _seconds(stage.server.port, hugo, typed)
        bare = await _bare_seconds(stage.database, typed)
        for share, runs in ((50, middle), (95, slowest)):
            runs.add(percentile(found, share) * 1000, percentile(bare, share) * 1000)
    context = f"each keystroke of {SEARCHES} searches over HTTP, among {PEOPLE:,}"
    limit = "20 names by index, asyncpg"
    return [
        Figure(name="Directory as you type, p50", unit="ms", runs=middle, limit=limit, context=context),
        Figure(
            name="Directory as you type, p95", unit="ms", runs=slowest, limit=limit, context=context,
            aim=("≤", 30.0), aim_is_absolute=True,
        ),
    ]  # fmt: skip


def _name(chance: random.Random) -> tuple[str, str]:
    """With a middle part that makes surnames as many as they are among people."""
    return chance.choice(
        _FIRST.split()
    ), f"{chance.choice(_LAST.split())}{chance.choice('aeiou')}{chance.randrange(400)}"


def _searches(chance: random.Random) -> Iterator[str]:
    for number in range(SEARCHES):
        first, last = _name(chance)
        title, department = chance.choice(_TITLES.split()), chance.choice(_DEPARTMENTS.split())
        yield (f"{first} {last}", last, f"{last} {first}", f"{first} {department}", f"{title} {department}")[number % 5]


def _keystrokes(search: str) -> Iterator[str]:
    return (search[:length] for length in range(1, len(search) + 1))


async def _seconds(port: int, who: Somebody, typed: list[str]) -> list[float]:
    reader = await HttpConnection.open(port, who.token)
    found: list[float] = []
    try:
        for keystroke in [*typed[:20], *typed]:
            at = perf_counter()
            await reader.get(f"/api/v1/directory?limit={SHOWN}&q={quote(keystroke)}")
            found.append(perf_counter() - at)
    finally:
        reader.close()
    return found[20:]


async def _bare_seconds(database: asyncpg.Connection, typed: list[str]) -> list[float]:
    found: list[float] = []
    for keystroke in typed:
        at = perf_counter()
        await database.fetch(_BARE, keystroke.lower())
        found.append(perf_counter() - at)
    return found


async def _load(database: asyncpg.Connection, chance: random.Random) -> None:
    people = await new_people(database, PEOPLE, "employee")
    rows = [
        (each.id, " ".join(_name(chance)), chance.choice(_TITLES.split()), chance.choice(_DEPARTMENTS.split()))
        for each in people
    ]
    await database.execute(
        """
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS g (id, name, title, department)
        ), named AS (
            UPDATE people SET name = given.name, name_key = lower(translate(given.name, 'Éçëè', 'Ecee'))
            FROM given WHERE people.id = given.id RETURNING people.id, people.name_key
        ), profiles AS (
            INSERT INTO employee_profiles
                (person_id, title, title_key, department, department_key, phone_words, working_hours)
            SELECT id, title, lower(title), department, lower(department), '{}', '[]' FROM given
        )
        INSERT INTO directory_entries (person_id, name_key, department_key, words)
        SELECT id, name_key, lower(department), directory_words(name_key, lower(title), lower(department))
        FROM named JOIN given USING (id)
        """,
        *map(list, zip(*rows, strict=True)),
    )
