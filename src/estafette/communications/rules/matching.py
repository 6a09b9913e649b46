"""With whom an answer is shown, and which communication it answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from estafette.accounts import email_key
from estafette.clients import Channel, Client
from estafette.deliveries import Inbound

Place = tuple[Channel, str]
"""A channel and an address on it, in the form that is compared."""


class Sent(Struct, frozen=True, kw_only=True):
    """What went out to a client by a channel."""

    client_id: UUID
    channel: Channel
    communication_id: UUID
    delivery_id: int


class Match(Struct, frozen=True, kw_only=True):
    """Whose answer it is: `client` among `all` who have the address."""

    client: Client | None
    all: Sequence[Client]
    communication_id: UUID | None


def place(channel: Channel, address: str) -> Place:
    """An address as it is compared."""
    return channel, email_key(address) if channel == "email" else address


def places_of(client: Client) -> list[Place]:
    """Where a client is reached."""
    given: list[tuple[Channel, str | None]] = [
        ("email", client.email),
        ("sms", client.phone),
        ("whatsapp", client.whatsapp),
    ]
    return [place(channel, address) for channel, address in given if address]


def match(message: Inbound, known: Mapping[Place, Sequence[Client]], sent: Sequence[Sent], recent: set[int]) -> Match:
    """Whose answer a message is. Of several with one address it is of whom something was sent to last."""
    found = known.get(place(message.channel, message.sender), ())
    if not found and message.answered_address is not None:
        # Who has several addresses may answer from another one.
        found = known.get(place(message.channel, message.answered_address), ())
    ids = {each.id for each in found}
    theirs = [each for each in sent if each.client_id in ids and each.channel == message.channel]
    answered = next((each for each in theirs if each.delivery_id == message.delivery_id), None)
    last = max((each for each in theirs if each.delivery_id in recent), key=lambda each: each.delivery_id, default=None)
    chosen = answered or last
    client = next((each for each in found if chosen is not None and each.id == chosen.client_id), None)
    return Match(
        client=client or (found[-1] if found else None),
        all=found,
        communication_id=chosen.communication_id if chosen else None,
    )


def is_proved(message: Inbound, client: Client) -> bool:
    """Whether it is the client who wrote: anybody can put any sender into a letter, but only who got ours can answer
    it by its name."""
    if message.channel != "email":
        return True
    address = message.answered_address
    return client.email is not None and address is not None and email_key(address) == email_key(client.email)


def sent_of(rows: Sequence[Any]) -> list[Sent]:
    """What went out, from rows."""
    return [Sent(**row) for row in rows]
