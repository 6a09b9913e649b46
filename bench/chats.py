"""Opening a chat, short or of a million messages, and the lists of who has many of them."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

import asyncpg

from bench.http_client import HttpConnection
from bench.latency import percentile
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, Talk, fill, fill_all, new_channel, new_people, new_talks, settle

SHORT, LONG = 10_000, 1_000_000
OPENINGS, JUMPS, LISTINGS = 300, 200, 100
DAYS = LONG // 86_400
"""Over which a message a second was said."""
CHATS, CUSTOMERS = 500, 100_000
SAID = 20
"""Messages of each chat of a list."""
# What a list shows of its first chats, and nothing else: no unread count, no names, no JSON.
_NEWEST_CHATS = """
SELECT c.id, c.kind, c.last_ordinal, m.text FROM memberships own
JOIN conversations c ON c.id = own.conversation_id
LEFT JOIN messages m ON m.conversation_id = c.id AND m.ordinal = c.last_ordinal
WHERE own.person_id = $1 AND NOT own.of_thread ORDER BY c.last_message_at DESC LIMIT 50
"""
_NEWEST_CUSTOMERS = """
SELECT c.id, c.kind, c.last_ordinal, m.text FROM (
    SELECT conversation_id FROM participants WHERE party_id = $1 AND last_message_at IS NOT NULL
    ORDER BY last_message_at DESC, conversation_id DESC LIMIT 50
) AS mine
JOIN conversations c ON c.id = mine.conversation_id
LEFT JOIN messages m ON m.conversation_id = c.id AND m.ordinal = c.last_ordinal
"""


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds until a chat can be read, and for a page of each list."""
    say(f"chats: loading {SHORT + LONG:,} messages, {CHATS:,} chats and {CUSTOMERS:,} customers")
    [gina] = await new_people(stage.database, 1, "employee")
    short, long = [await new_channel(stage.database, [gina], 1_000) for _ in range(2)]
    await fill(stage.database, short, SHORT)
    await fill(stage.database, long, LONG)
    hugo, denis, partner = await _lists(stage.database)
    await settle(stage.database)
    growth = {50: Runs(), 95: Runs()}
    jumping, own, unread, inbox = Runs(), Runs(), Runs(), Runs()
    for _ in stage.rounds("chats"):
        few, many = await _opening_seconds(stage.server.port, short, long)
        for share, runs in growth.items():
            runs.add(percentile(many, share) * 1000, percentile(few, share) * 1000)
        newest, dated = await _jump_seconds(stage.server.port, long)
        jumping.add(percentile(dated, 95) * 1000, percentile(newest, 95) * 1000)
        for runs, who, query, bare, of in (
            (own, hugo, "side=colleagues", _NEWEST_CHATS, hugo.id),
            (unread, hugo, "side=colleagues&unread=true", _NEWEST_CHATS, hugo.id),
            (inbox, denis, f"side={partner}", _NEWEST_CUSTOMERS, partner),
        ):
            listed = await _listing_seconds(stage.server.port, who, query)
            runs.add(
                percentile(listed, 95) * 1000, percentile(await _bare_seconds(stage.database, bare, of), 95) * 1000
            )
    return [
        *(
            Figure(
                name=f"Opening a chat of {LONG:,}, p{share}", unit="ms", runs=runs, limit=f"one of {SHORT:,}",
                context="over HTTP: the chat of 1,001 people and its newest 50 messages, the two in turn",
                aim=("≤", 1.3) if share == 95 else None,
            )
            for share, runs in growth.items()
        ),
        Figure(
            name=f"Jumping to a date in {LONG:,}, p95", unit="ms", runs=jumping, aim=("≤", 30.0), aim_is_absolute=True,
            limit="the newest 50, the two in turn", context=f"50 messages around a day among {DAYS}, over HTTP",
        ),
        *(
            Figure(
                name=f"{what}, p95", unit="ms", runs=runs, aim=("≤", 30.0), aim_is_absolute=True,
                limit="ids and newest messages, asyncpg", context="the first 50 over HTTP, one reader",
            )
            for what, runs in (
                (f"List of {CHATS:,} chats", own),
                ("Unread ones of them", unread),
                (f"Inbox of {CUSTOMERS:,} customers", inbox),
            )
        ),
    ]  # fmt: skip


async def _lists(database: asyncpg.Connection) -> tuple[Somebody, Somebody, object]:
    """Somebody with many chats, and a member of a partner to whom many wrote; with the id of that partner."""
    hugo, *others = await new_people(database, 40, "employee")
    chats = [await new_channel(database, [others[number % len(others)], hugo], 10) for number in range(CHATS)]
    await fill_all(database, [each.id for each in chats], SAID)
    talks = await new_talks(database, CUSTOMERS)
    await fill_all(database, [each.id for each in talks], 2)
    partner = await database.fetchval(
        "SELECT party_id FROM participants WHERE conversation_id = $1 AND role = 'partner'", talks[0].id
    )
    return hugo, talks[0].members[0], partner


async def _opening_seconds(port: int, short: Talk, long: Talk) -> tuple[list[float], list[float]]:
    """Seconds until each chat is open, taken in turn so that both see the same machine."""
    found: tuple[list[float], list[float]] = ([], [])
    reader = await HttpConnection.open(port, short.customer.token)
    try:
        for number in range(-20, OPENINGS):
            for talk, seconds in zip((short, long), found, strict=True):
                at = perf_counter()
                await reader.get(f"/api/v1/conversations/{talk.id}")
                await reader.get(f"/api/v1/conversations/{talk.id}/messages?limit=50")
                if number >= 0:
                    seconds.append(perf_counter() - at)
    finally:
        reader.close()
    return found


async def _jump_seconds(port: int, talk: Talk) -> tuple[list[float], list[float]]:
    """Seconds for the newest page, and for one around a day."""
    found: tuple[list[float], list[float]] = ([], [])
    reader = await HttpConnection.open(port, talk.customer.token)
    today = datetime.now(UTC).date()
    try:
        for number in range(-20, JUMPS):
            for query, seconds in zip(("", f"&date={today - timedelta(days=number % DAYS)}"), found, strict=True):
                at = perf_counter()
                await reader.get(f"/api/v1/conversations/{talk.id}/messages?limit=50{query}")
                if number >= 0:
                    seconds.append(perf_counter() - at)
    finally:
        reader.close()
    return found


async def _listing_seconds(port: int, who: Somebody, query: str) -> list[float]:
    reader = await HttpConnection.open(port, who.token)
    found: list[float] = []
    try:
        for _ in range(10 + LISTINGS):
            at = perf_counter()
            await reader.get(f"/api/v1/conversations?limit=50&{query}")
            found.append(perf_counter() - at)
    finally:
        reader.close()
    return found[10:]


async def _bare_seconds(database: asyncpg.Connection, statement: str, of: object) -> list[float]:
    found: list[float] = []
    for _ in range(10 + LISTINGS):
        at = perf_counter()
        await database.fetch(statement, of)
        found.append(perf_counter() - at)
    return found[10:]
