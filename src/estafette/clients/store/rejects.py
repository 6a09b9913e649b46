"""Statements about lines of imports that did not come in."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from estafette.base.database import Queries, tuples
from estafette.clients.models.clients import Client
from estafette.clients.models.imports import Reject


async def add(queries: Queries, import_id: UUID, rejects: Sequence[Reject]) -> None:
    """Keeps lines that did not come in; their cells as JSON, since rows may differ in length."""
    await queries.execute(
        """
        INSERT INTO client_import_rejects (import_id, line, field, code, details, cells)
        SELECT $1, g.line, g.field, g.code, g.details, ARRAY(SELECT jsonb_array_elements_text(g.cells::jsonb))
        FROM unnest($2::int[], $3::text[], $4::text[], $5::jsonb[], $6::text[])
            AS g (line, field, code, details, cells)
        """,
        import_id,
        *tuples(
            [
                (each.line, each.field, each.code, each.values, msgspec.json.encode(each.cells).decode())
                for each in rejects
            ]
        ),
    )


async def page(queries: Queries, import_id: UUID, after: int, limit: int) -> list[Reject]:
    """Rejected lines behind one of them, in their order."""
    rows = await queries.fetch(
        "SELECT * FROM client_import_rejects WHERE import_id = $1 AND line > $2 ORDER BY line LIMIT $3",
        import_id,
        after,
        limit,
    )
    return [
        Reject(line=row["line"], field=row["field"], code=row["code"], values=row["details"], cells=row["cells"])
        for row in rows
    ]


async def forget_about(queries: Queries, client: Client) -> None:
    """Takes away rejected lines that tell of a client: with the external id in its column, or an address in any."""
    await queries.execute(
        """
        WITH places AS (
            SELECT i.id, c.place FROM client_imports i
            LEFT JOIN LATERAL jsonb_array_elements_text(i.plan -> 'columns') WITH ORDINALITY AS c (target, place)
                ON c.target = 'external_id'
            WHERE i.rejected > 0
        )
        DELETE FROM client_import_rejects r USING places
        WHERE r.import_id = places.id AND (
            btrim(r.cells[places.place::int]) = $1
            OR position(lower($2) IN lower(array_to_string(r.cells, '|'))) > 0
            OR EXISTS (
                SELECT FROM unnest(r.cells) AS cell
                WHERE right(regexp_replace(cell, '[^0-9]', '', 'g'), 8) = ANY ($3::text[])
            )
        )
        """,
        client.external_id,
        client.email,
        [each[-8:] for each in (client.phone, client.whatsapp) if each],
    )
