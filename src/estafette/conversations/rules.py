"""What is valid to say, and when an automatic confirmation is due."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from estafette.base.errors import FieldError, Invalid, invalid
from estafette.base.visible import is_visible

MAX_TEXT: Final = 10_000
MAX_ATTACHMENTS: Final = 10
MAX_MENTIONS: Final = 100
MAX_QUERY: Final = 200
TOLD_OF_EACH_OTHER: Final = 50
"""Members of the largest conversation in which everybody is told who reads and who types."""
MODERATING: Final = frozenset({"owner", "moderator"})
"""The roles that invite, remove, delete what others said and mention everybody."""
ABSENCE: Final = timedelta(minutes=30)
SOONEST: Final = timedelta(minutes=1)
LATEST: Final = timedelta(days=366)
"""How far ahead something may be put off."""
TAKEN_BACK_KEPT: Final = timedelta(days=90)
"""How long it is known who took a reaction back."""
TAKEN_BACK_TOLD: Final = TAKEN_BACK_KEPT - timedelta(days=1)
"""Until when its change tells of it alone: clearly before it is forgotten, whatever the clocks of servers say."""
TWO_SIDED: Final = frozenset({"storefront", "direct"})
"""The kinds of conversations that two parties have with each other; all others have members."""
WITH_MEMBERS: Final = frozenset({"group", "channel"})
"""The kinds that people join and leave; a thread has followers, whose rights are those of its parent."""
_MENTION: Final = re.compile(r"@\[([^\[\]\n]{1,200})\]\(person:([0-9a-f-]{36})\)")
"""A mention in a text (docs/mentions.md): the name as it was then, and who it is."""
# PostgreSQL cannot store NUL, and half of a surrogate pair is no character.
_NOT_STORED: Final = re.compile("[\0\ud800-\udfff]")


def check_message(text: str, attachments: Sequence[UUID], field: str = "text", mentions: Sequence[UUID] = ()) -> None:
    """Raises Invalid unless the text has 1 to 10,000 characters, or is empty beside an attachment.

    It may mention 100 people by name; more are reached by mentioning all.
    """
    wrong: list[FieldError] = []
    if len(text) > MAX_TEXT:
        wrong.append(FieldError(field, "too_long", {"max": MAX_TEXT}))
    if _NOT_STORED.search(text):
        wrong.append(FieldError(field, "forbidden_character"))
    if not is_visible(text) and not attachments:
        wrong.append(FieldError(field, "empty_message"))
    if len(attachments) > MAX_ATTACHMENTS:
        wrong.append(FieldError("attachments", "too_many", {"max": MAX_ATTACHMENTS}))
    if len(mentions) > MAX_MENTIONS:
        wrong.append(FieldError("mentions", "too_many", {"max": MAX_MENTIONS}))
    if wrong:
        raise Invalid(*wrong)


def spoken(text: str, names: Mapping[UUID, str] = MappingProxyType({})) -> str:
    """A text as it is said where nothing is marked: mentions by `names` alone, else by those they were written with."""
    present = {str(id_): name for id_, name in names.items()}
    return _MENTION.sub(lambda found: f"@{present.get(found[2], found[1])}", text)


def check_ahead(field: str, at: datetime, now: datetime) -> None:
    """Raises Invalid on a field unless its time is a minute to 366 days ahead."""
    if at <= now:
        raise invalid(field, "in_the_past")
    if at < now + SOONEST:
        raise invalid(field, "too_soon")
    if at > now + LATEST:
        raise invalid(field, "too_far_ahead", days=LATEST.days)


def query_of(q: str | None) -> str | None:
    """What is asked for on one line, None for nothing; raises Invalid on field `q` beyond 200 characters."""
    cleaned = " ".join((q or "").replace("\0", " ").split())
    if len(cleaned) > MAX_QUERY:
        raise Invalid(FieldError("q", "too_long", {"max": MAX_QUERY}))
    return cleaned or None


def on_one_line(text: str, field: str, most: int, wrong: list[FieldError]) -> str:
    """A text without breaks and double spaces, "" if it shows nothing; what is wrong with it is added to `wrong`."""
    cleaned = " ".join(text.split()) if is_visible(text) else ""
    if len(cleaned) > most:
        wrong.append(FieldError(field, "too_long", {"max": most}))
    if _NOT_STORED.search(cleaned):
        wrong.append(FieldError(field, "forbidden_character"))
    return cleaned


def live_topics(kind: str, conversation_id: UUID, readers: Sequence[UUID]) -> tuple[UUID, ...]:
    """Whom a change of a conversation is told live: its two parties, or whoever follows the conversation itself."""
    return tuple(readers) if kind in TWO_SIDED else (conversation_id,)


def confirmation_is_due(written_at: datetime, partner_wrote_at: datetime | None, confirmed_at: datetime | None) -> bool:
    """Whether a customer's message gets the automatic confirmation: once per conversation and absence of the partner.

    The partner is absent when nobody of it has written here within half an hour before the message; an absence ends
    when somebody does.
    """
    if partner_wrote_at is not None and written_at - partner_wrote_at < ABSENCE:
        return False
    return confirmed_at is None or (partner_wrote_at is not None and partner_wrote_at > confirmed_at)
