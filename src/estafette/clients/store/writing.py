"""Statements that store clients, any number at a time, and take them away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.base.database import Queries, tuples
from estafette.clients.models.clients import NewConsent
from estafette.clients.models.rows import Row
from estafette.clients.store.rows import values


async def insert(queries: Queries, rows: Sequence[Row]) -> set[UUID]:
    """Stores new clients; returns the ids of those whose external id nobody has."""
    stored = await queries.fetch(
        """
        INSERT INTO clients (id, external_id, name, name_key, email, email_key, phone, whatsapp, language, time_zone,
            attributes, consented, refused, words, person_id, revision, created_at, created_by, changed_at)
        SELECT g.id, g.external_id, g.name, g.name_key, g.email, g.email_key, g.phone, g.whatsapp, g.language,
            g.time_zone, g.attributes, string_to_array(g.consented, ' '), string_to_array(g.refused, ' '),
            array_to_tsvector(string_to_array(g.words, ' ')), g.person_id, g.revision, g.created_at, g.created_by,
            g.changed_at
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::jsonb[], $12::text[], $13::text[], $14::text[], $15::uuid[], $16::int[],
            $17::timestamptz[], $18::uuid[], $19::timestamptz[]) AS g (id, external_id, name, name_key, email,
            email_key, phone, whatsapp, language, time_zone, attributes, consented, refused, words, person_id,
            revision, created_at, created_by, changed_at)
        ON CONFLICT (external_id) WHERE external_id IS NOT NULL DO NOTHING
        RETURNING id
        """,
        *tuples([values(row) for row in rows]),
    )
    return {row["id"] for row in stored}


async def update(queries: Queries, rows: Sequence[Row]) -> None:
    """Writes clients anew that are locked; raises UniqueViolationError for an external id that another has."""
    await queries.execute(
        """
        UPDATE clients SET external_id = g.external_id, name = g.name, name_key = g.name_key, email = g.email,
            email_key = g.email_key, phone = g.phone, whatsapp = g.whatsapp, language = g.language,
            time_zone = g.time_zone, attributes = g.attributes, consented = string_to_array(g.consented, ' '),
            refused = string_to_array(g.refused, ' '), words = array_to_tsvector(string_to_array(g.words, ' ')),
            person_id = g.person_id, revision = g.revision, changed_at = g.changed_at
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::text[], $11::jsonb[], $12::text[], $13::text[], $14::text[], $15::uuid[], $16::int[],
            $17::timestamptz[], $18::uuid[], $19::timestamptz[]) AS g (id, external_id, name, name_key, email,
            email_key, phone, whatsapp, language, time_zone, attributes, consented, refused, words, person_id,
            revision, created_at, created_by, changed_at)
        WHERE clients.id = g.id
        """,
        *tuples([values(row) for row in rows]),
    )


async def add_consents(queries: Queries, consents: Sequence[NewConsent]) -> None:
    """Adds to the history of what clients agreed to."""
    await queries.execute(
        """
        INSERT INTO client_consents (client_id, channel, given, source, at, recorded_by)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::text[], $5::timestamptz[], $6::uuid[])
        """,
        *tuples([(c.client_id, c.channel, c.given, c.source, c.at, c.recorded_by) for c in consents]),
    )


async def erase(queries: Queries, client_id: UUID, at: datetime, by: UUID) -> bool:
    """Takes a client away with all that is known of it, and leaves that there was one; whether there was."""
    return await queries.fetchval(
        """
        WITH gone AS (DELETE FROM clients WHERE id = $1 RETURNING id), noted AS (
            INSERT INTO client_erasures (client_id, erased_at, erased_by) SELECT id, $2, $3 FROM gone
        )
        SELECT EXISTS (SELECT FROM gone)
        """,
        client_id,
        at,
        by,
    )
