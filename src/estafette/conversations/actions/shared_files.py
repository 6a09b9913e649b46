"""What files were shared in a conversation."""

import re
from typing import Final
from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models.shared_files import FileKind, SharedFiles
from estafette.conversations.store import conversations, shared_files

MESSAGES_PER_PAGE: Final = 1_000
"""With files, of which a page of one kind shows some or none."""
_CURSOR: Final = re.compile(r"(\d{1,15})\.(\d{1,5})")
_END: Final = (2**53, 0)


async def list_files(
    database: Database, person_id: UUID, conversation_id: UUID, kind: FileKind | None, cursor: str | None, limit: int
) -> SharedFiles:
    """The files of a conversation that the person may read, newest first; raises UnknownConversation, Invalid.

    Those of its threads are theirs. A page of one kind may be short, or empty, and not the last: it looks at a bounded
    number of messages.
    """
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    before = _place(cursor)
    after = 0 if kind is None else await shared_files.beyond(database, conversation_id, before[0], MESSAGES_PER_PAGE)
    found = await shared_files.of_conversation(database, conversation_id, kind, before, after, limit + 1)
    shown = found[:limit]
    if len(found) > limit:
        last, place = shown[-1]
        following: str | None = f"{last.ordinal}.{place}"
    else:
        following = f"{after + 1}.0" if after else None
    return SharedFiles([file for file, _ in shown], following)


def _place(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return _END
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise invalid("cursor", "unknown")
    return int(match[1]), int(match[2])
