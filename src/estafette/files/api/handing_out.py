"""Hands bytes out over HTTP: a whole file, a range of it, or the small copy of an image."""

from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta

from estafette.base.database import Database
from estafette.base.errors import NotFound
from estafette.base.images.widths import JPEG, WIDTHS
from estafette.files import actions
from estafette.files.actions import MayFetch
from estafette.files.models import Reach, Stored
from estafette.files.rules import JPEG_TYPE, THUMBNAIL_TYPE, names, paths, ranges
from estafette.files.rules.kinds import SAFE_IMAGES, UNKNOWN
from estafette.files.storage import Storage
from estafette.http import CallerId, Outcome, Query, Request, Response, StreamingResponse, get, head

# Never run what people uploaded: no sniffing, no scripts, no frames, and only decoded images are shown.
HARMLESS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
# What is not for everyone is asked for again each time, which is answered with 304 as long as the asker may have it:
# after signing out a browser has nothing to show. A file never changes, so what everyone may see can be kept.
KEPT: Final[dict[Reach, str]] = {"everyone": "public, max-age=31536000, immutable", "asker": "private, no-cache"}

Width = Annotated[Annotated[int, Meta(ge=1, le=WIDTHS[-1])] | None, Query("Pixels that it is shown in")]


@get(
    "/files/{file_id}",
    tags=["Files"],
    summary="Fetch a file",
    description="Answers one Range with 206, If-None-Match with 304; a safe image is shown, all else is saved.",
    media_type=UNKNOWN,
    outcomes={
        206: Outcome("The range asked for.", bytes, UNKNOWN),
        304: Outcome("What the asker holds is still true."),
        416: Outcome("None of the bytes asked for exist."),
    },
)
async def fetch(
    request: Request,
    database: Database,
    storage: Storage,
    may_fetch: MayFetch,
    caller: CallerId | None,
    file_id: UUID,
    download: Annotated[bool, Query("Offer to save it, even when it could be shown.")] = False,
) -> Response:
    """Hands out a file or one range of it."""
    stored, reach = await actions.fetch(database, caller, file_id, may_fetch)
    headers = _headers(stored, reach, download=download)
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return empty(304, headers)
    size = stored.file.size
    try:
        part = ranges.asked(_range(request, headers["ETag"]), size)
    except ranges.Unsatisfiable:
        return empty(416, headers | {"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        await storage.read(paths.content(stored.content_id), start, end),
        status_code=206 if part is not None else 200,
        headers=headers | {"Content-Length": str(end - start)},
        media_type=stored.file.media_type,
    )


@head("/files/{file_id}", tags=["Files"], summary="Ask for the headers of a file")
async def look_at(
    database: Database,
    may_fetch: MayFetch,
    caller: CallerId | None,
    file_id: UUID,
    download: bool = False,
) -> Response:
    """What fetching would answer, without the bytes."""
    stored, reach = await actions.fetch(database, caller, file_id, may_fetch)
    headers = _headers(stored, reach, download=download) | {"Content-Length": str(stored.file.size)}
    return empty(200, headers, stored.file.media_type)


@get(
    "/files/{file_id}/thumbnail",
    tags=["Files"],
    summary="Fetch the small copy of an image",
    media_type=THUMBNAIL_TYPE,
)
async def thumbnail(
    request: Request,
    database: Database,
    storage: Storage,
    may_fetch: MayFetch,
    caller: CallerId | None,
    file_id: UUID,
    width: Width = None,
    jpeg: Annotated[bool, Query("As JPEG of at most 1,200 pixels a side, for programs that know no WebP.")] = False,
) -> Response:
    """Hands out a WebP of at most 640 pixels a side, without the metadata of the original.

    With `width` it is a copy that is at least as wide, where the picture has as much. These and the JPEG are made when
    the picture comes into use as that of a person, a partner or an advert; until then, and elsewhere, the small copy is
    handed out instead.
    """
    stored, reach = await actions.fetch(database, caller, file_id, may_fetch)
    if not stored.file.has_thumbnail:
        raise NotFound
    copy = JPEG if jpeg and JPEG in stored.copy_widths else None if width is None else stored.copy_for(width)
    path, name = (
        (paths.thumbnail(stored.content_id), "thumbnail")
        if copy is None
        else (paths.copy(stored.content_id, copy), str(copy))
    )
    stands_in = copy is None and (jpeg or width is not None)
    headers = HARMLESS | {
        "Cache-Control": KEPT["asker"] if stands_in else KEPT[reach],
        "ETag": f'"{stored.sha256.hex()}-{name}"',
        "Content-Disposition": "inline",
    }
    if jpeg and reach == "everyone":
        # Made for the pages of others, which show where a link leads.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if ranges.matches(request.headers.get("if-none-match"), headers["ETag"]):
        return empty(304, headers)
    content = await storage.small(path)
    return Response(content, headers=headers, media_type=JPEG_TYPE if copy == JPEG else THUMBNAIL_TYPE)


def _headers(stored: Stored, reach: Reach, *, download: bool) -> dict[str, str]:
    shown = stored.file.media_type in SAFE_IMAGES and not download
    return HARMLESS | {
        "Cache-Control": KEPT[reach],
        "ETag": f'"{stored.sha256.hex()}"',
        "Accept-Ranges": "bytes",
        "Content-Disposition": names.disposition(stored.file.name, inline=shown),
    }


def _range(request: Request, tag: str) -> str | None:
    """The Range header, unless If-Range says that the asker holds another version."""
    if request.headers.get("if-range", tag) != tag:
        return None
    return request.headers.get("range")


def empty(status: int, headers: dict[str, str], media_type: str = UNKNOWN) -> Response:
    """An answer of headers alone."""
    return Response(b"", status_code=status, headers=headers, media_type=media_type)
