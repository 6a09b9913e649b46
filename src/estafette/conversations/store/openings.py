"""Statements about opening the conversation of two: a storefront's, or a direct chat."""

from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, Transaction


async def find_storefront(queries: Queries, customer_id: UUID, partner_id: UUID) -> UUID | None:
    """The conversation of a customer with a partner."""
    return await queries.fetchval(
        "SELECT conversation_id FROM storefronts WHERE customer_id = $1 AND partner_id = $2", customer_id, partner_id
    )


async def insert_storefront(
    transaction: Transaction, conversation_id: UUID, customer_id: UUID, partner_id: UUID, at: datetime
) -> bool:
    """Opens a conversation with its first change; False when the two have one already."""
    return await transaction.fetchval(
        """
        WITH conversation AS (
            INSERT INTO conversations (id, kind, head, opened_at, readers)
            VALUES ($1, 'storefront', 1, $4, ARRAY[$2::uuid, $3::uuid])
        ), parties AS (
            INSERT INTO participants (conversation_id, party_id, role) VALUES ($1, $2, 'customer'), ($1, $3, 'partner')
        )
        INSERT INTO storefronts (customer_id, partner_id, conversation_id) VALUES ($2, $3, $1)
        RETURNING true
        """,
        conversation_id,
        customer_id,
        partner_id,
        at,
    )


async def find_direct(queries: Queries, one_id: UUID, other_id: UUID) -> UUID | None:
    """The direct chat of two people."""
    return await queries.fetchval(
        """
        SELECT conversation_id FROM direct_chats
        WHERE first_id = least($1::uuid, $2::uuid) AND second_id = greatest($1::uuid, $2::uuid)
        """,
        one_id,
        other_id,
    )


async def insert_direct(
    transaction: Transaction, conversation_id: UUID, one_id: UUID, other_id: UUID, at: datetime
) -> None:
    """Opens the direct chat of two people, with its first change; fails on a unique key when they have one already."""
    await transaction.execute(
        """
        WITH conversation AS (
            INSERT INTO conversations (id, kind, head, opened_at, readers)
            VALUES ($1, 'direct', 1, $4, ARRAY[$2::uuid, $3::uuid])
        ), parties AS (
            INSERT INTO participants (conversation_id, party_id, role) VALUES ($1, $2, 'person'), ($1, $3, 'person')
        )
        INSERT INTO direct_chats (first_id, second_id, conversation_id)
        VALUES (least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $1)
        """,
        conversation_id,
        one_id,
        other_id,
        at,
    )
