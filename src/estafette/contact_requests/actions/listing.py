"""Looking at contact requests: the pages of a partner, one in detail, and what a person has asked."""

from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec.structs import asdict, replace

from estafette import accounts, conversations, search
from estafette.accounts import SignedIn
from estafette.base.database import Database, Queries
from estafette.contact_requests.actions.entering import enter
from estafette.contact_requests.errors import UnknownRequest
from estafette.contact_requests.models.requests import (
    ContactRequest,
    OtherRequest,
    RequestDetails,
    RequestStep,
    State,
)
from estafette.contact_requests.rules.lists import query
from estafette.contact_requests.rules.periods import beginning, check_period, end
from estafette.contact_requests.rules.requests import shown_state
from estafette.contact_requests.store import handling, requests, rows
from estafette.contact_requests.store.requests import Index, Wanted

CONTACT_REQUEST: Final = "contact_request"
PAGE: Final = 50
# So many are looked at for a page whose filters no index meets; the next page goes on from there.
STRETCH: Final = 20_000
# So many hits of a search, likewise.
FOUND: Final = 500
OTHERS: Final = 20
IN_CONVERSATION: Final = 100

NEWEST: Final = (datetime(9999, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))
OLDEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
Position = tuple[datetime, UUID]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """Which requests of a partner are wanted; days are inclusive, in the partner's time zone."""

    state: State | None = None
    advert_id: UUID | None = None
    assigned_to: UUID | None = None
    first: date | None = None
    last: date | None = None
    q: str | None = None


async def list_requests(
    database: Database,
    who: SignedIn,
    partner_id: UUID,
    filters: Filters,
    before: Position | None = None,
    limit: int = PAGE,
) -> tuple[list[ContactRequest], Position | None]:
    """Requests newest first, and where the next page begins; raises NotFound and Invalid."""
    await enter(database, who, partner_id)
    wanted, rest = await _wanted(database, partner_id, filters, before, limit)
    found = await requests.page(database, wanted)
    items = [rows.request(row) for row in found if row["id"] is not None]
    if len(items) > limit:
        last = items[limit - 1]
        return items[:limit], (last.created_at, last.id)
    if found and found[0]["looked_at"] == wanted.stretch:
        # What was not looked at may have more.
        return items, (found[0]["floor_at"], found[0]["floor_id"])
    return items, rest


async def _wanted(
    database: Database, partner_id: UUID, filters: Filters, before: Position | None, limit: int
) -> tuple[Wanted, Position | None]:
    """What to look at, and where more hits of a search begin that are not among it."""
    check_period(filters.first, filters.last)
    since, until = OLDEST, before or NEWEST
    if filters.first or filters.last:
        zone = (await accounts.partner_zones(database, [partner_id]))[partner_id]
        since = beginning(filters.first, zone) if filters.first else since
        until = min(until, (end(filters.last, zone), UUID(int=0))) if filters.last else until
    q = query(filters.q)
    hits = await _saying(database, partner_id, q, until) if q else []
    narrowed: dict[Index, bool] = {
        "ids": q is not None,
        "assigned": filters.assigned_to is not None,
        "advert": filters.advert_id is not None,
        "state": filters.state is not None,
    }
    indexes: list[Index] = [index for index, wished in narrowed.items() if wished]
    wanted = Wanted(
        partner_id=partner_id,
        index=indexes[0] if indexes else "newest",
        state=filters.state,
        advert_id=filters.advert_id,
        assigned_to=filters.assigned_to,
        ids=[hit.id for hit in hits] if q else None,
        since=since,
        before=until,
        stretch=STRETCH if len(indexes) > 1 else limit + 1,
        limit=limit + 1,
    )
    return wanted, (hits[-1].at, hits[-1].id) if len(hits) == FOUND and hits[-1].at >= since else None


async def _saying(database: Database, partner_id: UUID, q: str, before: Position) -> list[search.Hit]:
    return await search.find(
        database, q, kind=CONTACT_REQUEST, audience=[partner_id], container_id=partner_id, before=before, limit=FOUND
    )


async def details(queries: Queries, who: SignedIn, partner_id: UUID, request_id: UUID) -> RequestDetails:
    """A request of a partner with all that was done about it; raises NotFound and UnknownRequest."""
    await enter(queries, who, partner_id)
    found = [row for row in await requests.by_ids(queries, [request_id]) if row["partner_id"] == partner_id]
    if not found:
        raise UnknownRequest
    request = rows.request(found[0])
    others = await requests.of_person(queries, request.person.id, partner_id, None, OTHERS + 1)
    return RequestDetails(
        **asdict(request),
        steps=[_step(row) for row in await handling.steps(queries, request_id)],
        others=[
            OtherRequest(id=row["id"], title=row["title"], state=row["state"], created_at=row["created_at"])
            for row in others
            if row["id"] != request_id
        ][:OTHERS],
    )


def _step(row: Any) -> RequestStep:
    return RequestStep(
        ordinal=row["ordinal"],
        kind=row["kind"],
        by=rows.card(row, "person_id", "person") or accounts.Card(id=row["person_id"], name=""),
        state=row["state"],
        assigned_to=rows.card(row, "assigned_to", "assignee"),
        text=row["text"],
        at=row["at"],
    )


async def own_requests(
    database: Database, who: SignedIn, before: Position | None = None, limit: int = PAGE
) -> tuple[list[ContactRequest], Position | None]:
    """What a person has asked, newest first, and where the next page begins."""
    found = await requests.of_person(database, who.person_id, None, before, limit + 1)
    items = [as_asked(rows.request(row)) for row in found[:limit]]
    return items, (items[-1].created_at, items[-1].id) if len(found) > limit else None


async def in_conversation(database: Database, who: SignedIn, conversation_id: UUID) -> list[ContactRequest]:
    """What the customer of a conversation has asked its partner, newest first; raises UnknownConversation."""
    conversation = await conversations.conversation(database, who.person_id, conversation_id)
    if not isinstance(conversation, conversations.StorefrontConversation):
        return []
    found = await requests.of_person(database, conversation.customer.id, conversation.partner.id, None, IN_CONVERSATION)
    shown = [rows.request(row) for row in found]
    return shown if conversation.my_party == conversation.partner.id else [as_asked(each) for each in shown]


def as_asked(request: ContactRequest) -> ContactRequest:
    """A request as the person sees it who left it: not who handles it, nor that it was taken for spam."""
    return replace(request, assigned_to=None, state=shown_state(request.state))
