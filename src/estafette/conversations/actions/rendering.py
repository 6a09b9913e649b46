"""What there is to tell of messages that somebody was notified of: asked when it is told, so it holds nothing stale."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from estafette.accounts import Card
from estafette.base.brief import brief
from estafette.base.database import Queries
from estafette.base.languages import Sentence
from estafette.conversations import texts
from estafette.conversations.rules import spoken
from estafette.conversations.store import mentioned, news
from estafette.notifications import Content, ContentRequest, Line

LINES: Final = 10
EXCERPT: Final = 160
LONGEST_LINE: Final = 1_500


async def render(queries: Queries, requests: Sequence[ContentRequest]) -> Mapping[UUID, Content]:
    """The content of each notification about a conversation: who wrote, how much, and the newest of it."""
    known = {request.id: request for request in requests}
    rows = await news.news(
        queries,
        [
            (request.id, request.person_id, request.party_id, request.topic_id, request.first, request.until)
            for request in requests
        ],
        LINES,
    )
    names = await mentioned.names(queries, rows)
    return {
        ask_id: _content(known[ask_id], list(said), names)
        for ask_id, said in groupby(rows, key=lambda row: row["ask_id"])
    }


def _content(request: ContentRequest, said: Sequence[Any], names: Mapping[UUID, str]) -> Content:
    newest = said[-1]
    place = newest["partner_name"] or newest["group_name"] or ""
    who = newest["who"] or place
    count = newest["counted"]
    one, several = _sentences(newest)
    values = {"who": brief(who, 60), "partner": brief(place, 80), "count": count}
    return Content(
        title=(one if count == 1 else several).say(request.language, **values),
        text=brief(_text(request, newest, names), EXCERPT),
        path=_path(request, newest),
        action=texts.ANSWER.say(request.language),
        actor=None if newest["who_id"] is None else Card(id=newest["who_id"], name=who, picture=newest["who_picture"]),
        place=place,
        lines=tuple(Line(who=row["who"] or place, text=_text(request, row, names), at=row["at"]) for row in said),
        last=newest["ordinal"],
        since=newest["since"],
        subject=_subject(newest).say(request.language, **values),
    )


def _path(request: ContentRequest, newest: Any) -> str:
    """The page on which the reader sees the conversation."""
    if newest["for_partner"]:
        return f"/inbox/{request.party_id}/{request.topic_id}"
    if newest["parent_id"] is not None:
        return f"/chats/{newest['parent_id']}?thread={request.topic_id}"
    return f"/messages/{request.topic_id}" if newest["kind"] == "storefront" else f"/chats/{request.topic_id}"


def _sentences(newest: Any) -> tuple[Sentence, Sentence]:
    """What is said of one message, and of several."""
    if newest["for_partner"]:
        return texts.TO_PARTNER, texts.SEVERAL_TO_PARTNER
    match newest["kind"]:
        case "storefront":
            return texts.TO_PERSON, texts.SEVERAL_TO_PERSON
        case "direct":
            return texts.DIRECT, texts.SEVERAL_DIRECT
        case "thread" if newest["group_name"] is None:
            return texts.IN_DIRECT_THREAD, texts.SEVERAL_IN_DIRECT_THREAD
        case "thread":
            return texts.IN_THREAD, texts.SEVERAL_IN_THREAD
        case _:
            return texts.IN_GROUP, texts.SEVERAL_IN_GROUP


def _subject(newest: Any) -> Sentence:
    """What all letters about the conversation are called, whoever of it wrote and how often."""
    if newest["for_partner"]:
        return texts.TO_PARTNER
    match newest["kind"]:
        case "storefront":
            return texts.NEWS_OF_PARTNER
        case "direct":
            return texts.DIRECT
        case "thread" if newest["group_name"] is None:
            return texts.IN_DIRECT_THREAD
        case "thread":
            return texts.NEWS_IN_THREAD
        case _:
            return texts.NEWS_IN_GROUP


def _text(request: ContentRequest, row: Any, names: Mapping[UUID, str]) -> str:
    text = spoken(row["text"], names).strip()
    if not text:
        return texts.FILES.say(request.language, count=row["files"])
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
