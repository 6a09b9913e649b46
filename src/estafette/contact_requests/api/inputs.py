"""What people may send, and in which bounds the parts of a query lie."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from estafette.contact_requests.models.requests import State
from estafette.http import Query

Words = Annotated[str | None, Query("Words that must all be found")]
InState = Annotated[State | None, Query("Those in a state alone", "state")]
AboutAdvert = Annotated[UUID | None, Query("Those about an advert alone")]
AssignedTo = Annotated[UUID | None, Query("Those that a member handles")]
From = Annotated[date | None, Query("The first day, in the partner's time zone", "from")]
To = Annotated[date | None, Query("The last day", "to")]


class RequestToLeave(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to ask: `starts_at` is the day from which one wishes to be contacted; without a profile the default one."""

    advert_id: UUID
    starts_at: date
    profile_id: UUID | None = None
    message: str = ""


class RequestToCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody without an account fills in; the phone number as it was typed, and the time zone of the device."""

    advert_id: UUID
    starts_at: date
    phone: str
    message: str = ""
    time_zone: str | None = None
