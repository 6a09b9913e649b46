"""Contact requests accepted per second over document D1's interface, and what counting a million of them costs."""

import asyncio
from collections.abc import Iterator
from itertools import cycle
from time import perf_counter
from uuid import UUID

import msgspec

from bench.http_client import HttpConnection
from bench.limits import request_rows
from bench.limits.pgbench import Pgbench
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, new_people, quiet, settle
from estafette.base.ids import new_id

CLIENTS = 64
SECONDS, WARM_UP = 4.0, 1.0
# Nobody asks oftener than a person may: so many take turns.
PEOPLE = 6_000
FEW, MANY = 10_000, 1_000_000
DAYS, ADVERTS, QUESTIONS = 365, 20, 200


async def measure(stage: Stage) -> list[Figure]:
    """Accepting, then counting."""
    return [await _accepting(stage), *await _counting(stage)]


async def _accepting(stage: Stage) -> Figure:
    runs = Runs()
    async with Pgbench.prepared(stage.server.dsn, request_rows.TABLES, request_rows.SCRIPT) as pgbench:
        for _ in stage.rounds("requests"):
            limit = await pgbench.rate(clients=32, seconds=SECONDS)
            runs.add(await _accepted_per_second(stage), limit)
            await quiet(stage.database)
    return Figure(
        name=f"Contact requests accepted/s, {CLIENTS} clients",
        runs=runs,
        limit="pgbench -c 32 -M prepared: BEGIN, the same seven rows, COMMIT",
        aim=("≥", 0.5),
        context="POST /v1/contact-requests, durable with what is due because of it; 64 partners",
    )


async def _accepted_per_second(stage: Stage) -> float:
    people = await new_people(stage.database, PEOPLE)
    await stage.database.execute(
        "INSERT INTO contact_profiles (id, person_id, label, email, phone, is_default, created_at) "
        "SELECT gen_random_uuid(), id, 'Mine', 'somebody@example.org', '+33612345678', true, now() "
        "FROM unnest($1::uuid[]) AS id",
        [each.id for each in people],
    )
    adverts = [await _advert(stage) for _ in range(CLIENTS)]
    turns = cycle(enumerate(people))
    loop = asyncio.get_running_loop()
    begun = loop.time() + WARM_UP
    end = begun + SECONDS

    async def keep_asking(partner: UUID) -> int:
        connection = await HttpConnection.open(stage.server.port, people[0].token)
        accepted = 0
        try:
            while (now := loop.time()) < end:
                await _ask(connection, turns, partner)
                accepted += now >= begun
        finally:
            connection.close()
        return accepted

    return sum(await asyncio.gather(*map(keep_asking, adverts))) / SECONDS


async def _ask(connection: HttpConnection, turns: Iterator[tuple[int, Somebody]], partner: UUID) -> None:
    number, person = next(turns)
    # From another place each time, as the proxy would tell.
    connection.speak_as(person.token, f"198.18.{number // 250 % 250}.{number % 250}")
    body = {
        "ad": "globe",
        "advertiser": str(partner),
        "message": "May I see it on Saturday? I can come by at any time after ten.",
        "starts_at": "2027-01-15",
    }
    await connection.post("/v1/contact-requests", msgspec.json.encode(body))


async def _advert(stage: Stage, count: int = 1) -> UUID:
    """A partner with adverts, the first of which is called globe."""
    partner = new_id()
    await stage.database.execute(
        "INSERT INTO partners (id, name, name_key, search_key, time_zone, created_at) "
        "VALUES ($1, 'Partner', 'partner', 'partner', 'UTC', now())",
        partner,
    )
    await stage.database.execute(
        "INSERT INTO adverts (id, partner_id, reference, title, search_key, created_at, changed_at) "
        "SELECT gen_random_uuid(), $1, CASE n WHEN 1 THEN 'globe' ELSE 'globe-' || n END, 'A globe', 'a globe', "
        "now(), now() FROM generate_series(1, $2::integer) AS n",
        partner,
        count,
    )
    return partner


async def _counting(stage: Stage) -> list[Figure]:
    """The same question about a partner with few requests and one with very many, of a year and twenty adverts."""
    times: dict[int, Runs] = {FEW: Runs(), MANY: Runs()}
    [owner] = await new_people(stage.database, 1)
    partners = {count: await _advert(stage, ADVERTS) for count in times}
    for count, partner in partners.items():
        say(f"requests: storing {count:,}")
        await stage.database.execute(
            "INSERT INTO partner_members (partner_id, person_id, role, since) VALUES ($1, $2, 'owner', now())",
            partner,
            owner.id,
        )
        await _store_many(stage, partner, count)
    await settle(stage.database)
    connection = await HttpConnection.open(stage.server.port, owner.token)
    for _ in stage.rounds("requests, counting"):
        found = {count: await _milliseconds(connection, partner) for count, partner in partners.items()}
        times[MANY].add(found[MANY], found[FEW])
    connection.close()
    context = "GET …/count?group_by=month about a year, p95 of 200 questions over HTTP"
    return [
        Figure(
            name=f"Count over {MANY:,} requests, p95",
            runs=times[MANY],
            limit=f"the same over {FEW:,}",
            unit="ms",
            aim=("≤", 10.0),
            aim_is_absolute=True,
            context=context,
        )
    ]


async def _store_many(stage: Stage, partner: UUID, count: int) -> None:
    await stage.database.execute(
        """
        WITH advert AS (
            SELECT id, row_number() OVER (ORDER BY reference) - 1 AS place FROM adverts WHERE partner_id = $1
        ), kept AS (
            INSERT INTO contact_requests (id, partner_id, advert_id, person_id, profile_id, name, email, phone,
                message, starts_at, created_at, changed_at)
            SELECT gen_random_uuid(), $1, advert.id, gen_random_uuid(), gen_random_uuid(), 'Somebody',
                'somebody@example.org', '+33612345678', 'May I see it?', current_date,
                now() - make_interval(days => (n % $3)::integer), now()
            FROM generate_series(1, $2::integer) AS n JOIN advert ON advert.place = n % $4
            RETURNING advert_id, created_at::date AS day
        )
        INSERT INTO contact_request_counts (partner_id, advert_id, day, count)
        SELECT $1, advert_id, day, count(*) FROM kept GROUP BY advert_id, day
        UNION ALL
        SELECT $1, '00000000-0000-0000-0000-000000000000', day, count(*) FROM kept GROUP BY day
        """,
        partner,
        count,
        DAYS,
        ADVERTS,
        timeout=600,
    )


async def _milliseconds(connection: HttpConnection, partner: UUID) -> float:
    times: list[float] = []
    for _ in range(QUESTIONS):
        begun = perf_counter()
        await connection.get(f"/v1/advertisers/{partner}/contact-requests/count?group_by=month")
        times.append(perf_counter() - begun)
    return sorted(times)[int(len(times) * 0.95)] * 1000
