"""Takes raw bytes in over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.openapi.spec import OpenAPIFormat, OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import HeaderParameter, QueryParameter, SkipValidation

from estafette.base.errors import Malformed, TooLarge
from estafette.files.actions import Uploader
from estafette.files.models import File
from estafette.files.rules import MAX_BYTES


@dataclass
class _RawBody(Operation):
    """Tells the documentation that the body is the file itself."""

    def __post_init__(self) -> None:
        anything = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
        self.request_body = RequestBody(content={"application/octet-stream": anything}, required=True)


@post(
    "/files",
    operation_class=_RawBody,
    opt={"own_idempotency": True},
    request_max_body_size=None,  # counted while reading, against the limit of files
    tags=["Files"],
    summary="Upload a file",
    description=(
        "The body is the file itself, at most 25 MB; what it is, is told from its content. "
        "An upload that nothing takes into use is removed after 24 hours."
    ),
)
async def upload(
    request: Request[Any, Any, Any],
    uploader: NamedDependency[SkipValidation[Uploader]],
    person_id: NamedDependency[UUID],
    name: Annotated[str, QueryParameter(name="name", description="What the file is called.")] = "",
    key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200)] = None,
) -> File:
    """Takes a file in."""
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdecimal() else MAX_BYTES
    if size > MAX_BYTES:
        raise TooLarge(max=MAX_BYTES)
    return await uploader.upload(person_id, name, _body(request), key, announced=size)


async def _body(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except InternalServerException as error:  # Litestar's word for a sender who went away.
        raise Malformed from error
