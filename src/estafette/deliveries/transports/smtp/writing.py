"""Makes a letter of a message: what goes onto the wire, and from whom to whom."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime, formataddr
from typing import Final
from uuid import UUID, uuid5

import msgspec

from estafette.base.brief import brief
from estafette.base.mailboxes import on_the_wire
from estafette.base.urls import is_one_click
from estafette.deliveries.models.messages import ClaimedMessage
from estafette.deliveries.transports.smtp.bodies import body
from estafette.deliveries.transports.smtp.dkim import Signer

_THREADS: Final = UUID("6f1c2a54-0f0b-5c0e-9d2b-7a3de1b8c4f0")  # for ids of threads
LONGEST_SUBJECT: Final = 900  # RFC 5322 allows 998 characters in a line


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message as SMTP carries it; `content` ends in CRLF and its dots are not doubled yet."""

    message_id: str  # without its angle brackets
    sender: str  # of the envelope: whoever cannot deliver it writes there
    recipient: str
    content: bytes


def write(
    claimed: ClaimedMessage, gateway_id: UUID, default_sender: str, signer: Signer | None, return_path: str = ""
) -> Letter:
    """A letter; raises ValueError with words for people when something in the message fits into no letter.

    What cannot be delivered goes back to `return_path`, to the sender where there is none.

    Every attempt at a delivery has the same Message-ID, so that whoever gets two can tell that they are one.
    """
    sender = plain_address(claimed.sender or default_sender, "the sender")
    recipient = plain_address(claimed.recipient, "the recipient")
    domain = sender.rpartition("@")[2]
    message_id = f"{uuid5(gateway_id, str(claimed.delivery_id))}@{domain}"
    head = "".join(f"{each}\r\n" for each in fields(claimed, message_id, sender, recipient)).encode("ascii")
    content = head + body(claimed.text, claimed.html)
    if signer:
        content = signer.signed(content, domain)
    bounces_to = plain_address(return_path, "the address for bounces") if return_path else sender
    return Letter(message_id=message_id, sender=bounces_to, recipient=recipient, content=content)


def fields(claimed: ClaimedMessage, message_id: str, sender: str, recipient: str) -> Iterator[str]:
    """The fields but those of the body. `EmailMessage` would break long URLs, and lose spaces of long subjects."""
    options = claimed.options
    yield f"Message-ID: <{message_id}>"
    if options.thread is not None:
        # The letter that both name was never written: whichever of the thread comes first, is lost or is deleted, the
        # others stay together (RFC 5322, 3.6.4). An id of ours is not handed on to whom somebody answers or forwards.
        first = f"<{uuid5(_THREADS, options.thread.hex)}@{message_id.rpartition('@')[2]}>"
        yield f"In-Reply-To: {first}"
        yield f"References: {first}"
    yield f"Date: {format_datetime(datetime.now(UTC))}"
    yield f"From: {named(brief(options.sender_name or '', 200), sender)}"
    yield f"To: {recipient}"
    yield f"Subject: {encoded(brief(claimed.subject or '', LONGEST_SUBJECT), 'Subject')}"
    if options.reply_to:
        yield f"Reply-To: {plain_address(options.reply_to, 'the address for answers')}"
    else:
        # A program wrote it and nobody waits for an answer: no notes about holidays, please (RFC 3834).
        yield "Auto-Submitted: auto-generated"
    if options.unsubscribe_url:
        yield f"List-Unsubscribe: <{one_click(options.unsubscribe_url)}>"
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def named(name: str, address: str) -> str:
    """An address with the name of whose it is."""
    return formataddr((name, address)) if plain(name) else f"{encoded(name, 'From')} <{address}>"


def encoded(text: str, field: str) -> str:
    """A text as the value of a field: folded, and in encoded words (RFC 2047) where it needs them."""
    return Header(text, "us-ascii" if plain(text) else "utf-8", header_name=field).encode(linesep="\r\n")


def plain(text: str) -> bool:
    """Whether a field can hold it as it is: ASCII that nobody would take for an encoded word."""
    return text.isascii() and "=?" not in text


def one_click(url: str) -> str:
    """A URL that fits into List-Unsubscribe (RFC 8058); raises ValueError."""
    if not is_one_click(url):
        raise ValueError("the URL for unsubscribing is no https URL of ASCII characters")
    return url


def plain_address(address: str, whose: str) -> str:
    """An address that every server takes: the domain in ASCII (IDNA); raises ValueError."""
    written = on_the_wire(address)
    if written is None:
        raise ValueError(f"{whose} is no e-mail address that can be written to")
    return written
