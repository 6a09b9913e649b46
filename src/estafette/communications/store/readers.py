"""Statements that find clients of whom a text may speak, and count whom an audience reaches."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette.base.database import Queries, one
from estafette.clients import Condition
from estafette.communications.models.content import Channel
from estafette.communications.models.rendering import Sample

_ADDRESSES: Final[dict[Channel, str]] = {"email": "c.email", "sms": "c.phone", "whatsapp": "c.whatsapp"}
_COUNTS: Final = """
    SELECT count(*) AS clients,
        count(*) FILTER (WHERE c.email IS NULL) AS email_none,
        count(*) FILTER (WHERE c.phone IS NULL) AS sms_none,
        count(*) FILTER (WHERE c.whatsapp IS NULL) AS whatsapp_none,
        count(*) FILTER (WHERE c.email IS NOT NULL AND 'email' = ANY (c.refused)) AS email_refused,
        count(*) FILTER (WHERE c.phone IS NOT NULL AND 'sms' = ANY (c.refused)) AS sms_refused,
        count(*) FILTER (WHERE c.whatsapp IS NOT NULL AND 'whatsapp' = ANY (c.refused)) AS whatsapp_refused
    FROM registered_clients c WHERE {audience}
"""
_FIRST: Final = "SELECT count(*) FROM registered_clients c WHERE {audience} AND {reached} {before}"
_SOME: Final = """
    SELECT c.* FROM registered_clients c WHERE {audience} AND {reached}
    ORDER BY uuid_hash_extended(c.id, 0) LIMIT {limit}
"""


async def reader(queries: Queries, client_id: UUID) -> Sample | None:
    """One client, as texts may speak of it."""
    row = await queries.fetchrow("SELECT * FROM registered_clients WHERE id = $1", client_id)
    return _reader(row) if row else None


async def counts(queries: Queries, audience: Condition) -> Any:
    """How many clients an audience has, its places from $1 on, and by channel who lacks an address or refused."""
    return one(await queries.fetchrow(_COUNTS.format(audience=audience.sql), *audience.values))


async def reached_first(queries: Queries, audience: Condition, channels: Sequence[Channel]) -> int:
    """How many clients can be reached by the last of these channels, and by none of those before it."""
    before = " ".join(f"AND NOT ({_reached(each)})" for each in channels[:-1])
    sql = _FIRST.format(audience=audience.sql, reached=_reached(channels[-1]), before=before)
    return await queries.fetchval(sql, *audience.values)


async def some(queries: Queries, audience: Condition, channel: Channel, limit: int) -> list[Sample]:
    """Some clients of an audience who can be reached by a channel: the same ones each time, and of all ages."""
    place = f"${len(audience.values) + 1}::bigint"
    sql = _SOME.format(audience=audience.sql, reached=_reached(channel), limit=place)
    return [_reader(row) for row in await queries.fetch(sql, *audience.values, limit)]


def _reached(channel: Channel) -> str:
    return f"{_ADDRESSES[channel]} IS NOT NULL AND NOT '{channel}' = ANY (c.refused)"


def _reader(row: Any) -> Sample:
    return Sample(**{name: row[name] for name in Sample.__struct_fields__})
