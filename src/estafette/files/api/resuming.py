"""Uploads that can be resumed, over HTTP: tus 1.0 (https://tus.io/protocols/resumable-upload)."""

import binascii
from base64 import b64decode
from email.utils import format_datetime
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta

from estafette.base.errors import Malformed
from estafette.files.actions import Checksum, ChecksumWrong, Uploader
from estafette.files.api.receiving import body_of
from estafette.files.models import File, Upload
from estafette.http import (
    CallerId,
    Endpoint,
    Header,
    Key,
    Outcome,
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
_OTHER_VERSION: Final = {412: Outcome("The header Tus-Resumable names another version than 1.0.0.")}

Bytes = Annotated[int, Meta(ge=0, le=2**60)]
Resumes = Annotated[str, Header("Tus-Resumable", "1.0.0")]


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
        "tus 1.0 with creation, expiration, termination and checksum. Location names the upload, which takes bytes by "
        "PATCH, tells by HEAD how far it is, and becomes a file by PUT …/file once all bytes are there. It expires 24 "
        "hours after the last of them; a person has at most 20 under way."
    ),
    status=201,
    outcomes=_OTHER_VERSION,
)
async def begin(
    request: Request,
    uploader: Uploader,
    caller: CallerId,
    length: Annotated[Bytes, Header("Upload-Length", "Bytes in all.")],
    metadata: Annotated[str, Header("Upload-Metadata", "filename, then its name in Base64.")] = "",
    resumes: Resumes = "",
    key: Key = None,
) -> Response:
    """Begins an upload of a known length."""
    if resumes != VERSION:
        return _other_version()
    upload = await uploader.resumable.begin(caller, _filename(metadata), length, key)
    return Response(b"", 201, _headers(upload) | {"Location": f"{request.url.path.rstrip('/')}/{upload.id}"})


@head(PATH + "/{upload_id}", tags=["Files"], summary="Ask how far an upload is")
async def look(uploader: Uploader, caller: CallerId, upload_id: UUID, resumes: Resumes = "") -> Response:
    """Tells the offset; needs no version, so that a person can ask, too."""
    return Response(b"", 200, _headers(await uploader.resumable.look(caller, upload_id)))


@patch(
    PATH + "/{upload_id}",
    own_idempotency=True,
    tags=["Files"],
    summary="Send more of an upload",
    description=(
        "The body, of the type application/offset+octet-stream, continues at Upload-Offset. What is safe stays, also "
        "when the connection breaks; with Upload-Checksum all of the body is kept or nothing."
    ),
    status=204,
    outcomes=_OTHER_VERSION
    | {
        415: Outcome("The body is of another type than application/offset+octet-stream."),
        460: Outcome("The body does not match its checksum; nothing of it was kept."),
    },
)
async def send(
    request: Request,
    uploader: Uploader,
    caller: CallerId,
    upload_id: UUID,
    offset: Annotated[Bytes, Header("Upload-Offset", "How many bytes there are already.")],
    checksum: Annotated[str, Header("Upload-Checksum", "An algorithm, then the digest in Base64.")] = "",
    resumes: Resumes = "",
) -> Response:
    """Adds what comes to the upload."""
    if resumes != VERSION:
        return _other_version()
    if request.headers.get("content-type", "").partition(";")[0].strip() != OFFSETS:
        return Response(b"", 415, _SPEAKS)
    try:
        upload = await uploader.resumable.receive(caller, upload_id, offset, body_of(request), _checksum(checksum))
    except ChecksumWrong:
        return Response(b"", 460, _SPEAKS)
    return Response(b"", 204, _headers(upload))


@delete(PATH + "/{upload_id}", tags=["Files"], summary="End an upload", status=204, outcomes=_OTHER_VERSION)
async def end(uploader: Uploader, caller: CallerId, upload_id: UUID, resumes: Resumes = "") -> Response:
    """Removes what has come of it."""
    if resumes != VERSION:
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


def _other_version() -> Response:
    return Response(b"", 412, _SPEAKS | {"Tus-Version": VERSION})


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
