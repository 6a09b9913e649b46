"""What a letter to us is: a report about one of ours, or something that somebody wrote."""

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from hashlib import sha256
from typing import Final

import structlog

from estafette.base.brief import brief
from estafette.deliveries.models.inbound import InboundMessage, Told
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.transports.smtp.incoming.automatic import is_automatic
from estafette.deliveries.transports.smtp.incoming.bounces import NO_MESSAGE_ID, plain_bounce, read_bounce
from estafette.deliveries.transports.smtp.incoming.complaints import read_complaint
from estafette.deliveries.transports.smtp.incoming.fields import field, ids_in, parts_of
from estafette.deliveries.transports.smtp.incoming.words import answer_in, text_of

BODY_BYTES: Final = 65_536
UNREADABLE: Final = "unreadable"
"""The fault of a letter that nothing can be understood of."""
_ANSWERED: Final = 50

_log = structlog.get_logger(__name__)


def read_letter(raw: bytes) -> Told:
    """What a letter says (RFC 5322); however broken it is, something is understood, and all of it is kept."""
    try:
        return _read(raw)
    except Exception as error:
        # Anybody can write to a mailbox: whatever the library stumbles over keeps no other letter from being read.
        _log.warning("a letter cannot be read", error=brief(f"{type(error).__name__}: {error}"))
        return Receipt(body=raw[:BODY_BYTES], fault=UNREADABLE)


def _read(raw: bytes) -> Told:
    letter = BytesParser().parsebytes(raw)
    report, automatic = None, False
    kinds = {part.get_content_type() for part in parts_of(letter)}
    if "message/delivery-status" in kinds:
        report = read_bounce(letter, raw[:BODY_BYTES])
    elif "message/feedback-report" in kinds:
        report = read_complaint(letter, raw[:BODY_BYTES])
    elif automatic := is_automatic(letter):
        report = plain_bounce(letter, raw[:BODY_BYTES])
    # Reports about letters that others wrote in our name come to every mailbox: they are nothing to worry about.
    if report is None or report.fault == NO_MESSAGE_ID:
        return _message(letter, raw, automatic or report is not None)
    return report


def _message(letter: Message, raw: bytes, automatic: bool) -> InboundMessage | Receipt:
    name, address = next(iter(_addresses(letter, "from")), ("", ""))
    if "@" not in address:
        return Receipt(body=raw[:BODY_BYTES], fault="no_sender")
    _, recipient = next(iter([*_addresses(letter, "delivered-to"), *_addresses(letter, "to")]), ("", ""))
    own_id = next(iter(ids_in(field(letter, "message-id"))), None)
    return InboundMessage(
        body=raw,
        channel="email",
        sender=address,
        sender_name=name or None,
        recipient=recipient,
        subject=field(letter, "subject") or None,
        text=answer_in(text_of(letter)),
        # Whoever is written to under two addresses gets the same letter twice.
        provider_id=own_id or sha256(raw).hexdigest(),
        answers=tuple(dict.fromkeys(_answered(letter)))[:_ANSWERED],
        automatic=automatic,
    )


def _answered(letter: Message) -> Iterator[str]:
    yield from ids_in(field(letter, "in-reply-to"))
    yield from reversed(ids_in(field(letter, "references")))


def _addresses(letter: Message, name: str) -> list[tuple[str, str]]:
    return [pair for pair in getaddresses([field(letter, name)]) if pair[1]]
