"""What the bell shows: each notification with the content that there is to tell of it now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.cursors import write_cursor
from estafette.base.database import Database, Queries
from estafette.base.errors import invalid
from estafette.base.languages import Language
from estafette.notifications.actions.notifying import announce_change
from estafette.notifications.models.contents import Content, ContentRequest, Renderers
from estafette.notifications.models.lists import Notification, NotificationRow, Notifications
from estafette.notifications.models.notices import Kind
from estafette.notifications.store import notices
from estafette.notifications.store import notifications as store

IDS_AT_ONCE = 200


async def list_notifications(
    database: Database,
    renderers: Renderers,
    who: SignedIn,
    *,
    unread: bool | None,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> Notifications:
    """A page of one's own, newest change first; what there is nothing new to tell of is closed and left out."""
    rows = await store.page(database, who.person_id, unread, before, limit + 1)
    shown, more = rows[:limit], len(rows) > limit
    contents = await contents_of(database, renderers, shown, who.language)
    over = await _close(database, renderers, _over(shown, contents), who.language)
    return Notifications(
        items=[_shown(row, contents[row.id]) for row in shown if row.id in contents and row.id not in over],
        unread=await store.count_unread(database, who.person_id),
        next=write_cursor((shown[-1].changed_at, shown[-1].id)) if more else None,
    )


def _over(rows: Sequence[NotificationRow], contents: Mapping[UUID, Content]) -> list[NotificationRow]:
    """What is unread and has nothing new to tell: it is gone, or was seen elsewhere."""
    return [row for row in rows if row.read_at is None and ((content := contents.get(row.id)) is None or content.seen)]


async def _close(
    database: Database, renderers: Renderers, rows: Sequence[NotificationRow], language: Language
) -> set[UUID]:
    """Closes what is over, asked again while nobody notifies anybody of more of it; those that are."""
    if not rows:
        return set()
    async with database.transaction() as transaction:
        await notices.lock_topics(transaction, [row.topic_id for row in rows], alone=False)
        over = {row.id for row in _over(rows, await contents_of(transaction, renderers, rows, language))}
        await store.close(transaction, list(over), transaction.clock.now())
    return over


async def count_unread(database: Database, who: SignedIn) -> int:
    """How many of one's own are unread, counted to 100 at most."""
    return await store.count_unread(database, who.person_id)


async def mark_read(
    database: Database, who: SignedIn, ids: Sequence[UUID] | None, topic_id: UUID | None, everything: bool
) -> int:
    """Marks some or all of one's own read, and returns how many are left; raises Invalid unless one is named."""
    if [ids is not None, topic_id is not None, everything].count(True) != 1:
        raise invalid("ids", "one_of_them")
    if ids is not None and len(ids) > IDS_AT_ONCE:
        raise invalid("ids", "too_many", max=IDS_AT_ONCE)
    async with database.transaction() as transaction:
        if await store.read(transaction, who.person_id, ids, topic_id, transaction.clock.now()):
            announce_change(transaction, [who.person_id])
        return await store.count_unread(transaction, who.person_id)


async def contents_of(
    queries: Queries, renderers: Renderers, rows: Sequence[NotificationRow], language: Language
) -> Mapping[UUID, Content]:
    """The contents of one person's notifications, one question for each kind."""
    requests: dict[Kind, list[ContentRequest]] = {}
    for row in rows:
        ask = ContentRequest(
            id=row.id,
            kind=row.kind,
            person_id=row.person_id,
            party_id=row.party_id,
            topic_id=row.topic_id,
            first=row.first_number,
            until=row.read_at,
            language=language,
        )
        requests.setdefault(row.kind, []).append(ask)
    contents: dict[UUID, Content] = {}
    for kind, some in requests.items():
        contents |= await renderers[kind](queries, some)
    return contents


def _shown(row: NotificationRow, content: Content) -> Notification:
    return Notification(
        id=row.id,
        kind=row.kind,
        topic_id=row.topic_id,
        party_id=row.party_id,
        urgent=row.urgent,
        created_at=row.created_at,
        changed_at=row.changed_at,
        read_at=row.read_at,
        title=content.title,
        text=content.text,
        path=content.path,
        place=content.place,
        actor=content.actor,
    )
