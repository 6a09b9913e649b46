"""What the search index is told of messages and their files."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from estafette import files, search
from estafette.base.database import Transaction
from estafette.conversations.rules import spoken
from estafette.conversations.store import indexed, unindexed_files
from estafette.files import File

MESSAGE: Final = "message"
FILE: Final = "file"
_LINK: Final = re.compile(r"\bhttps?://[^\s/]|\bwww\.[^\s.]", re.IGNORECASE)


async def index_messages(transaction: Transaction, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Lets messages be found as they are now, and what was deleted no longer; their files follow in the background."""
    said = await indexed.said(transaction, ids)
    await search.index(transaction, [_document(row, _attached(row)) for row in said if not row["deleted"]], again=again)
    gone = [search.Forgotten(row["id"], row["number"]) for row in said if row["deleted"]]
    await search.forget(transaction, gone)
    await search.forget_of(transaction, gone)
    await unindexed_files.note(transaction, ids)


async def name_files(transaction: Transaction, ids: Sequence[UUID]) -> None:
    """Lets the files of new messages be found by their names at once."""
    said = [row for row in await indexed.said(transaction, ids) if row["attachments"] and not row["deleted"]]
    await search.index(transaction, [each for row in said for each in _documents_of_files(row, {})])


async def index_files(transaction: Transaction, ids: Sequence[UUID]) -> None:
    """Lets the files of messages be found as they are now, also by what stands in them."""
    said = [row for row in await indexed.said(transaction, ids) if not row["deleted"]]
    attached = [file.id for row in said for file in _attached(row)]
    contents = await files.texts_of(transaction, attached, search.MAX_CHARACTERS)
    await search.index(transaction, [each for row in said for each in _documents_of_files(row, contents)], again=True)


def file_document_id(message_id: UUID, file_id: UUID) -> UUID:
    """Under which id a file of a message is found: shared twice, it is found in two places."""
    return uuid5(message_id, str(file_id))


def _attached(row: Any) -> list[File]:
    return msgspec.convert(row["attachments"] or [], list[File])


def _document(row: Any, attached: Sequence[File]) -> search.Document:
    facets = {f"has:{kind}" for file in attached for kind in _kinds(file)}
    if _LINK.search(row["text"]):
        facets.add("has:link")
    return search.Document(
        id=row["id"],
        kind=MESSAGE,
        text="\n".join([spoken(row["text"]), *(file.name for file in attached)]),
        facets=(*_facets(row), *sorted(facets)),
        **_common(row),
    )


def _documents_of_files(row: Any, contents: Mapping[UUID, str]) -> list[search.Document]:
    facets = _facets(row)
    return [
        search.Document(
            id=file_document_id(row["id"], file.id),
            kind=FILE,
            text="\n".join([file.name, contents.get(file.id, "")]),
            facets=(*facets, *(f"has:{kind}" for kind in _kinds(file))),
            source_id=row["id"],
            **_common(row),
        )
        for file in _attached(row)
    ]


def _common(row: Any) -> dict[str, Any]:
    return {
        "container_id": row["conversation_id"],
        "audience": row["readers"],
        "version": row["number"],
        "at": row["created_at"],
    }


def _kinds(file: File) -> list[str]:
    return ["file", "image"] if file.media_type.startswith("image/") else ["file"]


def _facets(row: Any) -> list[str]:
    """By what a message can be asked for beside its words, as `seeking.py` asks."""
    found = [f"from:{party}" for party in {row["sender_id"], row["party_id"]} if party]
    found += [f"in:{place}" for place in (row["conversation_id"], row["parent_id"]) if place]
    found += [f"mentions:{person}" for person in row["mentions"] or ()]
    if row["mentions_all"]:
        found.append("mentions:all")
    if row["pinned"]:
        found.append("pinned:yes")
    if row["reacted"]:
        found.append("has:reaction")
    return found
