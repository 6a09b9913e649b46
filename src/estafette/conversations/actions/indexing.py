"""What the search index says of a conversation, written anew in the background.

By whom it is found, when its openness changes; what stands in its files; all of it, when the index was told less
before.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import structlog

from estafette import search
from estafette.base.database import Database, Transaction
from estafette.base.work_loop import run_claimed
from estafette.conversations.actions.documents import index_files, index_messages
from estafette.conversations.store import indexed, stale_entries, unindexed_files

ENTRIES_AT_ONCE: Final = 1_000
MESSAGES_AT_ONCE: Final = 500
CHARACTERS_AT_ONCE: Final = 200_000
FILES_OF_AT_ONCE: Final = 2
"""Messages of which all files are indexed in one transaction."""

_log = structlog.get_logger(__name__)


async def rewrite_some_entries(database: Database) -> int:
    """Writes the readers of some entries of a conversation anew; returns 0 when none are stale.

    Until then an entry that is too open finds nothing more, since what is found is fetched through its rights.
    """

    async def put_off(claimed: Sequence[Any], error: Exception) -> None:
        _log.error("search entries not rewritten", conversation=str(claimed[0]["id"]), exc_info=error)
        await stale_entries.put_off(database, claimed[0]["id"])

    return await run_claimed(database, stale_entries.claim, _rewrite, put_off, 1)


async def _rewrite(transaction: Transaction, claimed: Sequence[Any]) -> None:
    for row in claimed:
        if await search.reassign(transaction, row["id"], row["readers"], ENTRIES_AT_ONCE) == ENTRIES_AT_ONCE:
            await stale_entries.note(transaction, row["id"])


async def index_some_files(database: Database) -> int:
    """Indexes the files of some messages with what stands in them; returns 0 when none wait for it."""

    async def put_off(claimed: Sequence[UUID], error: Exception) -> None:
        _log.error("files not indexed", message=str(claimed[0]), exc_info=error)
        await unindexed_files.put_off(database, claimed[0])

    return await run_claimed(database, unindexed_files.claim, index_files, put_off, FILES_OF_AT_ONCE)


async def index_some_anew(database: Database) -> int:
    """Indexes some messages that were indexed before the index knew as much; returns 0 when none are left."""

    async def put_off(claimed: Sequence[Any], error: Exception) -> None:
        _log.error("messages not indexed anew", conversation=str(claimed[0]["conversation_id"]), exc_info=error)
        await indexed.put_off(database, claimed[0]["conversation_id"])

    return await run_claimed(database, indexed.claim, _index_anew, put_off, 1)


async def _index_anew(transaction: Transaction, claimed: Sequence[Any]) -> None:
    for row in claimed:
        place: UUID = row["conversation_id"]
        found = await indexed.newest_before(
            transaction, place, row["before_ordinal"], MESSAGES_AT_ONCE, CHARACTERS_AT_ONCE
        )
        if found:
            await index_messages(transaction, [each["id"] for each in found], again=True)
            await indexed.leave(transaction, place, found[-1]["ordinal"])
