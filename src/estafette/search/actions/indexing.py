"""Making documents findable, and no longer."""

from collections.abc import Sequence
from uuid import UUID

from estafette.base.database import Transaction
from estafette.search import store
from estafette.search.actions.stemming import stems_of
from estafette.search.models import Document, Forgotten
from estafette.search.rules.words import signs, words, written


async def index(transaction: Transaction, documents: Sequence[Document], *, again: bool = False) -> None:
    """Makes documents findable; one that is there in the same or a newer version stays as it is.

    With `again` one of the same version is replaced, too: for what became known of it later.
    """
    latest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
    if latest:
        said = {each.id: words(each.text) for each in latest.values()}
        stems = await stems_of(transaction, {word for each in said.values() for word in each})
        kept = [(each, written(said[each.id], stems, signs(each.text), each.facets)) for each in latest.values()]
        await store.keep(transaction, kept, again=again)


async def forget(transaction: Transaction, gone: Sequence[Forgotten]) -> None:
    """Removes documents for good: indexing the same or an older version later brings nothing back."""
    latest = {each.id: each for each in sorted(gone, key=lambda each: each.version)}
    if latest:
        await store.forget(transaction, list(latest.values()))


async def forget_of(transaction: Transaction, gone: Sequence[Forgotten]) -> None:
    """Removes likewise all documents that belong to one of these sources."""
    if gone:
        await store.forget_of(transaction, gone)


async def reassign(transaction: Transaction, container_id: UUID, audience: Sequence[UUID], limit: int) -> int:
    """Lets what is in a container be found by another audience, `limit` entries at most; returns how many."""
    return await store.reassign(transaction, container_id, audience, limit)
