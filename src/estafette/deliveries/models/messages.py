"""What a transport submits, and what it can say about it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

Channel = Literal["sms", "mms", "email", "push", "whatsapp"]
Kind = Literal["system", "gateway", "operator"]
"""Whose fault a failure is: ours, the gateway's, or the network's behind it (D2: SYSTEM, RECEIVER, OPERATOR_ERROR)."""


class Medium(msgspec.Struct, frozen=True, kw_only=True):
    """A picture or the like of an MMS: where the gateway fetches it from."""

    url: str
    media_type: str | None = None


class Options(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What only some channels know."""

    unsubscribe_url: str | None = None  # e-mail: one-click List-Unsubscribe (RFC 8058), https
    reply_to: str | None = None  # e-mail
    sender_name: str | None = None  # e-mail
    thread: UUID | None = None  # e-mail: letters of one thread are shown together, whatever program shows them
    topic: str | None = None  # push: a newer message with the same topic replaces one that was not delivered yet
    url: str | None = None  # push: what a click opens, a path of this server
    template: str | None = None  # whatsapp: goes out wherever a text may not; with a text, where the text may not
    template_language: str | None = None  # whatsapp: "pt_BR"; "pt" takes whichever of them the gateway has
    variables: tuple[str, ...] = ()  # whatsapp: what stands in the places of the template's body, in order
    media: str | None = None  # whatsapp: the address of a picture, film, sound or document
    notice: bool = False  # whatsapp: goes out in the gateway's own template for notices where a text may not


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that wants to be told (RFC 8030), with its keys (RFC 8291)."""

    endpoint: str
    p256dh: bytes
    auth: bytes


class ClaimedTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A WhatsApp template as the gateway has it: places of its body in order, numbers or names."""

    language: str
    places: tuple[str, ...]
    header: str | None = None  # TEXT, IMAGE, VIDEO, DOCUMENT …


def own_name(delivery_id: int, attempt: int, created_at: datetime) -> str:
    """What we name an attempt, for gateways that repeat it; another installation with the same account has others."""
    return f"{delivery_id}-{attempt}-{int(created_at.timestamp() * 1_000)}"


class ClaimedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery on its way out: everything that a transport needs to submit it once."""

    delivery_id: int
    attempt: int
    channel: Channel
    sender: str
    recipient: str  # E.164 with its plus sign, an e-mail address, or the id of a subscription
    text: str
    subject: str | None = None
    html: str | None = None
    media: tuple[Medium, ...] = ()
    options: Options = Options()
    subscription: Subscription | None = None
    window_open: bool = False  # whatsapp: whether the recipient wrote within a day, so that a text may be sent
    template: ClaimedTemplate | None = None  # whatsapp: as far as the gateway's templates are known
    urgency: int = 1  # 0 urgent, 1 normal, 2 bulk
    segments: int = 1
    created_at: datetime
    expires_at: datetime

    @property
    def own_name(self) -> str:
        """What we name this attempt, where a gateway repeats that with each receipt."""
        return own_name(self.delivery_id, self.attempt, self.created_at)


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The gateway has taken it and answers for it; `provider_ids` has one entry per segment that was submitted.

    `delivered` is for gateways whose acceptance is itself the proof that it arrived.
    """

    provider_ids: tuple[str, ...] = ()
    delivered: bool = False
    recipient_id: str | None = None  # what the gateway calls the recipient, where that is not the address


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """The gateway certainly has not taken it."""

    kind: Kind
    permanent: bool
    code: str  # stable, snake_case: throttled, bad_destination, connection_lost …
    reason: str  # for people: what the gateway said, without secrets; at most 300 characters
    retry_after: float | None = None  # seconds, when the gateway named them
    throttled: bool = False  # the whole gateway should slow down
    suppress: bool = False  # this recipient must not be written to again on this channel
    gone: bool = False  # the push subscription does not exist any more


class Unknown(msgspec.Struct, frozen=True, kw_only=True):
    """It was written, and whether it was taken is not known: it must not be submitted again.

    A gateway whose messages we name ourselves may still report; `provider_ids` is for such.
    """

    reason: str
    provider_ids: tuple[str, ...] = ()


Outcome = Accepted | Refused | Unknown

ReceiptStatus = Literal["accepted", "delivered", "failed", "read"]
"""accepted: on its way, not final; failed: with `kind` gateway or operator."""


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway told about a message of ours, in whatever order and however often it tells.

    A receipt that cannot be understood or believed has a `fault` and no `provider_id`; it is kept all the same.
    """

    body: bytes  # as it came, at most 64 kB; the same body is the same receipt
    provider_id: str | None = None  # normalised as the ids that `submit` returned
    own_name: str | None = None  # what `submit` returned for an Unknown, where the gateway repeats what it was told
    status: ReceiptStatus | None = None
    kind: Kind = "operator"
    code: str | None = None
    reason: str | None = None
    happened_at: datetime | None = None
    suppress: bool = False  # the recipient must not be written to again on this channel
    fault: str | None = None
