"""What there is to tell of contact requests that somebody was notified of."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from estafette.accounts import Card
from estafette.base.brief import brief
from estafette.base.database import Queries
from estafette.base.dates import day_in_words
from estafette.contact_requests import texts
from estafette.contact_requests.store import contents as store
from estafette.notifications import Content, ContentRequest, Fact, Line

NAME: Final = 60
TITLE: Final = 80
EXCERPT: Final = 160
LONGEST_LINE: Final = 1_500
OVER: Final = frozenset(("done", "spam"))


async def render(queries: Queries, wanted: Sequence[ContentRequest]) -> Mapping[UUID, Content]:
    """The content of each notification about a request: who wishes to be called about what, and how to reach them."""
    known = {one.id: one for one in wanted}
    found = await store.for_readers(queries, [(one.id, one.person_id, one.topic_id) for one in wanted])
    return {row["ask_id"]: _content(known[row["ask_id"]], row) for row in found}


def _content(one: ContentRequest, row: Any) -> Content:
    language = one.language
    assigned = one.kind == "contact_request_assigned"
    day = day_in_words(row["starts_at"], language)
    message: str = row["message"].strip()
    title = texts.ASSIGNED if assigned else texts.REQUESTED
    about = {"name": brief(row["name"], NAME), "advert": brief(row["title"], TITLE)}
    first = texts.REQUESTED.say(language, **about)
    facts = (
        (texts.NAME, row["name"]),
        (texts.EMAIL, row["email"]),
        (texts.PHONE, row["phone"]),
        (texts.WISHED, day),
        (texts.ADVERT, row["title"]),
    )
    return Content(
        title=title.say(language, **about),
        text=brief(message, EXCERPT) if message else texts.WISHES.say(language, name=brief(row["name"], NAME), day=day),
        path=f"/inbox/{row['partner_id']}/requests/{row['id']}",
        action=texts.OPEN.say(language),
        actor=Card(id=row["person_id"], name=row["name"], picture=row["person_picture"]),
        place=row["partner_name"],
        lines=(Line(who=row["name"], text=_shortened(message), at=row["created_at"]),) if message else (),
        facts=tuple(Fact(label=label.say(language), value=value) for label, value in facts),
        seen=row["state"] in OVER if assigned else row["state"] != "new",
        reply_to=row["email"],
        subject=f"Re: {first}" if assigned else first,
    )


def _shortened(message: str) -> str:
    return message if len(message) <= LONGEST_LINE else f"{message[: LONGEST_LINE - 1]}…"
