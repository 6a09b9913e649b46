"""Statements about the steps of conversations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from estafette.accounts import Card
from estafette.base.database import Queries, tuples
from estafette.conversations.models.changes import Change
from estafette.conversations.store import message_reactions
from estafette.conversations.store.completing import complete

_OF_REACTIONS: Final = frozenset({"reaction_added", "reaction_removed"})


async def between(
    queries: Queries, spans: Sequence[tuple[UUID, int, int]], forgotten: datetime, viewer: UUID | None = None
) -> dict[UUID, list[Change]]:
    """The changes of each (conversation, after, until], in order, as a person sees them or all alike.

    Of reactions that were taken back before `forgotten` nothing may be left to tell: these come with their message.
    """
    rows = await _rows(queries, spans, forgotten)
    said = iter(await complete(queries, [row for row in rows if row["id"] is not None], viewer))
    reacted = [(row["stream_id"], row["change_number"]) for row in rows if row["change_kind"] in _OF_REACTIONS]
    steps = await message_reactions.steps(queries, reacted) if reacted else {}
    found: dict[UUID, list[Change]] = {}
    for row in rows:
        step = steps.get((row["stream_id"], row["change_number"]))
        each = Change(
            row["change_number"],
            row["change_kind"],
            row["at"],
            next(said) if row["id"] is not None else None,
            step[0] if step else _person(row),
            step[1] if step else None,
        )
        found.setdefault(row["stream_id"], []).append(each)
    return found


def _person(row: Any) -> Card | None:
    if row["person_id"] is None:
        return None
    return Card(id=row["person_id"], name=row["person_name"], picture=row["person_picture"])


async def _rows(queries: Queries, spans: Sequence[tuple[UUID, int, int]], forgotten: datetime) -> list[Any]:
    return await queries.fetch(
        """
        SELECT c.stream_id, c.number AS change_number, c.kind AS change_kind, c.at, m.id, m.conversation_id, m.ordinal,
            m.number, m.kind AS message_kind, m.party_id, m.sender_id, m.text, m.attachments, m.key, m.created_at,
            m.edited_at, m.deleted_at, m.mentions, m.mentions_all, m.pinned_at, m.reacted, m.reply_to, m.forwarded,
            k.name AS sender_name, k.picture AS sender_picture,
            CASE WHEN m.has_thread THEN (SELECT summary FROM thread_summaries t WHERE t.root_id = m.id) END AS thread,
            person.id AS person_id, person.name AS person_name, person.picture AS person_picture
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS span (stream_id, first, last)
        JOIN changes c ON c.stream_id = span.stream_id AND c.number > span.first AND c.number <= span.last
        LEFT JOIN messages m ON m.id = c.subject_id
            AND (c.kind LIKE 'message_%' OR c.kind = 'reaction_removed' AND c.at < $4)
        LEFT JOIN person_cards k ON k.id = m.sender_id
        LEFT JOIN person_cards person ON person.id = c.subject_id AND c.kind LIKE 'member_%'
        ORDER BY c.stream_id, c.number
        """,
        *tuples(spans),
        forgotten,
    )
