"""What the search index is told of messages and their files."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from estafette import files, search
from estafette.base.database import Transaction
from estafette.conversations.rules import spoken
from estafette.conversations.store import indexed
from estafette.files import File

MESSAGE: Final = "message"
FILE: Final = "file"
_LINK: Final = re.compile(r"\bhttps?://[^\s/]|\bwww\.[^\s.]", re.IGNORECASE)


async def index_messages(transaction: Transaction, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Lets messages and their files be found as they are now, and what was deleted no longer."""
    said = await indexed.said(transaction, ids)
    there = [(row, msgspec.convert(row["attachments"] or [], list[File])) for row in said if not row["deleted"]]
    attached = [file.id for _, found in there for file in found]
    contents = await files.texts_of(transaction, attached, search.MAX_CHARACTERS) if attached else {}
    documents = [each for row, found in there for each in _documents(row, found, contents)]
    gone = [search.Forgotten(row["id"], row["number"]) for row in said if row["deleted"]]
    await search.index(transaction, documents, again=again)
    await search.forget(transaction, gone)
    await search.forget_of(transaction, gone)


async def index_file_texts(transaction: Transaction, file_ids: Sequence[UUID]) -> None:
    """Lets files be found by what stands in them, wherever they are attached."""
    await index_messages(transaction, await indexed.with_files(transaction, file_ids), again=True)


def file_document_id(message_id: UUID, file_id: UUID) -> UUID:
    """Under which id a file of a message is found: shared twice, it is found in two places."""
    return uuid5(message_id, str(file_id))


def _documents(row: Any, attached: Sequence[File], contents: Mapping[UUID, str]) -> list[search.Document]:
    common = {
        "container_id": row["conversation_id"],
        "audience": row["readers"],
        "version": row["number"],
        "at": row["created_at"],
    }
    facets = _facets(row)
    of_message = {f"has:{kind}" for file in attached for kind in _kinds(file)}
    if _LINK.search(row["text"]):
        of_message.add("has:link")
    text = "\n".join([spoken(row["text"]), *(file.name for file in attached)])
    return [
        search.Document(id=row["id"], kind=MESSAGE, text=text, facets=(*facets, *sorted(of_message)), **common),
        *(
            search.Document(
                id=file_document_id(row["id"], file.id),
                kind=FILE,
                text="\n".join([file.name, contents.get(file.id, "")]),
                facets=(*facets, *(f"has:{kind}" for kind in _kinds(file))),
                source_id=row["id"],
                **common,
            )
            for file in attached
        ),
    ]


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
