"""Imports: a file of clients, what stands in its columns, and what became of its lines."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from msgspec import Struct

from estafette.base.errors import FieldError
from estafette.base.languages import Language
from estafette.base.tables.formats import Format
from estafette.clients.models.clients import Channel, Client, ClientFields

ImportState = Literal["uploaded", "queued", "running", "done", "cancelled", "failed"]
MatchBy = Literal["external_id", "email", "phone"]
WhenKnown = Literal["skip", "update", "error"]
FaultWords = Callable[[FieldError, Language], str]
"""Says what is wrong with a field, in words of whichever capability knows them."""
Target = str
"""What stands in a column: one of TARGETS, or `attribute:` and a key."""

TARGETS: Final[tuple[Target, ...]] = (
    "external_id",
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "whatsapp",
    "language",
    "time_zone",
    "consent_email",
    "consent_sms",
    "consent_whatsapp",
)
ATTRIBUTE: Final = "attribute:"


class ImportPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How lines become clients: `columns` has for each column what stands in it, null for nothing of interest.

    By `match_by` those are found that are known already. `consented` are channels that all in the file agreed to, and
    `consent_source` is where they did. Numbers and days are understood as written in a language and time zone.
    """

    columns: list[Target | None]
    match_by: MatchBy
    when_known: WhenKnown = "skip"
    consented: list[Channel] = []
    consent_source: str = ""
    language: Language = "en"
    time_zone: str = "UTC"


class ImportRow(Struct, frozen=True, kw_only=True):
    """An import as it is stored."""

    id: UUID
    file_name: str
    size: int
    format: Format
    encoding: str
    separator: str
    lines: int
    columns: list[str]
    state: ImportState
    plan: ImportPlan | None = None
    failure: str | None = None
    position: int = 0
    created: int = 0
    changed: int = 0
    skipped: int = 0
    rejected: int = 0
    created_at: datetime
    created_by: UUID
    started_at: datetime | None = None
    ended_at: datetime | None = None


class ClientImport(ImportRow, frozen=True, kw_only=True):
    """An import as it is shown: about how many `lines` the file has (0: unknown), at which `position` it stands."""

    created_by_name: str = ""
    guesses: list[Target | None] = []


class ClientImports(Struct, frozen=True, kw_only=True):
    """Imports, newest first, at most 50."""

    items: list[ClientImport]
    next: str | None = None


class Reject(Struct, frozen=True, kw_only=True):
    """A line that cannot come in: its place as spreadsheets count, its cells, and what is wrong with which field."""

    line: int
    field: str
    code: str
    values: dict[str, Any] = {}
    cells: list[str]


class ReadLine(Struct, frozen=True, kw_only=True):
    """A line that can: what it tells of a client, and to which channels the client agreed or not."""

    line: int
    cells: list[str]
    fields: ClientFields
    consents: dict[Channel, bool] = {}


class RejectedLine(Struct, frozen=True, kw_only=True):
    """A line with its fault in the words of who asks."""

    line: int
    field: str
    code: str
    message: str
    cells: list[str]


class ImportPreview(Struct, frozen=True, kw_only=True):
    """What would become of the first lines: how many were looked at, and how many of them are new, known or faulty."""

    looked_at: int
    created: int
    changed: int
    skipped: int
    rejected: int
    clients: list[Client]
    faults: list[RejectedLine]


class BatchCounts(Struct, frozen=True, kw_only=True):
    """What became of the lines of a batch."""

    created: int = 0
    changed: int = 0
    skipped: int = 0
    rejected: int = 0
