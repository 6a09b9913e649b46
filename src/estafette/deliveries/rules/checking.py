"""What may be sent: every field of a new delivery has its limits, and all that are wrong are named at once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from unicodedata import category
from uuid import UUID

import msgspec

from estafette.base.errors import FieldError, Invalid
from estafette.base.mailboxes import mailbox
from estafette.base.phones import phone
from estafette.base.urls import CHARACTERS as URL
from estafette.base.urls import is_one_click, is_url
from estafette.base.visible import is_visible
from estafette.deliveries.models.deliveries import NewDelivery
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.push_payload import LARGEST, payload
from estafette.deliveries.rules.retries import TRIED_FOR, VALIDITY
from estafette.deliveries.rules.whatsapp import VARIABLES, check_whatsapp

TEXT: Final = 1_600
MEDIA: Final = 10
SENDER_SHORTEST: Final = 3
SENDER_LONGEST: Final = 15
SUBJECT: Final = 250
MAIL_CHARACTERS: Final = 200_000
TITLE: Final = 120
PUSH_TEXT: Final = 2_000
KEY: Final = 255
NAME: Final = 100
MEDIA_TYPE: Final = 100
AHEAD: Final = timedelta(days=366)

# PostgreSQL cannot store NUL, and half of a surrogate pair is no character.
_NOT_STORED: Final = re.compile("[\0\ud800-\udfff]")
_TOPIC: Final = re.compile(r"[A-Za-z0-9_-]{1,32}")  # RFC 8030, section 5.4

# What each channel does something with.
_OPTIONS: Final[dict[Channel, set[str]]] = {
    "sms": set(),
    "mms": set(),
    "email": {"unsubscribe_url", "reply_to", "sender_name", "thread"},
    "push": {"topic", "url"},
    "whatsapp": {"template", "template_language", "variables", "media", "notice"},
}

Refuse = Callable[..., None]


def check(new: NewDelivery, now: datetime) -> NewDelivery:
    """The delivery with its addresses in one form, a phone number in E.164; raises Invalid."""
    wrong: list[FieldError] = []

    def refuse(field: str, code: str, **values: Any) -> None:
        wrong.append(FieldError(field, code, values))

    _check_times(new, now, refuse)
    _check_characters(new, refuse)
    if not 0 <= new.urgency <= 2:
        refuse("urgency", "out_of_range", min=0, max=2)
    if new.key is not None and not 1 <= len(new.key) <= KEY:
        refuse("key", "too_long", max=KEY)
    match new.channel:
        case "sms" | "mms":
            new = _check_phone_message(new, refuse)
        case "email":
            new = _check_mail(new, refuse)
        case "push":
            _check_push(new, refuse)
        case "whatsapp":
            new = check_whatsapp(new, refuse)
            _only(new, refuse, media=False, subject=False, html=False)
    if wrong:
        raise Invalid(*wrong)
    return new


def _check_phone_message(new: NewDelivery, refuse: Refuse) -> NewDelivery:
    number = phone(new.recipient)
    if number is None:
        refuse("to", "phone_invalid")
    if len(new.text) > TEXT:
        refuse("text", "too_long", max=TEXT)
    if not is_visible(new.text) and not new.media:
        refuse("text", "required")
    if new.sender and not SENDER_SHORTEST <= len(new.sender) <= SENDER_LONGEST:
        refuse("from", "sender_invalid", min=SENDER_SHORTEST, max=SENDER_LONGEST)
    if len(new.media) > MEDIA:
        refuse("media", "too_many", max=MEDIA)
    if any(not is_url(each.url, "http", "https") for each in new.media):
        refuse("media", "url_invalid")
    for index, each in enumerate(new.media[:MEDIA]):
        if len(each.media_type or "") > MEDIA_TYPE:
            refuse(f"media[{index}].media_type", "too_long", max=MEDIA_TYPE)
    _only(new, refuse, media=new.channel == "mms", subject=False, html=False)
    return msgspec.structs.replace(new, recipient=number or new.recipient)


def _check_mail(new: NewDelivery, refuse: Refuse) -> NewDelivery:
    options = new.options
    recipient, sender, reply_to = mailbox(new.recipient), mailbox(new.sender), mailbox(options.reply_to or "")
    if recipient is None:
        refuse("to", "email_invalid")
    if new.sender and sender is None:
        refuse("from", "email_invalid")
    if options.reply_to is not None and reply_to is None:
        refuse("options.reply_to", "email_invalid")
    if not is_visible(new.subject or ""):
        refuse("subject", "required")
    elif len(new.subject or "") > SUBJECT:
        refuse("subject", "too_long", max=SUBJECT)
    if not is_visible(new.text) and not is_visible(new.html or ""):
        refuse("text", "required")
    for field, value in (("text", new.text), ("html", new.html or "")):
        if len(value) > MAIL_CHARACTERS:
            refuse(field, "too_long", max=MAIL_CHARACTERS)
    url = options.unsubscribe_url
    if url is not None and not is_one_click(url):
        refuse("options.unsubscribe_url", "url_invalid")
    if len(options.sender_name or "") > NAME:
        refuse("options.sender_name", "too_long", max=NAME)
    _only(new, refuse, media=False, subject=True, html=True)
    return msgspec.structs.replace(
        new,
        recipient=recipient or new.recipient,
        sender=sender or new.sender,
        options=msgspec.structs.replace(options, reply_to=reply_to),
    )


def _check_push(new: NewDelivery, refuse: Refuse) -> None:
    try:
        UUID(new.recipient)
    except ValueError:
        refuse("to", "unknown")
    options = new.options
    if not is_visible(new.text):
        refuse("text", "required")
    elif len(new.text) > PUSH_TEXT:
        refuse("text", "too_long", max=PUSH_TEXT)
    if len(new.subject or "") > TITLE:
        refuse("subject", "too_long", max=TITLE)
    # As JSON: its escapes make two characters of a quotation mark, and six of a control character.
    if _is_stored(new) and len(payload(new.subject, new.text, options.url, options.topic)) > LARGEST:
        refuse("text", "payload_too_large", max=LARGEST)
    if options.topic is not None and not _TOPIC.fullmatch(options.topic):
        refuse("options.topic", "topic_invalid", max=32)
    if options.url is not None and not is_path(options.url):
        refuse("options.url", "path_invalid")
    _only(new, refuse, media=False, subject=True, html=False)


def is_path(url: str) -> bool:
    """Whether it is a path of this server."""
    return len(url) <= URL and url.startswith("/") and not url.startswith(("//", "/\\"))


def _is_stored(new: NewDelivery) -> bool:
    return not any(
        _NOT_STORED.search(each or "") for each in (new.text, new.subject, new.options.url, new.options.topic)
    )


def _check_times(new: NewDelivery, now: datetime, refuse: Refuse) -> None:
    start = max(now, new.send_at or now)
    if start > now + AHEAD:
        refuse("send_at", "too_far_ahead", days=AHEAD.days)
    if new.expires_at is not None:
        if new.expires_at <= start:
            refuse("expires_at", "ends_before_it_begins")
        elif new.expires_at > start + AHEAD:
            refuse("expires_at", "too_far_ahead", days=AHEAD.days)


def _check_characters(new: NewDelivery, refuse: Refuse) -> None:
    variables = [(f"options.variables[{index}]", each) for index, each in enumerate(new.options.variables)]
    for field, value in (("text", new.text), ("html", new.html), *variables[:VARIABLES]):
        if value and _NOT_STORED.search(value):
            refuse(field, "forbidden_character")
    # What may end in a header or in one line of a protocol.
    lines = {
        "from": new.sender,
        "to": new.recipient,
        "subject": new.subject,
        "key": new.key,
        "options.sender_name": new.options.sender_name,
        "options.reply_to": new.options.reply_to,
        "options.unsubscribe_url": new.options.unsubscribe_url,
        "options.topic": new.options.topic,
        "options.url": new.options.url,
        "options.template": new.options.template,
        "options.template_language": new.options.template_language,
        "options.media": new.options.media,
    }
    for index, each in enumerate(new.media[:MEDIA]):
        lines |= {f"media[{index}].url": each.url, f"media[{index}].media_type": each.media_type}
    for field, value in lines.items():
        if value and any(category(each) in ("Cc", "Cs", "Zl", "Zp") for each in value):
            refuse(field, "forbidden_character")


def _only(new: NewDelivery, refuse: Refuse, *, media: bool, subject: bool, html: bool) -> None:
    if new.media and not media:
        refuse("media", "not_for_channel")
    if new.subject is not None and not subject:
        refuse("subject", "not_for_channel")
    if new.html is not None and not html:
        refuse("html", "not_for_channel")
    for name in new.options.__struct_fields__:
        if getattr(new.options, name) not in (None, (), False) and name not in _OPTIONS[new.channel]:
            refuse(f"options.{name}", "not_for_channel")


def ends(new: NewDelivery, start: datetime) -> datetime:
    """When a delivery is no longer worth sending."""
    return new.expires_at or start + (TRIED_FOR if new.only_gateway_id else VALIDITY[new.channel])
