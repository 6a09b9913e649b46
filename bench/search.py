"""Finding messages among 100,000 and 1,000,000 by a rare word, a frequent one, a phrase, a beginning, an author."""

from time import perf_counter
from urllib.parse import quote

import asyncpg

from bench.http_client import HttpConnection
from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Talk, new_channel, new_people, settle

FEW, MANY = 100_000, 1_000_000
SEARCHES = 60
# Of so many messages each has the words: a third, one in a hundred, 40 of all, one in a thousand side by side.
ASKED = {
    "rare word": "quincenumber{rare}",
    "frequent word": "meeting",
    "word of one in 100": "invoice",
    "phrase": '"annual report"',
    "beginning": "quincenumber{rare}"[:9],
    "author and word": "from:me invoice",
}
_BARE = "SELECT id FROM search_documents WHERE id = ANY ($1::uuid[])"


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds of each kind of search over HTTP; of the rare word against the same among fewer messages."""
    reader, writer = await new_people(stage.database, 2, "employee")
    talk = await new_channel(stage.database, [reader, writer], 0)
    say(f"search: loading {FEW:,} messages")
    await _fill(stage.database, talk, 1, FEW)
    among_few: list[float] = await _seconds(stage.server.port, talk, "rare word")
    say(f"search: loading {MANY:,} messages")
    await _fill(stage.database, talk, FEW + 1, MANY)
    runs = {name: Runs() for name in ASKED}
    flat = Runs()
    for _ in stage.rounds("search"):
        for name, figure in runs.items():
            found = await _seconds(stage.server.port, talk, name)
            figure.add(percentile(found, 95) * 1000, percentile(await _bare(stage.database), 95) * 1000)
            if name == "rare word":
                flat.add(percentile(found, 50) * 1000, percentile(among_few, 50) * 1000)
    context = f"{SEARCHES} searches over HTTP, among {MANY:,} messages"
    return [
        *(
            Figure(name=f"Search by {name}, p95", unit="ms", runs=figure, limit="30 entries by id, asyncpg",
                   context=context, aim=("≤", 60.0), aim_is_absolute=True)
            for name, figure in runs.items()
        ),
        Figure(name="Search by rare word, p50", unit="ms", runs=flat, limit=f"among {FEW:,}", context=context,
               aim=("≤", 1.3)),
    ]  # fmt: skip


async def _seconds(port: int, talk: Talk, name: str) -> list[float]:
    reader = await HttpConnection.open(port, talk.customer.token)
    found: list[float] = []
    try:
        for number in range(-10, SEARCHES):
            q = ASKED[name].format(rare=abs(number))
            at = perf_counter()
            answer = await reader.get(f"/api/v1/search?q={quote(q)}")
            if number >= 0:
                found.append(perf_counter() - at)
            assert b'"messages":{"items":[{' in answer, (q, answer[:200])
    finally:
        reader.close()
    return found


async def _bare(database: asyncpg.Connection) -> list[float]:
    ids = [row["id"] for row in await database.fetch("SELECT id FROM search_documents LIMIT 30")]
    found: list[float] = []
    for _ in range(SEARCHES):
        at = perf_counter()
        await database.fetch(_BARE, ids)
        found.append(perf_counter() - at)
    return found


async def _fill(database: asyncpg.Connection, talk: Talk, first: int, last: int) -> None:
    """Lets both have said so much, and the index know it; its index of words is built when all is there."""
    await database.execute("DROP INDEX search_documents_words")
    await database.execute(
        """
        WITH said AS (
            INSERT INTO messages (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, created_at)
            SELECT $1, n, gen_random_uuid(), n + 1, 'text', author, author, concat_ws(' ',
                    (SELECT string_agg('w' || (n * place * 7919) % 20011, ' ') FROM generate_series(1, 10) AS place),
                    CASE WHEN n % 3 = 0 THEN 'meeting' END,
                    CASE WHEN n % 100 = 0 THEN 'invoice' END,
                    CASE WHEN n % 10 = 1 THEN 'annual' END,
                    CASE WHEN n % 1000 = 1 OR n % 10 = 2 THEN 'report' END,
                    CASE WHEN n % 25 = 0 AND n <= 62500 THEN 'quincenumber' || n / 25 % 62 END
                ), now() - make_interval(secs => $5 - n)
            FROM generate_series($4::bigint, $5::bigint) AS n
            CROSS JOIN LATERAL (SELECT CASE n % 2 WHEN 0 THEN $2::uuid ELSE $3::uuid END AS author) AS whose
            RETURNING *
        ), indexed AS (
            INSERT INTO search_documents (id, version, kind, container_id, audience, at, words)
            SELECT id, number, 'message', $1, ARRAY[$1], created_at,
                to_tsvector('simple', text) || array_to_tsvector(ARRAY['from:' || sender_id, 'in:' || $1])
            FROM said
        )
        UPDATE conversations SET head = $5 + 1, last_ordinal = $5, last_message_at = now() WHERE id = $1
        """,
        talk.id,
        talk.people[0].id,
        talk.people[1].id,
        first,
        last,
        timeout=600,
    )
    await database.execute(
        """
        CREATE INDEX search_documents_words ON search_documents
        USING gin (audience, words) WITH (gin_pending_list_limit = 512)
        """,
        timeout=600,
    )
    await settle(database)
