"""Uploads that can be resumed, over HTTP: tus 1.0 (https://tus.io/protocols/resumable-upload)."""

import binascii
from base64 import b64decode
from email.utils import format_datetime
from typing import Final
from uuid import UUID

from estafette.base.errors import Malformed, invalid
from estafette.files.actions import Checksum, ChecksumWrong, Uploader
from estafette.files.api.receiving import body_of
from estafette.files.models import File, Upload
from estafette.http import (
    CallerId,
    Endpoint,
    Key,
    Request,
    Response,
    delete,
    head,
    options,
    patch,
    post,
    put,
)

PATH: Final = "/uploads"
VERSION: Final = "1.0.0"
OFFSETS: Final = "application/offset+octet-stream"
_ALGORITHMS: Final = ("sha256", "sha1", "md5")
_SPEAKS: Final = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}

MOST_DIGITS: Final = 18


@options(PATH, open=True, tags=["Files"], summary="Ask what of tus is spoken here")
async def ask(uploader: Uploader) -> Response:
    """Tells version, extensions, algorithms and the largest size."""
    told = {
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,termination,checksum",
        "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
        "Tus-Max-Size": str(uploader.max_bytes),
    }
    return Response(b"", 204, _SPEAKS | told)


@post(
    PATH,
    own_idempotency=True,
    tags=["Files"],
    summary="Begin an upload that can be resumed",
    description=(
        "tus 1.0 with creation, expiration, termination and checksum. Upload-Length says how many bytes there are in "
        "all, Upload-Metadata may give the `filename`. Location names the upload, which takes bytes by "
        "PATCH, tells by HEAD how far it is, and becomes a file by PUT …/file once all bytes are there. It expires 24 "
        "hours after the last of them; a person has at most 20 under way. As the protocol has it, another version than "
        "1.0.0 in Tus-Resumable is answered with 412 and no body."
    ),
    status=201,
)
async def begin(
    request: Request,
    uploader: Uploader,
    caller: CallerId,
    key: Key = None,
) -> Response:
    """Begins an upload of a known length."""
    if _speaks_otherwise(request):
        return _other_version()
    name = _filename(request.headers.get("upload-metadata", ""))
    upload = await uploader.resumable.begin(caller, name, _number(request, "Upload-Length"), key)
    return Response(b"", 201, _headers(upload) | {"Location": f"{request.url.path.rstrip('/')}/{upload.id}"})


@head(PATH + "/{upload_id}", tags=["Files"], summary="Ask how far an upload is")
async def look(uploader: Uploader, caller: CallerId, upload_id: UUID) -> Response:
    """Tells the offset and the length."""
    return Response(b"", 200, _headers(await uploader.resumable.look(caller, upload_id)))


@patch(
    PATH + "/{upload_id}",
    own_idempotency=True,
    tags=["Files"],
    summary="Send more of an upload",
    description=(
        "The body, of the type application/offset+octet-stream, continues at Upload-Offset. What is safe stays, also "
        "when the connection breaks. With Upload-Checksum all of the body is kept, or nothing: then the answer is 460 "
        "and no body, as the protocol has it."
    ),
    status=204,
)
async def send(request: Request, uploader: Uploader, caller: CallerId, upload_id: UUID) -> Response:
    """Adds what comes to the upload."""
    if _speaks_otherwise(request):
        return _other_version()
    await uploader.resumable.look(caller, upload_id)
    if request.headers.get("content-type", "").partition(";")[0].strip() != OFFSETS:
        raise Malformed
    offset, checksum = _number(request, "Upload-Offset"), _checksum(request.headers.get("upload-checksum", ""))
    try:
        upload = await uploader.resumable.receive(caller, upload_id, offset, body_of(request), checksum)
    except ChecksumWrong:
        return Response(b"", 460, _SPEAKS)
    return Response(b"", 204, _headers(upload))


@delete(PATH + "/{upload_id}", own_idempotency=True, tags=["Files"], summary="End an upload", status=204)
async def end(request: Request, uploader: Uploader, caller: CallerId, upload_id: UUID) -> Response:
    """Removes what has come of it."""
    if _speaks_otherwise(request):
        return _other_version()
    await uploader.resumable.end(caller, upload_id)
    return Response(b"", 204, _SPEAKS)


@put(
    PATH + "/{upload_id}/file",
    own_idempotency=True,
    tags=["Files"],
    summary="Make a file of an upload",
    description="Once all bytes are there. Asked again it answers the same file.",
)
async def finish(uploader: Uploader, caller: CallerId, upload_id: UUID) -> File:
    """The file, which from here on is like any other that was uploaded."""
    return await uploader.resumable.finish(caller, upload_id)


ENDPOINTS: Final[list[Endpoint]] = [ask, begin, look, send, end, finish]


def _headers(upload: Upload) -> dict[str, str]:
    return _SPEAKS | {
        "Upload-Offset": str(upload.received),
        "Upload-Length": str(upload.size),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
    }


def _speaks_otherwise(request: Request) -> bool:
    """Whether another version is asked for; who names none is taken for one who speaks ours."""
    return request.headers.get("tus-resumable", VERSION) != VERSION


def _other_version() -> Response:
    return Response(b"", 412, _SPEAKS | {"Tus-Version": VERSION})


def _number(request: Request, header: str) -> int:
    """A number of bytes in a header; raises Invalid, which names it."""
    given = request.headers.get(header, "")
    if not given:
        raise invalid(header, "required")
    if not given.isascii() or not given.isdecimal() or len(given) > MOST_DIGITS:
        raise invalid(header, "out_of_range", min=0, max=10**MOST_DIGITS - 1)
    return int(given)


def _filename(metadata: str) -> str:
    """The name in the metadata; nothing where none is given. Raises Malformed."""
    for pair in metadata.split(","):
        name, _, value = pair.strip().partition(" ")
        if name == "filename":
            return _base64(value).decode(errors="replace")
    return ""


def _checksum(header: str) -> Checksum | None:
    if not header:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in _ALGORITHMS:
        raise Malformed
    return Checksum(algorithm, _base64(digest))


def _base64(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed from error
