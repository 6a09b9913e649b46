"""The templates that Meta keeps for our gateways, and what people write there."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class TemplateSeen(Struct, frozen=True, kw_only=True):
    """A template as the gateway lists it: `places` of its body in order, numbers or names."""

    name: str
    language: str
    category: str
    state: str
    body: str
    places: list[str]
    header: str | None = None
    sendable: bool = True


class WhatsAppTemplate(TemplateSeen, frozen=True, kw_only=True):
    """A template of a gateway. It can be sent when its `state` is APPROVED and it is `sendable`: asks for nothing
    beside the places of its body and, where `header` is IMAGE, VIDEO or DOCUMENT, an address of that kind."""

    gateway_id: UUID


class TemplateRefresh(Struct, frozen=True, kw_only=True):
    """When the templates of a gateway were last fetched, why that failed, and when they are fetched again."""

    gateway_id: UUID
    gateway: str
    refreshed_at: datetime | None = None
    error: str | None = None
    due_at: datetime | None = None  # None: at once, for the first time


class WhatsAppTemplates(Struct, frozen=True, kw_only=True):
    """All templates by name and language, and how old the list of each gateway is."""

    items: list[WhatsAppTemplate]
    gateways: list[TemplateRefresh]
