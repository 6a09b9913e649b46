"""Whom a communication is for."""

from uuid import UUID

from msgspec import Struct


class ClientsAudience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="clients", tag_field="kind"):
    """Clients of the register by their ids; kept as a list."""

    ids: list[UUID]


class ListAudience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="list", tag_field="kind"):
    """Clients that were named by an uploaded file."""

    list_id: UUID


class SegmentAudience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="segment", tag_field="kind"):
    """Who belongs to a segment when the communication begins."""

    segment_id: UUID


class EveryoneAudience(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="everyone", tag_field="kind"):
    """The whole register, as it is when the communication begins."""


class SubscribersAudience(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="subscribers", tag_field="kind"
):
    """Whoever subscribed to the public push topic: of a communication by push alone."""


Audience = ClientsAudience | ListAudience | SegmentAudience | EveryoneAudience | SubscribersAudience
