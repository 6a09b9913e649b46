"""Statements about what notifications and the search say of contact requests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples


async def for_readers(queries: Queries, asks: Sequence[tuple[UUID, UUID, UUID]]) -> list[Any]:
    """For each (ask, person, request) the request; none for who does not act for its partner any more."""
    return await queries.fetch(
        """
        SELECT given.ask_id, r.id, r.partner_id, r.person_id, r.name, r.email, r.phone, r.message, r.starts_at,
            r.state, r.created_at, r.title, r.partner_name, r.person_picture
        FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::uuid[]))
            AS given (ask_id, person_id, request_id)
        JOIN contact_requests_in_full r ON r.id = given.request_id
        JOIN acting_parties a ON a.person_id = given.person_id AND a.party_id = r.partner_id
        """,
        *tuples(asks),
    )


async def requested(transaction: Transaction, ids: Sequence[UUID]) -> list[Any]:
    """What is rendered and indexed of requests, with title and reference of the advert; `at` is when each was left."""
    return await transaction.fetch(
        """
        SELECT r.id, r.partner_id, r.name, r.email, r.phone, r.message, r.state, r.created_at AS at,
            a.title, a.reference
        FROM contact_requests r JOIN adverts a ON a.id = r.advert_id
        WHERE r.id = ANY ((SELECT $1::uuid[])::uuid[]) ORDER BY r.id
        """,
        ids,
    )
