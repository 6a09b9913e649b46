"""Lists with their search."""

from collections.abc import Sequence
from typing import Any, Final, get_args
from uuid import UUID

from estafette import accounts, search
from estafette.base.database import Database
from estafette.conversations.actions import inboxes
from estafette.conversations.actions.documents import MESSAGE
from estafette.conversations.actions.presenting import Cursor, cursor_of, merged, present
from estafette.conversations.actions.topics import topics_of
from estafette.conversations.models.conversations import Conversation, ConversationKind
from estafette.conversations.rules import TWO_SIDED, query_of
from estafette.conversations.store import groups

COLLEAGUES = "colleagues"
CHATS: Final[tuple[ConversationKind, ...]] = ("direct", "group", "channel")


async def list_conversations(
    database: Database,
    person: accounts.SignedIn,
    *,
    side: str | None = None,
    kinds: Sequence[ConversationKind] = (),
    archived: bool = False,
    unread: bool | None = None,
    favourite: bool | None = None,
    q: str | None = None,
    before: Cursor | None = None,
    limit: int = 30,
) -> tuple[list[Conversation], Cursor | None]:
    """Conversations newest first, and where the next page begins.

    `side` is "customer", the id of a partner the person acts for, or "colleagues" (direct chats, groups and channels);
    anything else finds nothing. `q` looks into the names of the other side, of groups and channels, and into what was
    said.
    """
    if side == COLLEAGUES:
        kinds, side = [kind for kind in CHATS if not kinds or kind in kinds], None
        if not kinds:
            return [], None
    party = _party(person, side)
    if side is not None and party is None:
        return [], None
    q = query_of(q)
    names = accounts.folded(q).split() if q else None
    found = await _conversations_saying(database, person, party, q) if q else ()
    wanted = set(kinds or get_args(ConversationKind))
    rows: list[Any] = []
    if wanted & TWO_SIDED:
        rows = await inboxes.list_two_sided(
            database,
            person.person_id,
            kinds=sorted(wanted & TWO_SIDED),
            role=None if side is None else "customer" if side == "customer" else "partner",
            party_id=party,
            archived=archived if not q else None,
            unread=unread,
            favourite=favourite,
            names=names,
            found=found,
            before=before,
            limit=limit + 1,
        )
    if side is None and wanted - TWO_SIDED and "employee" in person.roles:
        grouped = await groups.list_own(
            database,
            person.person_id,
            kinds=sorted(wanted - TWO_SIDED),
            archived=archived if not q else None,
            unread=unread,
            favourite=favourite,
            names=names,
            found=found,
            before=before,
            limit=limit + 1,
        )
        rows = merged(rows, grouped, limit + 1)
    items = await present(database, rows[:limit])
    return items, cursor_of(rows[limit - 1]) if len(rows) > limit else None


def _party(person: accounts.SignedIn, side: str | None) -> UUID | None:
    if side == "customer":
        return person.person_id
    return next((party for party in person.parties if str(party) == side and party != person.person_id), None)


async def _conversations_saying(
    database: Database, person: accounts.SignedIn, party: UUID | None, query: str
) -> list[UUID]:
    audience = [party] if party else list(await topics_of(database, person))
    hits = await search.find(database, query, kind=MESSAGE, audience=audience, limit=500)
    return list({hit.container_id for hit in hits})
