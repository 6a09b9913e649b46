"""Messages with what stands in other tables: one statement for each kind of it, and none where there is nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Queries
from estafette.conversations.models.messages import Message
from estafette.conversations.store import forwards, message_reactions, quotes
from estafette.conversations.store.rows import message


async def complete(queries: Queries, rows: Sequence[Any], viewer: UUID | None) -> list[Message]:
    """The messages of rows that begin with those of a message statement, as a person sees them.

    Without a `viewer` they are as all see them alike.
    """
    reacted = [row["id"] for row in rows if row["reacted"]]
    reactions = await message_reactions.of_messages(queries, reacted, viewer) if reacted else {}
    replied_to = [row["reply_to"] for row in rows if row["reply_to"] is not None]
    quoted = await quotes.by_ids(queries, replied_to) if replied_to else {}
    sent_on = [row["id"] for row in rows if row["forwarded"] is not None]
    forwarded = await forwards.by_ids(queries, sent_on) if sent_on else {}
    found: list[Message] = []
    for row in rows:
        said = message(row)
        if under := reactions.get(said.id):
            said = msgspec.structs.replace(said, reactions=under)
        if quote := quoted.get(row["reply_to"]):
            said = msgspec.structs.replace(said, quoted=quote)
        if origin := forwarded.get(said.id):
            said = msgspec.structs.replace(said, forwarded=origin)
        found.append(said)
    return found
