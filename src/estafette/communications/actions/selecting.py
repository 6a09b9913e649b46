"""Who belongs to an audience now, as a condition about a client `c` of the register."""

from typing import Final

from estafette.base.database import Queries
from estafette.base.errors import invalid
from estafette.clients import Condition, SegmentOutdated, UnknownSegment, segment_condition
from estafette.communications.models.audiences import (
    Audience,
    ClientsAudience,
    EveryoneAudience,
    ListAudience,
    SegmentAudience,
    SubscribersAudience,
)

_LISTED: Final = "c.id IN (SELECT client_id FROM client_list_members WHERE list_id = ${0}::uuid)"
_NAMED: Final = "c.id = ANY ((SELECT ${0}::uuid[])::uuid[])"


async def audience_condition(queries: Queries, audience: Audience, first: int) -> Condition:
    """Its places are numbered from `first`; raises Invalid for a segment that is gone or of no use."""
    match audience:
        case EveryoneAudience():
            return Condition("true", [])
        case SubscribersAudience():
            return Condition("false", [])
        case ClientsAudience():
            return Condition(_NAMED.format(first), [audience.ids])
        case ListAudience():
            return Condition(_LISTED.format(first), [audience.list_id])
        case SegmentAudience():
            try:
                return await segment_condition(queries, audience.segment_id, first)
            except UnknownSegment:
                raise invalid("audience.segment_id", "unknown") from None
            except SegmentOutdated as outdated:
                raise invalid("audience.segment_id", "segment_outdated", **outdated.values) from None
