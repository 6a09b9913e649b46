"""Parameters that many endpoints take."""

from typing import Annotated

from msgspec import Meta

from estafette.http.signature import Header, Query

Limit = Annotated[int, Meta(ge=1, le=100), Query("How many at most")]
Cursor = Annotated[str | None, Query("`next` of the page before")]
Number = Annotated[int, Meta(ge=0, le=2**53)]
"""A number that JSON carries exactly."""
Key = Annotated[
    Annotated[str, Meta(min_length=1, max_length=200)] | None, Header("Idempotency-Key", "Makes a retry safe")
]
