"""Imports of clients over HTTP: a file, a plan for its columns, a look, and then the work of a worker."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import Annotated, Final
from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import FieldError, Malformed, TooLarge
from estafette.base.languages import Language
from estafette.base.quotas import Quotas
from estafette.base.tables.csv_lines import MARK, lines
from estafette.clients.actions import previewing, uploading
from estafette.clients.actions.uploading import MAX_BYTES
from estafette.clients.api.exports import CSV, download
from estafette.clients.models.imports import (
    ClientImport,
    ClientImports,
    FaultWords,
    ImportPlan,
    ImportPreview,
    Reject,
    RejectedLine,
)
from estafette.clients.texts import LINE, REASON, target_name
from estafette.files import Storage
from estafette.http import ClientDisconnect, Query, Request, StreamingResponse, delete, get, post, put

TAGS: Final = ["Clients"]

FileName = Annotated[str, Query("What the file is called")]


@post(
    "/client-imports",
    own_idempotency=True,
    tags=TAGS,
    summary="Upload a file of clients",
    description=(
        "The body is the file itself: CSV, a workbook (XLSX) or JSON Lines, at most 256 MB and 1,000,000 lines. "
        "Encoding and separator are found; nothing is imported yet. A file that is not used is removed after a day."
    ),
    operation_id="uploadClients",
)
async def upload_file(
    request: Request,
    database: Database,
    storage: Storage,
    quotas: Quotas,
    signed_in: SignedIn,
    name: FileName = "",
) -> ClientImport:
    """Tells what the file is, its columns, and what probably stands in each."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MAX_BYTES:
        raise TooLarge(max=MAX_BYTES)
    return await uploading.upload_file(database, storage, quotas, signed_in, name, _body(request))


@get("/client-imports", tags=TAGS, summary="Imports of clients", operation_id="listClientImports")
async def list_imports(database: Database, signed_in: SignedIn) -> ClientImports:
    """The newest 50; they are forgotten 30 days after their end."""
    return ClientImports(items=await previewing.list_imports(database, signed_in))


@get("/client-imports/{import_id}", tags=TAGS, summary="An import of clients", operation_id="getClientImport")
async def get_import(database: Database, signed_in: SignedIn, import_id: UUID) -> ClientImport:
    """How far it is, and what became of its lines so far."""
    return await previewing.get_import(database, signed_in, import_id)


# Nothing is changed, and it tells of clients: nobody keeps it, also not for a retry.
@post(
    "/client-imports/{import_id}/previews",
    status=200,
    own_idempotency=True,
    tags=TAGS,
    summary="Look what an import would do",
    operation_id="previewClientImport",
)
async def preview_import(
    database: Database,
    storage: Storage,
    signed_in: SignedIn,
    language: Language,
    fault_words: FaultWords,
    import_id: UUID,
    data: ImportPlan,
) -> ImportPreview:
    """Told of the first 1,000 lines, with at most 100 of their faults; nothing is changed."""
    told, rejects = await previewing.preview(database, storage, signed_in, import_id, data)
    return replace(told, faults=[_told(each, fault_words, language) for each in rejects])


@put(
    "/client-imports/{import_id}/run",
    tags=TAGS,
    summary="Start an import of clients",
    operation_id="startClientImport",
)
async def start_import(database: Database, signed_in: SignedIn, import_id: UUID, data: ImportPlan) -> ClientImport:
    """In the background; who has refused a channel is not said to agree to it by a file."""
    return await previewing.start(database, signed_in, import_id, data)


@delete(
    "/client-imports/{import_id}/run",
    status=200,
    tags=TAGS,
    summary="Cancel an import of clients",
    operation_id="cancelClientImport",
)
async def cancel_import(database: Database, signed_in: SignedIn, import_id: UUID) -> ClientImport:
    """What is in the register stays there; 409 when it is over."""
    return await previewing.cancel(database, signed_in, import_id)


@get(
    "/client-imports/{import_id}/rejected-lines.csv",
    tags=TAGS,
    summary="The lines that an import has rejected",
    operation_id="exportRejectedLines",
    media_type=CSV,
)
async def rejected_lines(
    database: Database, signed_in: SignedIn, language: Language, fault_words: FaultWords, import_id: UUID
) -> StreamingResponse:
    """As they stood in the file, with their line and the reason in the last columns: mend and import them again."""
    found, batches = await previewing.rejected_lines(database, signed_in, import_id)

    async def pieces() -> AsyncGenerator[bytes, None]:
        heads = [*found.columns, LINE.say(language), REASON.say(language)]
        yield MARK + lines([heads], language)
        async for some in batches:
            yield lines([_with_reason(each, found.columns, fault_words, language) for each in some], language)

    return download(pieces(), "rejected-lines.csv", CSV)


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            if piece:
                yield piece
    except ClientDisconnect as error:
        raise Malformed from error


def _with_reason(reject: Reject, columns: Sequence[str], words: FaultWords, language: Language) -> list[str]:
    cells = reject.cells[: len(columns)]
    padding = [""] * (len(columns) - len(cells))
    return [*cells, *padding, str(reject.line), _reason(reject, words, language)]


def _told(reject: Reject, words: FaultWords, language: Language) -> RejectedLine:
    return RejectedLine(
        line=reject.line,
        field=reject.field,
        code=reject.code,
        message=_reason(reject, words, language),
        cells=reject.cells,
    )


def _reason(reject: Reject, words: FaultWords, language: Language) -> str:
    sentence = words(FieldError(reject.field, reject.code, reject.values), language)
    return f"{target_name(reject.field, language)}: {sentence}" if reject.field else sentence
