"""Which words of a conversation are found by whom, written anew when its openness changes."""

from collections.abc import Sequence
from typing import Any, Final

import structlog

from estafette import search
from estafette.base.database import Database, Transaction
from estafette.base.work_loop import run_claimed
from estafette.conversations.store import stale_entries

ENTRIES_AT_ONCE: Final = 1_000

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
