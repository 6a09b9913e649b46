"""How requests of document D3 become communications, and how errors get its names."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from msgspec import UNSET

from estafette.accounts import SignedIn
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.base.languages import Language
from estafette.communications import (
    Audience,
    Channel,
    ClientsAudience,
    Communication,
    CommunicationChanges,
    Content,
    EmailText,
    Kind,
    NewCommunication,
    PushText,
    Schedule,
    SmsText,
    SubscribersAudience,
    Texts,
    WhatsAppText,
)
from estafette.contracts.communications.models import ScheduleChanges, ScheduleRequest
from estafette.contracts.communications.subjects import subject_of

# RFC 9557 has the zone in brackets, behind an offset or without one; some write it behind a space.
_ZONED: Final = re.compile(r"(?P<at>[0-9T:.+\-Z]{16,40})(?:\[(?P<in>[^\]]{1,64})\]|\s(?P<after>[A-Za-z][\w+/-]{0,63}))")
_NOW: Final = "now"
_ENDS: Final = {"subject": "subject", "title": "subject", "text": "message"}


def new_communication(wanted: ScheduleRequest, who: SignedIn, recipients: Sequence[UUID]) -> NewCommunication:
    """What a request asks for; raises Invalid for a time that cannot be read."""
    return NewCommunication(
        kind=_kind(wanted.channels, recipients),
        channels=wanted.channels,
        content=_content(wanted.message, wanted.subject, wanted.channels, who.language),
        audience=_audience(wanted.channels, recipients),
        schedule=_schedule(wanted.send_at),
    )


def communication_changes(
    wanted: ScheduleChanges, old: Communication, recipients: Sequence[UUID] | None
) -> CommunicationChanges:
    """The changes of a communication as it is; raises Invalid for a time that cannot be read."""
    channels = old.channels if wanted.channels is UNSET else wanted.channels
    given: dict[str, Any] = {} if wanted.send_at is UNSET else {"schedule": _schedule(wanted.send_at)}
    if wanted.channels is not UNSET:
        given["channels"] = channels
    message, subject = _said(old.content)
    silent = any(getattr(_texts(old.content), each) is None for each in channels)
    if silent or wanted.message is not UNSET or wanted.subject is not UNSET:
        given["content"] = _content(
            message if wanted.message is UNSET else wanted.message,
            subject if wanted.subject is UNSET else wanted.subject,
            channels,
            old.content.default_language,
        )
    if recipients is not None:
        given |= {"audience": _audience(channels, recipients), "kind": _kind(channels, recipients)}
    return CommunicationChanges(revision=old.revision, **given)


def as_documented(error: Invalid, subject: object) -> Invalid:
    """The same in the names of the document, each fault once, whatever number of channels has it.

    Without a `subject` one is made of the message, whose fault it is then.
    """
    found: dict[tuple[str, str], FieldError] = {}
    for each in error.fields:
        name = _documented(each.field)
        if name == "subject" and not subject:
            name = "message"
        found.setdefault((name, each.code), FieldError(name, each.code, each.values, each.told))
    return Invalid(*found.values())


def _documented(field: str) -> str:
    if field.startswith("schedule"):
        return "send_at"
    if field.startswith("audience"):
        return "recipients"
    if field.startswith("content"):
        return _ENDS.get(field.rsplit(".", 1)[-1], "message")
    return field


def _kind(channels: Sequence[Channel], recipients: Sequence[UUID]) -> Kind:
    return "transactional" if len(set(recipients)) == 1 and "push" not in channels else "campaign"


def _audience(channels: Sequence[Channel], recipients: Sequence[UUID]) -> Audience:
    if list(channels) == ["push"] and not recipients:
        return SubscribersAudience()
    return ClientsAudience(ids=list(recipients))


def _schedule(send_at: str | None) -> Schedule:
    if send_at is None or send_at.strip().lower() == _NOW:
        return Schedule()
    zoned = _ZONED.fullmatch(send_at.strip())
    try:
        at = datetime.fromisoformat(zoned["at"] if zoned else send_at.strip())
    except ValueError:
        raise invalid("send_at", "time_unreadable") from None
    if zoned is None:
        return Schedule(send_at=at)
    zone = zoned["in"] or zoned["after"]
    return Schedule(local_time=at, zone=zone) if at.tzinfo is None else Schedule(send_at=at, zone=zone)


def _content(message: str, subject: str | None, channels: Sequence[Channel], language: Language) -> Content:
    title = subject or subject_of(message)
    return Content(
        default_language=language,
        texts={
            language: Texts(
                email=EmailText(subject=title, text=message) if "email" in channels else None,
                sms=SmsText(text=message) if "sms" in channels else None,
                whatsapp=WhatsAppText(text=message) if "whatsapp" in channels else None,
                push=PushText(title=title, text=message) if "push" in channels else None,
            )
        },
    )


def _said(content: Content) -> tuple[str, str | None]:
    """Message and subject of what was said by another request, or in the editor."""
    texts = _texts(content)
    if texts.email is not None:
        return texts.email.text, texts.email.subject
    if texts.push is not None:
        return texts.push.text, texts.push.title
    if texts.sms is not None:
        return texts.sms.text, None
    return (texts.whatsapp.text or "" if texts.whatsapp else ""), None


def _texts(content: Content) -> Texts:
    return content.texts.get(content.default_language, Texts())
