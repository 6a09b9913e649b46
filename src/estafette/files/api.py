"""Files over HTTP: raw bytes in, bytes or a part of them out."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, cast
from uuid import UUID

from litestar import Request, Response, get, head, post
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.params import FromPath, FromQuery, HeaderParameter, QueryParameter, SkipValidation
from litestar.response import Stream

from estafette.base.database import Database
from estafette.base.errors import Malformed, NotFound, TooLarge
from estafette.files import actions
from estafette.files.actions.fetching import MayFetch
from estafette.files.images import THUMBNAIL_TYPE
from estafette.files.models import File, Stored
from estafette.files.rules import MAX_BYTES, names, paths, ranges
from estafette.files.rules.kinds import SAFE_IMAGES
from estafette.files.storage import Storage

# Never run what people uploaded: no sniffing, no scripts, no frames, and only decoded images are shown.
_HARMLESS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=31536000, immutable",
}


@post(
    "/files",
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
    database: NamedDependency[SkipValidation[Database]],
    storage: NamedDependency[SkipValidation[Storage]],
    person_id: NamedDependency[UUID],
    name: Annotated[str, QueryParameter(name="name", description="What the file is called.")] = "",
    key: Annotated[str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200)] = None,
) -> File:
    """Takes a file in."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MAX_BYTES:
        raise TooLarge(max=MAX_BYTES)
    return await actions.upload(database, storage, person_id, name, _body(request), key)


@get("/files/{file_id:uuid}", tags=["Files"], summary="Fetch a file")
async def fetch(
    request: Request[Any, Any, Any],
    database: NamedDependency[SkipValidation[Database]],
    storage: NamedDependency[SkipValidation[Storage]],
    may_fetch: NamedDependency[SkipValidation[MayFetch]],
    maybe_person_id: NamedDependency[UUID | None],
    file_id: FromPath[UUID],
    download: Annotated[bool, QueryParameter(description="Offer to save it, even when it could be shown.")] = False,
) -> Response[Any]:
    """Hands out a file or one range of it."""
    stored = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    headers = _headers(stored, download=download)
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return _empty(304, headers)
    size = stored.file.size
    try:
        part = ranges.asked(_range(request, headers["ETag"]), size)
    except ranges.Unsatisfiable:
        return _empty(416, headers | {"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return _Bytes(
        await storage.read(paths.content(file_id), start, end),
        status_code=206 if part is not None else 200,
        headers=headers | {"Content-Length": str(end - start)},
        media_type=stored.file.media_type,
    )


@head("/files/{file_id:uuid}", tags=["Files"], summary="Ask for the headers of a file")
async def look_at(
    database: NamedDependency[SkipValidation[Database]],
    may_fetch: NamedDependency[SkipValidation[MayFetch]],
    maybe_person_id: NamedDependency[UUID | None],
    file_id: FromPath[UUID],
    download: FromQuery[bool] = False,
) -> Response[None]:
    """What fetching would answer, without the bytes."""
    stored = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    headers = _headers(stored, download=download) | {"Content-Length": str(stored.file.size)}
    return cast("Response[None]", _empty(200, headers, stored.file.media_type))


@get(
    "/files/{file_id:uuid}/thumbnail",
    tags=["Files"],
    summary="Fetch the small copy of an image",
    media_type=THUMBNAIL_TYPE,
)
async def thumbnail(
    request: Request[Any, Any, Any],
    database: NamedDependency[SkipValidation[Database]],
    storage: NamedDependency[SkipValidation[Storage]],
    may_fetch: NamedDependency[SkipValidation[MayFetch]],
    maybe_person_id: NamedDependency[UUID | None],
    file_id: FromPath[UUID],
) -> Response[Any]:
    """Hands out a WebP of at most 640 pixels a side, without the metadata of the original."""
    stored = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    if not stored.file.has_thumbnail:
        raise NotFound
    headers = _HARMLESS | {"ETag": f'"{stored.sha256.hex()}-thumbnail"', "Content-Disposition": "inline"}
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return _empty(304, headers)
    content = await storage.small(paths.thumbnail(file_id))
    return Response(content, headers=headers, media_type=THUMBNAIL_TYPE)


HANDLERS: Final = [upload, fetch, look_at, thumbnail]


class _Bytes(Stream):
    """A stream whose own media type counts; Litestar prefers the one of the route."""

    def to_asgi_response(self, *parts: Any, media_type: Any = None, **more: Any) -> Any:
        return super().to_asgi_response(*parts, media_type=self.media_type or media_type, **more)


async def _body(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except InternalServerException as error:  # Litestar's word for a sender who went away.
        raise Malformed from error


def _headers(stored: Stored, *, download: bool) -> dict[str, str]:
    shown = stored.file.media_type in SAFE_IMAGES and not download
    return _HARMLESS | {
        "ETag": f'"{stored.sha256.hex()}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": names.disposition(stored.file.name, inline=shown),
    }


def _range(request: Request[Any, Any, Any], tag: str) -> str | None:
    """The Range header, unless If-Range says that the asker holds another version."""
    if request.headers.get("if-range", tag) != tag:
        return None
    return request.headers.get("range")


def _empty(status: int, headers: dict[str, str], media_type: str = "application/octet-stream") -> Response[bytes]:
    return Response(b"", status_code=status, headers=headers, media_type=media_type)
