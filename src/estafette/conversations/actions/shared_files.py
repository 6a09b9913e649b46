"""What files were shared in a conversation."""

import re
from typing import Final
from uuid import UUID

from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models.shared_files import FileKind, SharedFiles
from estafette.conversations.store import conversations, shared_files

_CURSOR: Final = re.compile(r"(\d{1,15})\.(\d{1,5})")
_END: Final = (2**53, 0)


async def list_files(
    database: Database, person_id: UUID, conversation_id: UUID, kind: FileKind | None, cursor: str | None, limit: int
) -> SharedFiles:
    """The files of a conversation that the person may read, newest first; raises UnknownConversation, Invalid.

    Those of its threads are theirs.
    """
    if await conversations.viewer_state(database, conversation_id, person_id) is None:
        raise UnknownConversation
    found = await shared_files.of_conversation(database, conversation_id, kind, _place(cursor), limit + 1)
    shown = found[:limit]
    at_end = len(found) <= limit
    return SharedFiles([file for file, _ in shown], None if at_end else f"{shown[-1][0].ordinal}.{shown[-1][1]}")


def _place(cursor: str | None) -> tuple[int, int]:
    if cursor is None:
        return _END
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise invalid("cursor", "unknown")
    return int(match[1]), int(match[2])
