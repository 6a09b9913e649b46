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
from estafette.notifications import Ask, Line, Story

LINES: Final = 10
EXCERPT: Final = 160
LONGEST_LINE: Final = 1_500


async def tell(queries: Queries, asks: Sequence[Ask]) -> Mapping[UUID, Story]:
    """The story of each notification about a conversation: who wrote, how much, and the newest of it."""
    known = {ask.id: ask for ask in asks}
    rows = await hearing.news(
        queries,
        [(ask.id, ask.person_id, ask.party_id, ask.topic_id, ask.first, ask.until) for ask in asks],
        LINES,
    )
    return {ask_id: _story(known[ask_id], list(said)) for ask_id, said in groupby(rows, key=lambda row: row["ask_id"])}


def _story(ask: Ask, said: Sequence[Any]) -> Story:
    newest = said[-1]
    who = newest["who"] or newest["partner_name"]
    partner = newest["partner_name"]
    count = newest["counted"]
    for_partner = newest["for_partner"]
    sentence = texts.TO_PARTNER if for_partner else texts.TO_PERSON
    several = texts.SEVERAL_TO_PARTNER if for_partner else texts.SEVERAL_TO_PERSON
    values = {"who": brief(who, 60), "partner": brief(partner, 80), "count": count}
    return Story(
        title=(sentence if count == 1 else several).say(ask.language, **values),
        text=brief(_text(ask, newest), EXCERPT),
        path=f"/inbox/{ask.party_id}/{ask.topic_id}" if for_partner else f"/messages/{ask.topic_id}",
        action=texts.ANSWER.say(ask.language),
        actor=None if newest["who_id"] is None else Card(id=newest["who_id"], name=who, picture=newest["who_picture"]),
        place=partner,
        lines=tuple(Line(who=row["who"] or partner, text=_text(ask, row), at=row["at"]) for row in said),
        last=newest["ordinal"],
        since=newest["since"],
    )


def _text(ask: Ask, row: Any) -> str:
    text: str = row["text"].strip()
    if not text:
        return texts.FILES.say(ask.language, count=row["files"])
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"
