"""Whom a communication is for: ids become a list, lists and segments must be there."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import Struct

from estafette.accounts import SignedIn
from estafette.base.database import Queries, Transaction
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.base.ids import new_id
from estafette.clients import SegmentOutdated, UnknownSegment, require_communications, usable_filter
from estafette.communications.models.audiences import (
    Audience,
    ClientsAudience,
    ListAudience,
    SegmentAudience,
)
from estafette.communications.models.lists import IDS_IN_A_BODY, UNKNOWN_TOLD, UNKNOWN_TOLD_WHOLE, ClientList
from estafette.communications.store import list_members, lists

_TOLD_CHARACTERS: Final = 100
SHOWN_IDS: Final = 1_000
"""Clients that were named by their ids are shown as such up to this number, more of them as a list."""


class KeptAudience(Struct, frozen=True, kw_only=True):
    """An audience as it is stored, with what its row names beside it."""

    audience: Audience
    segment_id: UUID | None = None
    list_id: UUID | None = None


async def keep(transaction: Transaction, by: UUID, audience: Audience, *, draft: bool) -> KeptAudience:
    """Stores the ids of an audience as a list and makes sure that what else it names is there and usable.

    A draft may name a list or a segment that is gone. Raises Invalid: with all ids that are unknown.
    """
    match audience:
        case ClientsAudience():
            return await _keep_ids(transaction, by, list(dict.fromkeys(audience.ids)))
        case ListAudience():
            found = await lists.get(transaction, audience.list_id)
            if found is None:
                raise invalid("audience.list_id", "unknown")
            return KeptAudience(audience=audience, list_id=found.id)
        case SegmentAudience():
            if not draft:
                await _check_segment(transaction, audience.segment_id)
            return KeptAudience(audience=audience, segment_id=audience.segment_id)
        case _:
            return KeptAudience(audience=audience)


async def shown(queries: Queries, audience: Audience) -> Audience:
    """An audience as it was given: a list that was made of ids are these again, unless they are very many."""
    if isinstance(audience, ListAudience):
        ids = await list_members.members_of_unnamed(queries, audience.list_id, SHOWN_IDS)
        return audience if ids is None else ClientsAudience(ids=ids)
    return audience


async def check_kept(queries: Queries, kept: Audience) -> None:
    """Makes sure once more that what a draft names is there; raises Invalid."""
    if isinstance(kept, SegmentAudience):
        await _check_segment(queries, kept.segment_id)
    elif isinstance(kept, ListAudience) and not await list_members.has_members(queries, kept.list_id):
        raise invalid("audience", "list_is_empty")


async def read_clients(queries: Queries, who: SignedIn, given: Sequence[str]) -> list[UUID]:
    """Ids of clients that may be no ids at all; raises Forbidden, and Invalid with all that are those of nobody."""
    require_communications(who)
    if len(given) > IDS_IN_A_BODY:
        raise invalid("audience.ids", "too_many", max=IDS_IN_A_BODY)
    read = {each: _id(each) for each in given}
    there = [each for each in read.values() if each is not None]
    strangers = set(await list_members.unknown(queries, there))
    unknown = [text for text, id_ in read.items() if id_ is None or id_ in strangers]
    if unknown:
        raise unknown_clients("audience.ids", unknown)
    return there


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _keep_ids(transaction: Transaction, by: UUID, ids: Sequence[UUID]) -> KeptAudience:
    if unknown := await list_members.unknown(transaction, ids):
        raise unknown_clients("audience.ids", unknown)
    new = ClientList(id=new_id(), name="", clients=len(ids), created_at=transaction.clock.now())
    await lists.insert(transaction, new, by, named=False)
    await list_members.add_members(transaction, new.id, ids)
    return KeptAudience(audience=ListAudience(list_id=new.id), list_id=new.id)


def unknown_clients(field: str, unknown: Sequence[UUID | str]) -> Invalid:
    """The error that tells which ids are those of no client: all of up to 10,000, of more the first 1,000."""
    told = unknown if len(unknown) <= UNKNOWN_TOLD_WHOLE else unknown[:UNKNOWN_TOLD]
    return Invalid(
        FieldError(
            field,
            "unknown_clients",
            {"count": len(unknown)},
            {"count": len(unknown), "ids": [str(id_)[:_TOLD_CHARACTERS] for id_ in told]},
        )
    )


async def _check_segment(queries: Queries, segment_id: UUID) -> None:
    try:
        await usable_filter(queries, segment_id)
    except UnknownSegment:
        raise invalid("audience.segment_id", "unknown") from None
    except SegmentOutdated as outdated:
        raise invalid("audience.segment_id", "segment_outdated", **outdated.values) from None
