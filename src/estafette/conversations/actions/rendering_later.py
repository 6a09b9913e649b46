"""What there is to tell of reminders, and of scheduled messages that were refused."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from estafette.accounts import Card
from estafette.base.brief import brief
from estafette.base.database import Queries
from estafette.base.languages import Language
from estafette.conversations import texts
from estafette.conversations.rules import spoken
from estafette.conversations.store import mentioned, reminders, scheduled_messages
from estafette.notifications import Content, ContentRequest

EXCERPT: Final = 160
LATER: Final = "/later"
"""The page on which people see what they have scheduled."""


async def render_reminders(queries: Queries, requests: Sequence[ContentRequest]) -> Mapping[UUID, Content]:
    """Each message as it is now; none for what was deleted, or may not be read any more."""
    known = {request.id: request for request in requests}
    rows = await reminders.told(queries, [(each.id, each.person_id, each.topic_id) for each in requests])
    names = await mentioned.names(queries, rows)
    return {row["ask_id"]: _reminder(known[row["ask_id"]], row, names) for row in rows}


async def render_refused(queries: Queries, requests: Sequence[ContentRequest]) -> Mapping[UUID, Content]:
    """Each scheduled message that waits for its author to mend it; none once it was sent, mended or cancelled."""
    known = {request.id: request for request in requests}
    rows = await scheduled_messages.refused(queries, [(each.id, each.person_id, each.topic_id) for each in requests])
    return {row["ask_id"]: _refused(known[row["ask_id"]], row) for row in rows}


def _reminder(request: ContentRequest, row: Any, names: Mapping[UUID, str]) -> Content:
    place, who = row["place"], row["who"] or row["place"]
    author = None if row["who_id"] is None else Card(id=row["who_id"], name=who, picture=row["who_picture"])
    sentence = texts.REMINDER_DIRECT if row["kind"] == "direct" or who == place else texts.REMINDER
    start = f"/inbox/{row['partner_id']}" if row["partner_id"] else "/messages"
    inside = f"{row['conversation_id']}?message={row['ordinal']}"
    if row["parent_id"] is not None:
        inside = f"{row['parent_id']}?thread={row['conversation_id']}"
    return Content(
        title=sentence.say(request.language, who=brief(who, 60), place=brief(place, 80)),
        text=_excerpt(row, request.language, names),
        path=f"{start}/{inside}",
        action=texts.ANSWER.say(request.language),
        actor=author,
        place=place,
    )


def _refused(request: ContentRequest, row: Any) -> Content:
    place = row["place"]
    sentence = texts.NOT_SENT_NOWHERE if place is None else texts.NOT_SENT
    return Content(
        title=sentence.say(request.language, place=brief(place or "", 80)),
        # Whoever reads it wrote it, and nobody has looked yet whom it may mention.
        text=_excerpt(row, request.language, {}),
        path=LATER,
        action=texts.LOOK_AT_SCHEDULED.say(request.language),
        place=place,
    )


def _excerpt(row: Any, language: Language, names: Mapping[UUID, str]) -> str:
    text = spoken(row["text"], names).strip()
    return brief(text, EXCERPT) if text else texts.FILES.say(language, count=row["files"])
