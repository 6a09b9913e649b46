"""Statements about messages that say again what was said elsewhere."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from estafette.base.database import Queries, one
from estafette.conversations.models.messages import Forwarded, ForwardedFrom, Origin


async def origin(queries: Queries, message_id: UUID) -> Origin:
    """Where the words of a message were said first, and by whom: a person, or the party for which nobody spoke."""
    row = one(
        await queries.fetchrow(
            """
            SELECT m.forwarded, coalesce(k.name, p.name, '') AS sender, m.created_at, m.conversation_id, m.ordinal
            FROM messages m
            LEFT JOIN person_cards k ON k.id = m.sender_id
            LEFT JOIN party_cards p ON p.id = m.party_id
            WHERE m.id = $1
            """,
            message_id,
        )
    )
    if row["forwarded"] is not None:
        return msgspec.convert(row["forwarded"], Origin)
    return Origin(row["sender"], row["created_at"], row["conversation_id"], row["ordinal"])


async def by_ids(queries: Queries, message_ids: Sequence[UUID]) -> dict[UUID, Forwarded]:
    """Whose words messages say again, and where from: of open channels, and among colleagues only."""
    rows = await queries.fetch(
        """
        SELECT m.id, m.forwarded, g.name
        FROM messages m
        JOIN conversations here ON here.id = m.conversation_id
        LEFT JOIN groups g ON g.conversation_id = (m.forwarded ->> 'conversation_id')::uuid AND g.is_open
            AND here.kind <> 'storefront'
        WHERE m.id = ANY ((SELECT $1::uuid[])::uuid[]) AND m.forwarded IS NOT NULL
        """,
        message_ids,
    )
    found: dict[UUID, Forwarded] = {}
    for row in rows:
        first = msgspec.convert(row["forwarded"], Origin)
        place = ForwardedFrom(first.conversation_id, row["name"], first.ordinal) if row["name"] is not None else None
        found[row["id"]] = Forwarded(first.sender, first.at, place)
    return found
