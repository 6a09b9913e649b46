"""What people may send, and in which bounds numbers in a query lie."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar.params import HeaderParameter, Parameter

Limit = Annotated[int, Parameter(ge=1, le=100, description="How many at most")]
RunLimit = Annotated[int, Parameter(ge=1, le=200, description="How many messages at most")]
ChangeLimit = Annotated[int, Parameter(ge=1, le=1000, description="How many changes at most")]
Number = Annotated[int, Parameter(ge=0, le=2**53)]
MaybeNumber = Annotated[int | None, Parameter(ge=0, le=2**53)]
Key = Annotated[
    str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200, description="Makes a retry safe")
]


class NewMessage(msgspec.Struct, forbid_unknown_fields=True):
    """What to say: a text of at most 10,000 characters, up to 10 uploaded files, or both."""

    text: str = ""
    attachments: tuple[UUID, ...] = ()


class FirstMessage(msgspec.Struct, forbid_unknown_fields=True):
    """What to say to which partner."""

    partner_id: UUID
    text: str = ""
    attachments: tuple[UUID, ...] = ()


class NewText(msgspec.Struct, forbid_unknown_fields=True):
    """The text that takes the place of the old one."""

    text: str


class ReadUpTo(msgspec.Struct, forbid_unknown_fields=True):
    """The ordinal of the newest message that was seen."""

    ordinal: int
