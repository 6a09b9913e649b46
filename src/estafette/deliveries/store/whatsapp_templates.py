"""Statements about the templates of gateways, and when they were last fetched."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples


async def claim_refresh(queries: Queries, now: datetime, until: datetime) -> UUID | None:
    """A gateway whose templates are to be fetched now: new, changed since, or its time has come; until then ours."""
    return await queries.fetchval(
        """
        INSERT INTO whatsapp_refreshes AS known (gateway_id, version, due_at)
        SELECT g.id, g.version, $2::timestamptz
        FROM gateways g LEFT JOIN whatsapp_refreshes r ON r.gateway_id = g.id
        WHERE g.transport = 'whatsapp' AND g.enabled AND g.removed_at IS NULL
            AND (r.gateway_id IS NULL OR r.version <> g.version OR r.due_at <= $1)
        ORDER BY g.id LIMIT 1
        ON CONFLICT (gateway_id) DO UPDATE SET version = excluded.version, due_at = excluded.due_at
            WHERE known.version <> excluded.version OR known.due_at <= $1
        RETURNING gateway_id
        """,
        now,
        until,
    )


async def ask_for_refresh(queries: Queries, now: datetime) -> None:
    """Lets the templates of all gateways be fetched as soon as somebody looks."""
    await queries.execute("UPDATE whatsapp_refreshes SET due_at = $1 WHERE due_at > $1", now)


async def refreshed(transaction: Transaction, gateway_id: UUID, now: datetime, again_at: datetime) -> None:
    """Notes that the templates of a gateway were fetched, and when they are again."""
    await transaction.execute(
        "UPDATE whatsapp_refreshes SET refreshed_at = $2, due_at = $3, error = NULL WHERE gateway_id = $1",
        gateway_id,
        now,
        again_at,
    )


async def failed(queries: Queries, gateway_id: UUID, error: str, again_at: datetime) -> None:
    """Notes why the templates of a gateway could not be fetched, and when that is tried again."""
    await queries.execute(
        "UPDATE whatsapp_refreshes SET error = $2, due_at = $3 WHERE gateway_id = $1", gateway_id, error, again_at
    )


async def put(transaction: Transaction, gateway_id: UUID, rows: Sequence[tuple[Any, ...]], now: datetime) -> None:
    """Stores (name, language, category, state, body, places as JSON, header, sendable) of a gateway."""
    await transaction.execute(
        """
        INSERT INTO whatsapp_templates (
            gateway_id, name, language, category, state, body, places, header, sendable, seen_at
        )
        SELECT $1, name, language, category, state, body,
            ARRAY(SELECT jsonb_array_elements_text(places::jsonb)), header, sendable, $10
        FROM unnest(
            $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[]
        ) AS given (name, language, category, state, body, places, header, sendable)
        ORDER BY name, language
        ON CONFLICT (gateway_id, name, language) DO UPDATE SET category = excluded.category, state = excluded.state,
            body = excluded.body, places = excluded.places, header = excluded.header, sendable = excluded.sendable,
            seen_at = excluded.seen_at
        """,
        gateway_id,
        *tuples(rows),
        now,
    )


async def forget_unseen(transaction: Transaction, gateway_id: UUID, seen_at: datetime) -> None:
    """Removes the templates of a gateway that are not in its list any more."""
    await transaction.execute(
        "DELETE FROM whatsapp_templates WHERE gateway_id = $1 AND seen_at < $2", gateway_id, seen_at
    )


async def all_templates(queries: Queries, name: str | None = None) -> list[Any]:
    """The templates of all gateways in use, or those of a name, by name and language."""
    return await queries.fetch(
        """
        SELECT t.gateway_id, t.name, t.language, t.category, t.state, t.body, t.places, t.header, t.sendable
        FROM whatsapp_templates t JOIN gateways g ON g.id = t.gateway_id
        WHERE g.enabled AND g.removed_at IS NULL AND g.transport = 'whatsapp' AND ($1::text IS NULL OR t.name = $1)
        ORDER BY t.name, t.language, g.priority, g.id
        """,
        name,
    )


async def refreshes(queries: Queries) -> list[Any]:
    """The gateways in use that have templates, and when these were last fetched."""
    return await queries.fetch(
        """
        SELECT g.id AS gateway_id, g.name AS gateway, r.refreshed_at, r.error, r.due_at
        FROM gateways g LEFT JOIN whatsapp_refreshes r ON r.gateway_id = g.id
        WHERE g.enabled AND g.removed_at IS NULL AND g.transport = 'whatsapp' ORDER BY g.priority, g.id
        """
    )
