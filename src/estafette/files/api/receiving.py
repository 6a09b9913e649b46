"""Takes raw bytes in over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated

from estafette.base.errors import Malformed, TooLarge
from estafette.files.actions import Uploader
from estafette.files.models import File
from estafette.http import CallerId, ClientDisconnect, Key, Query, Request, post


@post(
    "/files",
    own_idempotency=True,
    tags=["Files"],
    summary="Upload a file",
    description=(
        "The body is the file itself, at most `max_file_bytes` of GET /instance; what it is, is told from its content. "
        "An upload that nothing takes into use is removed after 24 hours."
    ),
)
async def upload(
    request: Request,
    uploader: Uploader,
    caller: CallerId,
    name: Annotated[str, Query("What the file is called.")] = "",
    key: Key = None,
) -> File:
    """Takes a file in; its bytes are counted while they are read, against the limit of files."""
    announced = request.headers.get("content-length", "")
    most = uploader.max_bytes
    size = int(announced) if announced.isdecimal() else most
    if size > most:
        raise TooLarge(max=most)
    return await uploader.upload(caller, name, body_of(request), key, announced=size)


async def body_of(request: Request) -> AsyncIterator[bytes]:
    """The body of a request as it comes; raises Malformed when its sender goes away."""
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except ClientDisconnect as error:
        raise Malformed from error
