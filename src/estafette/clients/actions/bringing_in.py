"""A file is uploaded and imported in one step: its heads say what stands in its columns."""

from collections.abc import AsyncIterator
from typing import Final

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.base.quotas import Quotas
from estafette.clients.actions.previewing import start
from estafette.clients.actions.uploading import upload_file
from estafette.clients.models.imports import ClientImport, ImportPlan, MatchBy
from estafette.files import Storage

_KEYS: Final[tuple[MatchBy, ...]] = ("external_id", "email", "phone")


async def import_file(
    database: Database,
    storage: Storage,
    quotas: Quotas,
    who: SignedIn,
    file_name: str,
    pieces: AsyncIterator[bytes],
    match_by: MatchBy | None,
) -> ClientImport:
    """Uploads a file and lets a worker import it; whoever is known already is changed.

    Without `match_by` they are known by the first of external id, e-mail address and phone that there is a column of.
    Raises as `upload_file` and `start`.
    """
    uploaded = await upload_file(database, storage, quotas, who, file_name, pieces)
    known: list[MatchBy] = [each for each in _KEYS if each in uploaded.guesses]
    if match_by is None and not known:
        raise invalid("file", "match_column_missing")
    plan = ImportPlan(
        columns=uploaded.guesses,
        match_by=match_by or known[0],
        when_known="update",
        consent_source=uploaded.file_name or "file",
        language=who.language,
        time_zone=who.time_zone,
    )
    return await start(database, who, uploaded.id, plan)
