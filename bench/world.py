"""Who talks with whom while we measure: people, partners and conversations, loaded straight into the tables."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg

from estafette.base.ids import new_id


@dataclass(frozen=True)
class Somebody:
    """A person and a bearer token of theirs."""

    id: UUID
    token: str


@dataclass(frozen=True)
class Talk:
    """A conversation of one customer with all members of one partner."""

    id: UUID
    customer: Somebody
    members: list[Somebody]

    @property
    def people(self) -> list[Somebody]:
        """Everyone who hears what is said."""
        return [self.customer, *self.members]


async def new_people(database: asyncpg.Connection, count: int, role: str = "customer") -> list[Somebody]:
    """People of a role, each with a token that may read and write."""
    scopes = ["read", "write", "admin"] if role == "administrator" else ["read", "write"]
    people = [Somebody(new_id(), "est_" + secrets.token_urlsafe(32)) for _ in range(count)]
    now = datetime.now(UTC)
    await _copy(
        database,
        "people",
        ("id", "name", "name_key", "email", "email_key", "language", "time_zone", "created_at"),
        [
            (each.id, "Somebody", "somebody", f"{each.id}@example.org", f"{each.id}@example.org", "en", "UTC", now)
            for each in people
        ],
    )
    await _copy(
        database,
        "role_grants",
        ("person_id", "role", "granted_at"),
        [(each.id, role, now) for each in people],
    )
    await _copy(
        database,
        "tokens",
        # Just used: nothing is to be noted about it while we measure.
        ("id", "person_id", "token_hash", "name", "scopes", "created_at", "last_used_at"),
        [(new_id(), each.id, sha256(each.token.encode()).digest(), "bench", scopes, now, now) for each in people],
    )
    return people


async def new_talks(database: asyncpg.Connection, count: int, members: int = 1) -> list[Talk]:
    """Conversations of a customer each with one partner that has so many members."""
    team, customers = await new_people(database, members), await new_people(database, count)
    partner, now = new_id(), datetime.now(UTC)
    await _copy(
        database,
        "partners",
        ("id", "name", "name_key", "search_key", "time_zone", "created_at", "changed_at"),
        [(partner, "Partner", "partner", "partner", "UTC", now, now)],
    )
    await _copy(
        database,
        "partner_members",
        ("partner_id", "person_id", "role", "since"),
        [(partner, each.id, "member", now) for each in team],
    )
    talks = [Talk(new_id(), customer, team) for customer in customers]
    await _copy(
        database,
        "conversations",
        ("id", "kind", "head", "opened_at", "readers"),
        [(each.id, "storefront", 1, now, [each.customer.id, partner]) for each in talks],
    )
    await _copy(
        database,
        "participants",
        # Confirmed already: the automatic confirmation is not what is measured.
        ("conversation_id", "party_id", "role", "wrote_at", "confirmed_at"),
        [
            row
            for each in talks
            for row in ((each.id, each.customer.id, "customer", None, None), (each.id, partner, "partner", now, now))
        ],
    )
    await _copy(
        database,
        "storefronts",
        ("customer_id", "partner_id", "conversation_id"),
        [(each.customer.id, partner, each.id) for each in talks],
    )
    await _copy(
        database,
        "changes",
        ("stream_id", "number", "kind", "subject_id", "at"),
        [(each.id, 1, "opened", each.id, now) for each in talks],
    )
    return talks


async def new_channel(database: asyncpg.Connection, people: Sequence[Somebody], others: int) -> Talk:
    """A channel of these people, who all write in it, and so many others whom nobody sees."""
    place, now = new_id(), datetime.now(UTC)
    members = [*(each.id for each in people), *(each.id for each in await new_people(database, others, "employee"))]
    await _copy(
        database,
        "conversations",
        ("id", "kind", "head", "opened_at", "readers"),
        [(place, "channel", 1, now, [place])],
    )
    await _copy(
        database,
        "groups",
        ("conversation_id", "name", "name_key", "is_open", "members", "created_by"),
        [(place, "News", "news", False, len(members), people[0].id)],
    )
    await _copy(
        database,
        "memberships",
        ("conversation_id", "person_id", "role", "level", "joined_at", "read_ordinal"),
        [(place, each, "member", "mentions", now, 0) for each in members],
    )
    await _copy(
        database,
        "changes",
        ("stream_id", "number", "kind", "subject_id", "at"),
        [(place, 1, "opened", place, now)],
    )
    return Talk(place, people[0], list(people[1:]))


async def fill(database: asyncpg.Connection, talk: Talk, messages: int) -> None:
    """Lets the customer have said so many messages of about 100 characters, with all that is kept about them."""
    await database.execute(
        """
        WITH said AS (
            INSERT INTO messages (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, created_at)
            SELECT $1, n, gen_random_uuid(), n + 1, 'text', $2, $2,
                'Message ' || n || repeat(' of a long conversation', 4), now() - make_interval(secs => $3 - n)
            FROM generate_series(1, $3::bigint) AS n
            RETURNING number, id, created_at
        ), changed AS (
            INSERT INTO changes (stream_id, number, kind, subject_id, at)
            SELECT $1, number, 'message_sent', id, created_at FROM said
        ), counted AS (
            UPDATE participants SET sent = CASE WHEN party_id = $2 THEN $3 ELSE 0 END, last_message_at = now()
            WHERE conversation_id = $1
        )
        UPDATE conversations SET head = $3 + 1, last_ordinal = $3, last_message_at = now() WHERE id = $1
        """,
        talk.id,
        talk.customer.id,
        messages,
        timeout=300,
    )


async def fill_all(database: asyncpg.Connection, places: Sequence[UUID], messages: int) -> None:
    """Lets somebody of each of many conversations have said a few messages, at times of their own; without changes."""
    await database.execute(
        """
        WITH authors AS MATERIALIZED (
            SELECT given.id, place, coalesce(
                (SELECT customer_id FROM storefronts WHERE conversation_id = given.id),
                (SELECT created_by FROM groups WHERE conversation_id = given.id)
            ) AS author
            FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, place)
        ), said AS (
            INSERT INTO messages (conversation_id, ordinal, id, number, kind, party_id, sender_id, text, created_at)
            SELECT id, n, gen_random_uuid(), n + 1, 'text', author, author, 'Message ' || n || repeat(' of many', 5),
                now() - make_interval(secs => place * 60 - n)
            FROM authors CROSS JOIN generate_series(1, $2::bigint) AS n
        ), counted AS (
            UPDATE participants SET sent = CASE WHEN party_id = author THEN $2 ELSE 0 END,
                last_message_at = now() - make_interval(secs => place * 60 - $2)
            FROM authors WHERE conversation_id = authors.id
        )
        UPDATE conversations SET head = $2 + 1, last_ordinal = $2,
            last_message_at = now() - make_interval(secs => place * 60 - $2)
        FROM authors WHERE conversations.id = authors.id
        """,
        places,
        messages,
        timeout=300,
    )


async def head(database: asyncpg.Connection, talk: Talk) -> int:
    """The number of the last change of a conversation."""
    found: Any = await database.fetchval("SELECT head FROM conversations WHERE id = $1", talk.id)
    return int(found)


async def quiet(database: asyncpg.Connection) -> float:
    """Waits until nothing is left to react to, at most a minute; returns the seconds it took."""
    begun = asyncio.get_running_loop().time()
    while await database.fetchval("SELECT EXISTS (SELECT FROM pending_reactions)"):
        waited = asyncio.get_running_loop().time() - begun
        if waited > 60:
            break
        await asyncio.sleep(0.1)
    return asyncio.get_running_loop().time() - begun


async def settle(database: asyncpg.Connection) -> None:
    """After loading: statistics as they would be had it all been said over months, and no checkpoint left to do."""
    await database.execute("VACUUM ANALYZE", timeout=300)
    await database.execute("CHECKPOINT", timeout=300)


async def _copy(database: asyncpg.Connection, table: str, columns: Sequence[str], records: list[Any]) -> None:
    await database.copy_records_to_table(table, columns=columns, records=records)
