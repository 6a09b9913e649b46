"""Statements for those who look at their deliveries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries


async def find(queries: Queries, owner_id: UUID, id_: int) -> Any:
    """A delivery of an owner, or None."""
    return await queries.fetchrow(
        """
        SELECT id, key, channel, urgency, sender, recipient, text, subject, html, media, options, encoding, segments,
            status, reason, events, attempts, gateway_id, created_at, changed_at, send_at, expires_at
        FROM deliveries WHERE id = $2 AND owner_id = $1
        """,
        owner_id,
        id_,
    )


async def count(queries: Queries, owner_id: UUID) -> int:
    """How many deliveries an owner has."""
    return await queries.fetchval(
        "SELECT coalesce(sum(count), 0)::bigint FROM delivery_totals WHERE owner_id = $1", owner_id
    )


async def changes(queries: Queries, id_: int) -> list[Any]:
    """The changes of a delivery's status, in order."""
    return await queries.fetch(
        "SELECT ordinal, at, status, reason FROM delivery_events WHERE delivery_id = $1 ORDER BY ordinal", id_
    )


async def attempts(queries: Queries, id_: int) -> list[Any]:
    """The attempts of a delivery, in order, with what its gateways call it."""
    # OFFSET keeps a plan from reading all that a gateway ever accepted, by the index that begins with the gateway.
    return await queries.fetch(
        """
        SELECT a.ordinal, a.gateway_id, coalesce(g.name, '') AS gateway, a.started_at, a.ended_at, a.outcome, a.code,
            a.reason, a.retry_at,
            CASE a.outcome WHEN 'accepted' THEN ARRAY(
                SELECT p.provider_id FROM (
                    SELECT * FROM provider_messages m WHERE m.delivery_id = a.delivery_id OFFSET 0
                ) AS p WHERE p.gateway_id = a.gateway_id ORDER BY p.part
            ) ELSE '{}' END AS provider_ids
        FROM delivery_attempts a LEFT JOIN gateways g ON g.id = a.gateway_id
        WHERE a.delivery_id = $1 ORDER BY a.ordinal
        """,
        id_,
    )


async def receipts(queries: Queries, id_: int, characters: int) -> list[Any]:
    """The receipts of a delivery, in the order in which they came, with the beginning of each."""
    return await queries.fetch(
        """
        SELECT received_at, provider_id, status, code, reason, substring(body FOR $2) AS raw, happened_at
        FROM receipts WHERE delivery_id = $1 ORDER BY id LIMIT 200
        """,
        id_,
        characters,
    )


async def next_attempt(queries: Queries, id_: int) -> datetime | None:
    """When a delivery that waits will be tried, at the earliest."""
    return await queries.fetchval(
        "SELECT not_before FROM delivery_queue WHERE delivery_id = $1 AND dispatcher_id IS NULL", id_
    )
