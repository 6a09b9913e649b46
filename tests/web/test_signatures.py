"""What a handler takes is told by its signature; what nobody supplies is never taken from the query by mistake."""

from typing import Annotated, Any
from uuid import UUID

import pytest
from msgspec import Meta

from estafette.http import Header, Query, get
from estafette.http.endpoints import Endpoint
from estafette.http.signature import read_signature


class Caller:
    """Supplied by the process."""


def locations(endpoint: Endpoint) -> dict[str, str]:
    return {each.name: f"{each.location} {each.wire_name}" for each in read_signature(endpoint, {Caller}).parameters}


def test_path_query_and_header_are_told_apart() -> None:
    @get("/things/{thing_id}/parts/{part}")
    async def handler(
        caller: Caller,
        part: str,
        thing_id: UUID,
        first: Annotated[str, Query("The first day", "from")],
        limit: Annotated[int, Meta(ge=1)] = 5,
        key: Annotated[str | None, Header("Idempotency-Key")] = None,
    ) -> None: ...

    assert locations(handler) == {
        "thing_id": "path thing_id",
        "part": "path part",
        "first": "query from",
        "limit": "query limit",
        "key": "header Idempotency-Key",
    }
    assert read_signature(handler, {Caller}).supplied == {"caller": Caller}


@pytest.mark.parametrize("kind", [UUID, str, Caller, Annotated[int, Meta(ge=0)]])
def test_what_nobody_supplies_is_not_left_to_whoever_asks(kind: Any) -> None:
    async def handler(person_id: Any) -> None: ...

    handler.__annotations__["person_id"] = kind
    with pytest.raises(TypeError, match="person_id"):
        read_signature(get("/things")(handler), ())


def test_a_path_names_only_what_its_handler_takes() -> None:
    async def handler() -> None: ...

    with pytest.raises(TypeError, match="thing_id"):
        read_signature(get("/things/{thing_id}")(handler), ())
