"""What the walk over every endpoint needs of contact requests: adverts and requests, made anew, and right inputs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from estafette import contact_requests
from estafette.base.database import Database
from estafette.contact_requests import Acceptor, NewAdvert, NewRequest
from tests.world import World


def asking_bodies(partner: UUID, advert: UUID) -> dict[str, Any]:
    """Bodies by method and path."""
    day = soon().isoformat()
    return {
        "PATCH /api/v1/partners/{partner_id}/adverts/{advert_id}": {"title": "Ball"},
        "PATCH /api/v1/partners/{partner_id}/contact-requests/{request_id}": {"state": "seen"},
        "POST /api/v1/contact-requests": {"advert_id": str(advert), "starts_at": day},
        "POST /api/v1/contact-requests/checks": {"advert_id": str(advert), "starts_at": day, "phone": "+33612345678"},
        "POST /api/v1/partners/{partner_id}/adverts": {"title": "Ball"},
        "POST /api/v1/partners/{partner_id}/contact-requests/{request_id}/conversation": {"text": "Hello"},
        "POST /api/v1/partners/{partner_id}/contact-requests/{request_id}/notes": {"text": "Called"},
        "POST /v1/contact-requests": {"ad": str(advert), "advertiser": str(partner), "starts_at": day},
    }


def soon() -> date:
    return (datetime.now(UTC) + timedelta(days=3)).date()


async def asking_targets(world: World, path: str, advert: UUID) -> dict[str, Any]:
    """What a path speaks of: an advert of the château about which nobody has asked, a request of Ann's."""
    found: dict[str, Any] = {"advertiser_id": world.chateau}
    if "{advert_id}" in path:
        found["advert_id"] = await new_advert(world)
    if "{request_id}" in path:
        new = NewRequest(
            person=world.ann.card,
            parties=world.ann.parties,
            # As if they came from everywhere: how many may come is not what is looked at.
            neighbourhood=str(uuid4()),
            advert_id=advert,
            starts_at=soon(),
        )
        await world.database.execute("DELETE FROM rate_limits WHERE bucket LIKE 'contact-requests:%'")
        found["request_id"] = (await Acceptor(world.database).accept(new)).id
    return found


async def new_advert(world: World) -> UUID:
    """An advert of the château."""
    return (await contact_requests.add_advert(world.database, world.claire, world.chateau, NewAdvert(title="Ball"))).id


async def reachable(database: Database) -> None:
    """Everybody has a phone number."""
    await database.execute("UPDATE contact_profiles SET phone = '+33612345678' WHERE is_default")
