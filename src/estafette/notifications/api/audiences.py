"""Who of a partner is told of what."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.http import get, put
from estafette.notifications.actions import audiences
from estafette.notifications.models.audiences import AudiencesPut, PartnerAudience

TAGS = ["Partners"]


@get(
    "/partners/{partner_id}/notification-audience",
    tags=TAGS,
    summary="Who of a partner is told",
    operation_id="getNotificationAudience",
)
async def get_audience(database: Database, signed_in: SignedIn, partner_id: UUID) -> PartnerAudience:
    """For members and administrators: of what each member is told, and by which channels; `warning` when by none."""
    return await audiences.audience_of(database, signed_in, partner_id)


@put(
    "/partners/{partner_id}/notification-audience",
    tags=TAGS,
    summary="Set who of a partner is told",
    operation_id="putNotificationAudience",
)
async def put_audience(
    database: Database, signed_in: SignedIn, partner_id: UUID, data: AudiencesPut
) -> PartnerAudience:
    """For owners and administrators: everyone, the owners, or chosen people, for messages and for contact requests."""
    return await audiences.put_audience(database, signed_in, partner_id, data)
