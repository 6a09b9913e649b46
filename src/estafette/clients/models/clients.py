"""Clients as they are given, stored and shown."""

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.accounts import Card
from estafette.base.languages import Language
from estafette.clients.models.attributes import Value

Channel = Literal["email", "sms", "whatsapp"]
CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "whatsapp")


class ClientFields(Struct, frozen=True, kw_only=True):
    """What is known of a client, checked; phone numbers in E.164."""

    external_id: str | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    whatsapp: str | None = None
    language: Language | None = None
    time_zone: str | None = None
    attributes: dict[str, Value] = {}


class Client(ClientFields, frozen=True, kw_only=True):
    """A client of the register; who is in neither `consented` nor `refused` by a channel was not asked about it."""

    id: UUID
    consented: list[Channel] = []
    refused: list[Channel] = []
    person_id: UUID | None = None
    revision: int = 1
    created_at: datetime
    changed_at: datetime


class Consent(Struct, frozen=True, kw_only=True):
    """That a client agreed to be written to by a channel, or refused it: where that was said, and who noted it."""

    channel: Channel
    given: bool
    source: str
    at: datetime
    recorded_by: Card | None = None


class ClientDetails(Client, frozen=True, kw_only=True):
    """A client with the person whose account has the same address, and every consent, newest first, at most 200."""

    person: Card | None = None
    consents: list[Consent]


class Clients(Struct, frozen=True, kw_only=True):
    """A page of clients by name; `next` is the cursor of the page after it.

    Where many were looked at in vain an empty page may have a next one.
    """

    items: list[Client]
    next: str | None = None


class GivenConsent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client said, and where: a form, a contract, a call. Without a time it was now."""

    given: bool
    source: str
    at: datetime | None = None


class NewClient(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new client: something to call or reach them by is needed. Numbers without a country are understood by zone."""

    external_id: str | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    whatsapp: str | None = None
    language: Language | None = None
    time_zone: str | None = None
    attributes: dict[str, Value | None] = {}
    consents: dict[Channel, GivenConsent] = {}


class ClientChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about the client that has this revision; an attribute of null is taken away, others stay."""

    revision: int
    external_id: str | UnsetType | None = UNSET
    name: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    whatsapp: str | UnsetType | None = UNSET
    language: Language | UnsetType | None = UNSET
    time_zone: str | UnsetType | None = UNSET
    attributes: dict[str, Value | None] | UnsetType = UNSET


class NewConsent(Struct, frozen=True, kw_only=True):
    """A consent about to be stored."""

    client_id: UUID
    channel: Channel
    given: bool
    source: str
    at: datetime
    recorded_by: UUID | None
