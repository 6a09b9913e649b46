"""What people may send, and in which bounds the parts of a query lie."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar.params import HeaderParameter, Parameter, QueryParameter

from estafette.contact_requests.models.requests import State

Limit = Annotated[int, Parameter(ge=1, le=100, description="How many at most")]
Cursor = Annotated[str | None, Parameter(description="`next` of the page before")]
Words = Annotated[str | None, Parameter(description="Words that must all be found")]
Key = Annotated[
    str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200, description="Makes a retry safe")
]
# Litestar keeps the name `state` for something of its own.
InState = Annotated[State | None, QueryParameter(name="state", description="Those in a state alone")]
AboutAdvert = Annotated[UUID | None, Parameter(description="Those about an advert alone")]
AssignedTo = Annotated[UUID | None, Parameter(description="Those that a member handles")]
From = Annotated[date | None, QueryParameter(name="from", description="The first day, in the partner's time zone")]
To = Annotated[date | None, QueryParameter(name="to", description="The last day")]


class RequestToLeave(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to ask: `starts_at` is the day from which one wishes to be contacted; without a profile the default one."""

    advert_id: UUID
    starts_at: date
    profile_id: UUID | None = None
    message: str = ""
