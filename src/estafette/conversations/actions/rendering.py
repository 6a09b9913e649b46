"""What there is to tell of messages that somebody was notified of: asked when it is told, so it holds nothing stale."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from estafette.accounts import Card
from estafette.base.brief import brief
from estafette.base.database import Queries
from estafette.conversations import texts
from estafette.conversations.store import hearing
from estafette.notifications import Content, ContentRequest, Line

LINES: Final = 10
EXCERPT: Final = 160
LONGEST_LINE: Final = 1_500


async def render(queries: Queries, requests: Sequence[ContentRequest]) -> Mapping[UUID, Content]:
    """The content of each notification about a conversation: who wrote, how much, and the newest of it."""
    known = {request.id: request for request in requests}
    rows = await hearing.news(
        queries,
        [
            (request.id, request.person_id, request.party_id, request.topic_id, request.first, request.until)
            for request in requests
        ],
        LINES,
    )
    return {
        ask_id: _content(known[ask_id], list(said)) for ask_id, said in groupby(rows, key=lambda row: row["ask_id"])
    }


def _content(request: ContentRequest, said: Sequence[Any]) -> Content:
    newest = said[-1]
    who = newest["who"] or newest["partner_name"]
    partner = newest["partner_name"]
    count = newest["counted"]
    for_partner = newest["for_partner"]
    sentence = texts.TO_PARTNER if for_partner else texts.TO_PERSON
    several = texts.SEVERAL_TO_PARTNER if for_partner else texts.SEVERAL_TO_PERSON
    values = {"who": brief(who, 60), "partner": brief(partner, 80), "count": count}
    return Content(
        title=(sentence if count == 1 else several).say(request.language, **values),
        text=brief(_text(request, newest), EXCERPT),
        path=f"/inbox/{request.party_id}/{request.topic_id}" if for_partner else f"/messages/{request.topic_id}",
        action=texts.ANSWER.say(request.language),
        actor=None if newest["who_id"] is None else Card(id=newest["who_id"], name=who, picture=newest["who_picture"]),
        place=partner,
        lines=tuple(Line(who=row["who"] or partner, text=_text(request, row), at=row["at"]) for row in said),
        last=newest["ordinal"],
        since=newest["since"],
    )


def _text(request: ContentRequest, row: Any) -> str:
    text: str = row["text"].strip()
    if not text:
        return texts.FILES.say(request.language, count=row["files"])
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
