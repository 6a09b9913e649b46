"""Complaints: somebody called a letter of ours spam, and their provider tells us (ARF, RFC 5965)."""

from email.message import Message
from email.parser import Parser
from typing import Final, cast

from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.transports.smtp.incoming.bounces import NO_MESSAGE_ID, original_id
from estafette.deliveries.transports.smtp.incoming.fields import content_of, field, parts_of

COMPLAINED: Final = "complained"


def read_complaint(letter: Message, body: bytes) -> Receipt:
    """The receipt of a complaint: nothing changes about the letter, but nobody writes there again."""
    report = next(part for part in parts_of(letter) if part.get_content_type() == "message/feedback-report")
    kind = field(_fields(report), "feedback-type").lower() or "abuse"
    provider_id = original_id(letter)
    if provider_id is None:
        return Receipt(body=body, fault=NO_MESSAGE_ID)
    return Receipt(
        body=body,
        provider_id=provider_id,
        status="accepted",
        # Some take a complaint back.
        code="not_spam" if kind == "not-spam" else COMPLAINED,
        reason=kind,
    )


def _fields(report: Message) -> Message:
    if report.is_multipart():
        return cast("list[Message]", report.get_payload())[0]
    return Parser().parsestr(content_of(report), headersonly=True)
