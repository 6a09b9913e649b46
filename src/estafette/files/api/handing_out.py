"""Hands bytes out over HTTP: a whole file, a range of it, or the small copy of an image."""

from typing import Annotated, Any, Final, cast
from uuid import UUID

from litestar import Request, Response, get, head
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, QueryParameter, SkipValidation
from litestar.response import Stream

from estafette.base.database import Database
from estafette.base.errors import NotFound
from estafette.files import actions
from estafette.files.actions import MayFetch
from estafette.files.models import Reach, Stored
from estafette.files.rules import THUMBNAIL_TYPE, names, paths, ranges
from estafette.files.rules.kinds import SAFE_IMAGES, UNKNOWN
from estafette.files.storage import Storage

# Never run what people uploaded: no sniffing, no scripts, no frames, and only decoded images are shown.
_HARMLESS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
# What is not for everyone is asked for again each time, which is answered with 304 as long as the asker may have it:
# after signing out a browser has nothing to show. A file never changes, so what everyone may see can be kept.
_KEPT: Final[dict[Reach, str]] = {"everyone": "public, max-age=31536000, immutable", "asker": "private, no-cache"}


@get(
    "/files/{file_id:uuid}",
    tags=["Files"],
    summary="Fetch a file",
    description="Answers one Range with 206, If-None-Match with 304; a safe image is shown, all else is saved.",
    media_type=UNKNOWN,
    responses={
        206: ResponseSpec(bytes, generate_examples=False, description="The range asked for.", media_type=UNKNOWN),
        304: ResponseSpec(None, generate_examples=False, description="What the asker holds is still true."),
        416: ResponseSpec(None, generate_examples=False, description="None of the bytes asked for exist."),
    },
)
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
    stored, reach = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    headers = _headers(stored, reach, download=download)
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
    stored, reach = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    headers = _headers(stored, reach, download=download) | {"Content-Length": str(stored.file.size)}
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
    stored, reach = await actions.fetch(database, maybe_person_id, file_id, may_fetch)
    if not stored.file.has_thumbnail:
        raise NotFound
    headers = _HARMLESS | {
        "Cache-Control": _KEPT[reach],
        "ETag": f'"{stored.sha256.hex()}-thumbnail"',
        "Content-Disposition": "inline",
    }
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return _empty(304, headers)
    content = await storage.small(paths.thumbnail(file_id))
    return Response(content, headers=headers, media_type=THUMBNAIL_TYPE)


class _Bytes(Stream):
    """A stream whose own media type counts; Litestar prefers the one of the route."""

    def to_asgi_response(self, *parts: Any, media_type: Any = None, **more: Any) -> Any:
        return super().to_asgi_response(*parts, media_type=self.media_type or media_type, **more)


def _headers(stored: Stored, reach: Reach, *, download: bool) -> dict[str, str]:
    shown = stored.file.media_type in SAFE_IMAGES and not download
    return _HARMLESS | {
        "Cache-Control": _KEPT[reach],
        "ETag": f'"{stored.sha256.hex()}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": names.disposition(stored.file.name, inline=shown),
    }


def _range(request: Request[Any, Any, Any], tag: str) -> str | None:
    """The Range header, unless If-Range says that the asker holds another version."""
    if request.headers.get("if-range", tag) != tag:
        return None
    return request.headers.get("range")


def _empty(status: int, headers: dict[str, str], media_type: str = UNKNOWN) -> Response[bytes]:
    return Response(b"", status_code=status, headers=headers, media_type=media_type)
