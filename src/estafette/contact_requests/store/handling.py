"""Statements about what is done about a contact request."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples
from estafette.contact_requests.models.handling import NewStep, RequestRow


async def lock(transaction: Transaction, partner_id: UUID, id_: UUID) -> RequestRow | None:
    """A request of a partner about which something is about to be done."""
    row = await transaction.fetchrow(
        """
        SELECT id, person_id, state, assigned_to, conversation_id, steps
        FROM contact_requests WHERE id = $2 AND partner_id = $1 FOR NO KEY UPDATE
        """,
        partner_id,
        id_,
    )
    return RequestRow(**row) if row else None


async def update(transaction: Transaction, request: RequestRow, now: datetime) -> None:
    """Stores where a request stands now."""
    await transaction.execute(
        """
        UPDATE contact_requests SET state = $2, assigned_to = $3, conversation_id = $4, steps = $5, changed_at = $6
        WHERE id = $1
        """,
        request.id,
        request.state,
        request.assigned_to,
        request.conversation_id,
        request.steps,
        now,
    )


async def add_steps(
    transaction: Transaction, request_id: UUID, first: int, steps: Sequence[NewStep], by: UUID, now: datetime
) -> None:
    """Stores what was done, with ordinals from `first` on."""
    await transaction.execute(
        """
        INSERT INTO contact_request_steps (request_id, ordinal, kind, state, assigned_to, text, person_id, at)
        SELECT $1, $2 + position - 1, kind, state, assigned_to, text, $7, $8
        FROM unnest($3::text[], $4::text[], $5::uuid[], $6::text[]) WITH ORDINALITY
            AS given (kind, state, assigned_to, text, position)
        """,
        request_id,
        first,
        *tuples([(each.kind, each.state, each.assigned_to, each.text) for each in steps]),
        by,
        now,
    )


async def steps(queries: Queries, request_id: UUID) -> list[Any]:
    """What was done about a request, oldest first."""
    return await queries.fetch(
        """
        SELECT s.ordinal, s.kind, s.state, s.person_id, k.name AS person_name, k.picture AS person_picture,
            s.assigned_to, m.name AS assignee_name, m.picture AS assignee_picture, s.text, s.at
        FROM contact_request_steps s
        LEFT JOIN person_cards k ON k.id = s.person_id
        LEFT JOIN person_cards m ON m.id = s.assigned_to
        WHERE s.request_id = $1 ORDER BY s.ordinal
        """,
        request_id,
    )
