"""What the bell shows."""

from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor
from estafette.base.database import Database
from estafette.http import Cursor, Limit, get, put
from estafette.notifications.actions import listing
from estafette.notifications.models.contents import Renderers
from estafette.notifications.models.lists import Notifications, UnreadCount

TAGS = ["Notifications"]


class ReadMarks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which notifications were read: some, all about one thing, or all."""

    ids: list[UUID] | None = None
    topic_id: UUID | None = None
    all: bool = False


@get("/notifications", tags=TAGS, summary="Your notifications", operation_id="listNotifications")
async def list_notifications(
    database: Database,
    renderers: Renderers,
    signed_in: SignedIn,
    unread: bool | None = None,
    cursor: Cursor = None,
    limit: Limit = 30,
) -> Notifications:
    """Newest change first, in your language; `path` is the page of the web app that opens the right place."""
    return await listing.list_notifications(
        database, renderers, signed_in, unread=unread, before=read_cursor(cursor), limit=limit
    )


@get("/notifications/count", tags=TAGS, summary="How many are unread", operation_id="countNotifications")
async def count_notifications(database: Database, signed_in: SignedIn) -> UnreadCount:
    """Counted to 100 at most."""
    return UnreadCount(unread=await listing.count_unread(database, signed_in))


@put("/notifications/read", tags=TAGS, summary="Mark notifications read", operation_id="markNotificationsRead")
async def mark_read(database: Database, signed_in: SignedIn, data: ReadMarks) -> UnreadCount:
    """Names some by `ids` (200 at most), those about one `topic_id`, or `all`; what was read is told no further."""
    return UnreadCount(unread=await listing.mark_read(database, signed_in, data.ids, data.topic_id, data.all))
