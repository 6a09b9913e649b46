"""Clients who do not have what a text says of them: found for all at once, not by writing to each.

As with filters of segments, conditions are words of ours with places for every value.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from estafette.base.database import Queries, one
from estafette.base.languages import Language
from estafette.clients import Condition
from estafette.communications.models.content import Channel

_COUNT: Final = "SELECT {counts} FROM registered_clients c WHERE {audience}"
_SOME: Final = "SELECT c.id FROM registered_clients c WHERE {audience} AND {lacking} ORDER BY c.id LIMIT {limit}"
_REACHED: Final[dict[Channel, str]] = {
    "email": "c.email IS NOT NULL AND NOT 'email' = ANY (c.refused)",
    "sms": "c.phone IS NOT NULL AND NOT 'sms' = ANY (c.refused)",
    "whatsapp": "c.whatsapp IS NOT NULL AND NOT 'whatsapp' = ANY (c.refused)",
}
_LACKS: Final = {
    "name": "c.name = ''",
    "email": "c.email IS NULL",
    "phone": "c.phone IS NULL",
    "external_id": "c.external_id IS NULL",
}
_LACKS_ATTRIBUTE: Final = "coalesce(c.attributes ->> {0}::text, '') = ''"
_OWN: Final = "coalesce(c.language = ANY ({0}::text[]), false)"
_ATTRIBUTE: Final = "attributes."


class Readers(NamedTuple):
    """Who gets a text: those of a channel who read one of these languages, or who read none of the others."""

    channel: Channel
    languages: Sequence[Language]
    others: bool


async def count(queries: Queries, audience: Condition, needed: Mapping[str, Sequence[Readers]]) -> dict[str, int]:
    """How many clients of an audience, whose places begin with the first, lack each of the variables that they need."""
    places = _Places(audience.values)
    counts = ", ".join(f"count(*) FILTER (WHERE {places.lacking(name, of)})" for name, of in needed.items())
    sql = _COUNT.format(counts=counts, audience=audience.sql)
    return dict(zip(needed, one(await queries.fetchrow(sql, *places.values)), strict=True))


async def some(queries: Queries, audience: Condition, variable: str, of: Sequence[Readers], limit: int) -> list[UUID]:
    """The first clients who lack a variable, by their ids."""
    places = _Places(audience.values)
    lacking = places.lacking(variable, of)
    limited = places.put(limit)
    sql = _SOME.format(audience=audience.sql, lacking=lacking, limit=f"{limited}::bigint")
    return [row["id"] for row in await queries.fetch(sql, *places.values)]


class _Places:
    def __init__(self, values: Sequence[object]) -> None:
        self.values = list(values)

    def put(self, value: object) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def lacking(self, variable: str, of: Sequence[Readers]) -> str:
        lacks = _LACKS.get(variable) or _LACKS_ATTRIBUTE.format(self.put(variable.removeprefix(_ATTRIBUTE)))
        return f"({lacks} AND ({' OR '.join(map(self._reached, of))}))"

    def _reached(self, readers: Readers) -> str:
        own = _OWN.format(self.put(list(readers.languages)))
        return f"({_REACHED[readers.channel]} AND {f'NOT {own}' if readers.others else own})"
