"""Looking at a communication before it is sent: previews, test messages, estimates."""

from uuid import UUID

from msgspec import Struct

from estafette.base.languages import Language
from estafette.communications.models.content import Channel, Content


class PreviewWanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text as a client would get it; without a client as somebody would who has everything."""

    content: Content
    channel: Channel
    language: Language | None = None  # None: the client's, or the default
    client_id: UUID | None = None


class Preview(Struct, frozen=True, kw_only=True):
    """What one client would get; of text messages with the room that they take, of the others without.

    `missing` are variables that the client does not have, shown as ‹name›; `fault` is why nothing would go out.
    `outside` are the characters that keep a text message from the alphabet of which more fits in.
    """

    language: Language
    subject: str | None = None
    text: str = ""
    html: str | None = None
    segments: int | None = None
    encoding: str | None = None
    characters: int | None = None
    left: int | None = None
    outside: list[str] = []
    template: str | None = None
    variables: list[str] = []
    media: str | None = None
    url: str | None = None
    missing: list[str] = []
    fault: str | None = None


class WantedTest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message to oneself or a colleague, as a client would get it; push goes to the browsers of who asks."""

    content: Content
    channel: Channel
    address: str | None = None
    language: Language | None = None
    client_id: UUID | None = None


class SentTest(Struct, frozen=True, kw_only=True):
    """The deliveries that were made of it; nothing leaves before a gateway carries the channel."""

    deliveries: list[int]
    carried: bool


class Reach(Struct, frozen=True, kw_only=True):
    """Whom a communication reaches on one channel, were it sent now.

    `messages` go out at first, `most_messages` if in a ladder nothing arrives by the channels before. Segments of text
    messages are told from a sample. Costs are None where no price is known.
    """

    reachable: int
    refused: int
    without_address: int
    messages: int
    most_messages: int
    segments: int | None = None
    cost: str | None = None
    most_cost: str | None = None
    currency: str | None = None


class Estimate(Struct, frozen=True, kw_only=True):
    """How many clients a communication is for, and whom it reaches by each channel."""

    clients: int
    channels: dict[Channel, Reach]


class Price(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a message costs by a channel, of text messages a segment: a decimal such as 0.045."""

    channel: Channel
    currency: str
    price: str


class CommunicationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What texts call the organisation, and the prices for estimates."""

    organisation: str
    prices: list[Price] = []
