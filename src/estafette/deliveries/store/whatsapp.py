"""Statements about whom WhatsApp lets us write to, how it calls them, and the templates for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples


async def open_windows(transaction: Transaction, rows: Sequence[tuple[UUID, str, datetime]]) -> None:
    """Notes that somebody (gateway, how WhatsApp calls them) wrote at a time; of several the last."""
    await transaction.execute(
        """
        INSERT INTO whatsapp_windows AS known (gateway_id, wa_id, wrote_at)
        SELECT gateway_id, wa_id, max(wrote_at)
        FROM unnest((SELECT $1::uuid[]), $2::text[], $3::timestamptz[]) AS given (gateway_id, wa_id, wrote_at)
        GROUP BY gateway_id, wa_id ORDER BY gateway_id, wa_id
        ON CONFLICT (gateway_id, wa_id) DO UPDATE SET wrote_at = excluded.wrote_at
            WHERE known.wrote_at < excluded.wrote_at
        """,
        *tuples(rows),
    )


async def close_windows(queries: Queries, before: datetime) -> None:
    """Forgets who has not written since."""
    await queries.execute("DELETE FROM whatsapp_windows WHERE wrote_at < $1", before)


async def name_recipients(transaction: Transaction, rows: Sequence[tuple[UUID, str, str]]) -> None:
    """Stores how WhatsApp calls (gateway, recipient); nothing is written where it is known already.

    Whose number was forgotten meanwhile has none.
    """
    await transaction.execute(
        """
        INSERT INTO whatsapp_ids AS known (gateway_id, recipient, wa_id)
        SELECT DISTINCT ON (gateway_id, recipient) gateway_id, recipient, wa_id
        FROM unnest((SELECT $1::uuid[]), $2::text[], $3::text[]) AS given (gateway_id, recipient, wa_id)
        WHERE recipient <> ''
        ORDER BY gateway_id, recipient
        ON CONFLICT (gateway_id, recipient) DO UPDATE SET wa_id = excluded.wa_id WHERE known.wa_id <> excluded.wa_id
        """,
        *tuples(rows),
    )


async def forget_recipients(transaction: Transaction, ids: Sequence[int]) -> None:
    """Forgets how WhatsApp calls the recipients of deliveries."""
    await transaction.execute(
        """
        DELETE FROM whatsapp_ids i USING deliveries d
        WHERE d.id = ANY ((SELECT $1::bigint[])::bigint[]) AND i.gateway_id = d.gateway_id AND i.recipient = d.recipient
        """,
        list(ids),
    )


async def of_deliveries(
    transaction: Transaction, ids: Sequence[int], gateway_id: UUID, wrote_since: datetime
) -> list[Any]:
    """What a gateway needs to know of deliveries: `window_open`, and `language, places, header` of a known template.

    Of a template in several languages it is the one that was asked for, or the first of the same tongue.
    """
    return await transaction.fetch(
        """
        SELECT d.id, coalesce(w.wrote_at > $3, false) AS window_open, t.language, t.places, t.header
        FROM unnest((SELECT $1::bigint[])) AS given (id)
        JOIN deliveries d ON d.id = given.id
        JOIN gateways g ON g.id = $2
        LEFT JOIN whatsapp_ids i ON i.gateway_id = $2 AND i.recipient = d.recipient
        LEFT JOIN whatsapp_windows w
            ON w.gateway_id = $2 AND w.wa_id = coalesce(i.wa_id, ltrim(d.recipient, '+'))
        LEFT JOIN LATERAL (
            SELECT p.language, p.places, p.header FROM whatsapp_templates p
            WHERE p.gateway_id = $2 AND p.name = coalesce(
                    d.options ->> 'template', CASE WHEN d.options ? 'notice' THEN g.settings ->> 'notice_template' END
                )
                AND (
                    split_part(replace(lower(p.language), '-', '_'), '_', 1)
                        = split_part(replace(lower(d.options ->> 'template_language'), '-', '_'), '_', 1)
                    OR d.options ->> 'template' IS NULL
                )
            ORDER BY p.state = 'APPROVED' DESC, p.language = d.options ->> 'template_language' DESC NULLS LAST,
                p.language ^@ split_part(d.options ->> 'template_language', '_', 1) DESC NULLS LAST, p.language
            LIMIT 1
        ) AS t ON true
        """,
        list(ids),
        gateway_id,
        wrote_since,
    )
