"""Importing people from a table over HTTP: the body is the file itself."""

from typing import Annotated

from estafette.accounts.actions import importing
from estafette.accounts.actions.invitations import CarriesMail
from estafette.accounts.models.imports import ImportReport
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules.tables import MAX_BYTES
from estafette.base.database import Database
from estafette.http import Query, post

TAGS = ["People"]

Invite = Annotated[bool, Query("Mail an invitation to whoever has no password")]


@post(
    "/people/imports/previews",
    status=200,
    tags=TAGS,
    summary="Look what an import would do",
    operation_id="previewImport",
    max_body=MAX_BYTES,
)
async def preview_import(
    database: Database, signed_in: SignedIn, carries_mail: CarriesMail, body: bytes, invite: Invite = False
) -> ImportReport:
    """For administrators; nothing is changed. A fault is named as `rows[12].email`, rows as spreadsheets count them."""
    return await importing.preview_import(database, signed_in, body, carries_mail, invite=invite)


@post(
    "/people/imports",
    status=200,
    tags=TAGS,
    summary="Import employees from a table",
    operation_id="importPeople",
    max_body=MAX_BYTES,
)
async def import_people(
    database: Database, signed_in: SignedIn, carries_mail: CarriesMail, body: bytes, invite: Invite = False
) -> ImportReport:
    """For administrators: the body is CSV, at most 10,000 rows and 5 MB, with headings in one of the four languages.

    Columns are name and e-mail, and if you like title, department, manager (e-mail), phone, time zone and language, in
    any order. Who is known by the address is changed, others are added; an empty cell leaves what is there. With one
    fault nothing is done.
    """
    return await importing.import_people(database, signed_in, body, carries_mail, invite=invite)
