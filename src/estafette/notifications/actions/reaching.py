"""By which channels people can be reached, and why not by the others."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from estafette import accounts, deliveries
from estafette.accounts import Contact
from estafette.base.database import Queries
from estafette.base.mailboxes import mailbox
from estafette.deliveries import Channel
from estafette.notifications.models.notices import OUTGOING_CHANNELS, OutgoingChannel
from estafette.notifications.models.settings import Reach, State


class Reachable(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of some people and of the gateways at one moment."""

    contacts: Mapping[UUID, Contact]
    browsers: Mapping[UUID, list[UUID]]
    channels: Mapping[Channel, bool]
    suppressed_mail: set[str]
    suppressed_phones: set[str]
    suppressed_whatsapp: set[str]

    def state(self, person_id: UUID, channel: OutgoingChannel) -> State:
        """Whether a way leads to a person.

        An address that somebody typed who signed up is written to only when it was confirmed, so that nobody can have
        a stranger's mailbox filled, or have what is said told to a stranger.
        """
        contact = self.contacts.get(person_id)
        if contact is None:
            return "no_address"
        if (missing := self._missing(contact, channel)) is not None:
            return missing
        if channel == "email" and not contact.email_confirmed:
            return "unconfirmed"
        works = self.channels.get(channel)
        if works is None:
            return "no_gateway"
        return "ready" if works else "gateway_down"

    def reach(self, person_id: UUID) -> list[Reach]:
        """Every way with its state, and the address that it leads to."""
        contact = self.contacts.get(person_id)
        addresses = {"email": contact.email, "sms": contact.phone, "whatsapp": contact.phone} if contact else {}
        return [
            Reach(channel=channel, state=self.state(person_id, channel), address=addresses.get(channel))
            for channel in OUTGOING_CHANNELS
        ]

    def _missing(self, contact: Contact, channel: OutgoingChannel) -> State | None:
        match channel:
            case "email":
                address = mailbox(contact.email)
                if address is None:
                    return "no_address"
                return "suppressed" if address in self.suppressed_mail else None
            case "sms" | "whatsapp" if contact.phone is None:
                return "no_address"
            case "sms":
                return "suppressed" if contact.phone in self.suppressed_phones else None
            case "whatsapp":
                return "suppressed" if contact.phone in self.suppressed_whatsapp else None
            case "push":
                return None if self.browsers.get(contact.id) else "no_device"


async def look_up(queries: Queries, people: Sequence[UUID], now: datetime) -> Reachable:
    """What there is to know of people, in six statements for however many."""
    contacts = await accounts.contacts(queries, people)
    mail = [address for each in contacts.values() if (address := mailbox(each.email)) is not None]
    phones = [each.phone for each in contacts.values() if each.phone is not None]
    return Reachable(
        contacts=contacts,
        browsers=await deliveries.browsers(queries, people, now),
        channels=await deliveries.channels(queries, notices=True),
        suppressed_mail=await deliveries.suppressed(queries, "email", mail),
        suppressed_phones=await deliveries.suppressed(queries, "sms", phones),
        suppressed_whatsapp=await deliveries.suppressed(queries, "whatsapp", phones),
    )
