"""Pictures: uploads taken into use, and given up when another takes their place."""

from uuid import UUID

from msgspec import UNSET, UnsetType

from estafette.base.database import Transaction
from estafette.base.errors import invalid
from estafette.files.actions.using import claim, release
from estafette.files.store import waiting_pictures


async def exchange_picture(
    transaction: Transaction, owner_id: UUID, field: str, old: UUID | None, new: UUID | UnsetType | None
) -> UUID | None:
    """The picture from now on; raises Invalid for what is not an image, or not an unused upload of the owner."""
    if new is UNSET or new == old:
        return old
    if isinstance(new, UUID):
        for file in await claim(transaction, owner_id, [new], field=field):
            if not file.has_thumbnail:
                raise invalid(field, "not_an_image")
            await waiting_pictures.ask_for_copies(transaction, file.id)
    if old is not None:
        await release(transaction, [old])
    return new if isinstance(new, UUID) else None
