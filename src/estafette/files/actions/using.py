"""Takes uploads into use and gives files up, inside the transaction of whoever uses them."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.base.errors import invalid
from estafette.files.models import File
from estafette.files.store import files


async def claim(
    transaction: Transaction, owner_id: UUID, file_ids: Sequence[UUID], *, field: str = "attachments"
) -> list[File]:
    """Takes uploads into use, in the order given; raises Invalid on `field` for unknown, foreign or used ones."""
    if not file_ids:
        return []
    found = {each.file.id: each for each in await files.lock(transaction, file_ids)}
    for file_id in file_ids:
        stored = found.get(file_id)
        if stored is None or stored.owner_id != owner_id:
            raise invalid(field, "unknown_file")
        if stored.claimed_at is not None or file_ids.count(file_id) > 1:
            raise invalid(field, "file_already_used")
    await files.claim(transaction, file_ids, transaction.clock.now())
    return [found[file_id].file for file_id in file_ids]


async def hold(transaction: Transaction, file_ids: Sequence[UUID]) -> list[File]:
    """Locks files that are in use, so that nobody gives them up until the transaction ends; in the order given.

    Those that were given up are missing.
    """
    found = {each.file.id: each.file for each in await files.lock(transaction, file_ids)} if file_ids else {}
    return [found[each] for each in file_ids if each in found]


async def release(transaction: Transaction, file_ids: Sequence[UUID]) -> None:
    """Gives files up: nobody can fetch them any more, and `sweep` removes the bytes."""
    if file_ids:
        await files.release(transaction, file_ids, transaction.clock.now())


async def describe(queries: Queries, file_ids: Sequence[UUID]) -> dict[UUID, File]:
    """What is known of files that were not given up, by id; unknown ones are missing."""
    if not file_ids:
        return {}
    return {each.file.id: each.file for each in await files.by_ids(queries, file_ids)}
