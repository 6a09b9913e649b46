"""What can be done with files."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Database, Queries, Transaction
from estafette.files.models import File, Swept
from estafette.files.storage import Storage


async def claim(
    transaction: Transaction, owner_id: UUID, file_ids: Sequence[UUID], *, field: str = "attachments"
) -> list[File]:
    """Takes uploads into use, in the order given; raises Invalid on `field` for unknown, foreign or used ones."""
    raise NotImplementedError


async def release(transaction: Transaction, file_ids: Sequence[UUID]) -> None:
    """Gives files up: nobody can fetch them any more, and `sweep` removes the bytes."""
    raise NotImplementedError


async def describe(queries: Queries, file_ids: Sequence[UUID]) -> dict[UUID, File]:
    """What is known of files that were not given up, by id; unknown ones are missing."""
    raise NotImplementedError


async def sweep(database: Database, storage: Storage) -> Swept:
    """Removes uploads that were not taken into use for 24 hours, what crashes left behind, and files given up."""
    raise NotImplementedError
