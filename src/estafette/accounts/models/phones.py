"""Phone numbers as they are typed and as they are understood."""

from uuid import UUID

import msgspec


class TypedPhone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number as somebody typed it, to whom it goes, and the time zone of who typed it."""

    phone: str
    partner_id: UUID | None = None
    time_zone: str | None = None


class UnderstoodPhone(msgspec.Struct, frozen=True, kw_only=True):
    """The number in E.164, and as it is written for readers abroad (E.123)."""

    phone: str
    spaced: str
