"""Making documents findable, and no longer."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from estafette.base.database import Transaction
from estafette.search import store
from estafette.search.actions.stemming import stems_of
from estafette.search.models import Document, Forgotten
from estafette.search.rules.words import MAX_CHARACTERS, signs, words, written

AT_ONCE: Final = MAX_CHARACTERS
"""Characters of documents that are split into words before others have their turn: about 20 ms."""


async def index(transaction: Transaction, documents: Sequence[Document], *, again: bool = False) -> None:
    """Makes documents findable; one that is there in the same or a newer version stays as it is.

    With `again` one of the same version is replaced, too: for what became known of it later.
    """
    latest = {each.id: each for each in sorted(documents, key=lambda each: each.version)}
    for some in _in_portions(sorted(latest.values(), key=lambda each: each.id)):
        said = {each.id: words(each.text) for each in some}
        stems = await stems_of(transaction, {word for each in said.values() for word in each})
        kept = [(each, written(said[each.id], stems, signs(each.text), each.facets)) for each in some]
        await store.keep(transaction, kept, again=again)


def _in_portions(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """The documents in their order, in each portion so many characters or a single one."""
    some: list[Document] = []
    characters = 0
    for each in documents:
        size = min(len(each.text), MAX_CHARACTERS)
        if some and characters + size > AT_ONCE:
            yield some
            some, characters = [], 0
        some.append(each)
        characters += size
    if some:
        yield some


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
