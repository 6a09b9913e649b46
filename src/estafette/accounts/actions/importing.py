"""Importing people from a table: looked at first, then all of it or nothing.

It is one transaction of few statements, some thousand rows in each. The organisation's stream, which everybody's
changes take their number from, is locked last and for one statement.
"""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from estafette.accounts.actions.announcing import announce_profiles
from estafette.accounts.actions.invitations import CarriesMail, invite_all
from estafette.accounts.actions.inviting_employees import within_limits
from estafette.accounts.actions.keeping import refresh_entries
from estafette.accounts.actions.planning_imports import Step, plan
from estafette.accounts.models.imports import ImportFile, ImportReport
from estafette.accounts.models.invitations import InvitedAddress
from estafette.accounts.models.people import ContactProfile, SignedIn
from estafette.accounts.models.rows import PersonRow
from estafette.accounts.rules.directory import phone_words
from estafette.accounts.rules.imports import read_import
from estafette.accounts.rules.people import email_key
from estafette.accounts.rules.permissions import require_administrator
from estafette.accounts.rules.words import folded
from estafette.accounts.store import employee_profiles, imports, role_grants
from estafette.accounts.texts import DEFAULT_PROFILE
from estafette.base.database import Database, Transaction
from estafette.base.errors import invalid
from estafette.base.ids import new_id

SHOWN: Final = 200
_AT_ONCE: Final = 2_000
_PLACE: Final = frozenset(("title", "department", "manager", "phone"))
Item = TypeVar("Item")
# Thousands of phone numbers take a second; what others ask must not wait for it.
_thread: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")


async def preview_import(
    database: Database, who: SignedIn, content: bytes, carries_mail: CarriesMail, *, invite: bool
) -> ImportReport:
    """What an import would do; raises Forbidden, and Invalid with row and column of each fault."""
    require_administrator(who)
    file = await _read(who, content)
    steps = await plan(database, who, file)
    return _report(file, steps, mails=len(_mailed(steps, invite=invite)), carries_mail=await carries_mail())


async def import_people(
    database: Database, who: SignedIn, content: bytes, carries_mail: CarriesMail, *, invite: bool
) -> ImportReport:
    """Makes employees of everybody in a file, or of nobody; raises Forbidden, and Invalid as the preview does.

    With `invite` whoever has no password is mailed an invitation; an account whose address nobody has proved always is,
    no mailbox more often than five times an hour.
    """
    require_administrator(who)
    file = await _read(who, content)
    async with database.transaction() as transaction:
        # In the one order in which they are locked everywhere.
        await role_grants.lock_administrators(transaction)
        await imports.lock(transaction, [each.email_key for each in file.people])
        await employee_profiles.lock_managers(transaction)
        steps = await plan(transaction, who, file)
        await _store(transaction, who, steps)
        mailed = await _within_limits(transaction, _mailed(steps, invite=invite))
        await invite_all(transaction, None, mailed, "employee", who.person_id, field="file")
        # Last, since it locks what everybody's changes wait for.
        touched = [each.new.id for each in steps if each.what in ("new", "changed")]
        await refresh_entries(transaction, *touched)
    return _report(file, steps, mails=len(mailed), carries_mail=await carries_mail())


async def _within_limits(transaction: Transaction, steps: Sequence[Step]) -> list[InvitedAddress]:
    keys = {email_key(each.new.email): each.new for each in steps}
    allowed = await within_limits(transaction, list(keys))
    return [InvitedAddress(email=new.email, name=new.name) for key, new in keys.items() if key in allowed]


async def _read(who: SignedIn, content: bytes) -> ImportFile:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, read_import, content, who.language, who.time_zone)


async def _store(transaction: Transaction, who: SignedIn, steps: Sequence[Step]) -> None:
    now = transaction.clock.now()
    await _add(transaction, [each for each in steps if each.what == "new"])
    employed = [each.new.id for each in steps if each.what in ("new", "changed")]
    for some in _parts(sorted(employed)):
        await role_grants.grant_to_all(transaction, some, "employee", now, who.person_id)
    others = [each for each in steps if each.what == "changed" and (set(each.columns) - _PLACE or _joins(each))]
    for some in _parts(sorted(others, key=lambda each: each.new.id)):
        await imports.change_people(
            transaction,
            [
                (each.new.id, each.new.name, folded(each.new.name), each.new.language, each.new.time_zone)
                for each in some
            ],
        )
    placed = [each for each in steps if each.what == "new" or set(each.columns) & _PLACE]
    for some in _parts(sorted(placed, key=lambda each: each.new.id)):
        await employee_profiles.keep_places(transaction, [_place(each) for each in some])
    if others:
        await announce_profiles(transaction, [each.new.id for each in others])


async def _add(transaction: Transaction, steps: Sequence[Step]) -> None:
    now = transaction.clock.now()
    for some in _parts(steps):
        people = [
            PersonRow(
                id=each.new.id,
                name=each.new.name,
                email=each.new.email,
                # Whoever adds somebody answers for the address.
                email_confirmed_at=now,
                phone=None,
                language=each.new.language,
                time_zone=each.new.time_zone,
                picture=None,
                password_hash=None,
                created_at=now,
                last_seen_at=None,
                disabled_at=None,
                roles=["employee"],
                partners=[],
            )
            for each in some
        ]
        rows = [(person, folded(person.name), each.new.email_key) for person, each in zip(people, some, strict=True)]
        if await imports.add_people(transaction, rows) < len(rows):
            raise invalid("file", "email_taken")  # somebody signed up just now
        await imports.add_contact_profiles(
            transaction,
            [
                (
                    person.id,
                    ContactProfile(
                        id=new_id(),
                        label=DEFAULT_PROFILE.say(person.language),
                        email=person.email,
                        phone=None,
                        is_default=True,
                    ),
                )
                for person in people
            ],
            now,
        )


def _joins(step: Step) -> bool:
    return step.old is not None and not step.old.is_employee


def _place(step: Step) -> employee_profiles.Place:
    new = step.new
    words = " ".join(phone_words(new.phone))
    return (
        new.id,
        new.title,
        folded(new.title),
        new.department,
        folded(new.department),
        new.manager_id,
        new.phone,
        words,
    )


def _mailed(steps: Sequence[Step], *, invite: bool) -> list[Step]:
    return [each for each in steps if each.what == "invited" or (invite and not each.new.has_password)]


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


def _report(file: ImportFile, steps: Sequence[Step], *, mails: int, carries_mail: bool) -> ImportReport:
    counts = {what: sum(each.what == what for each in steps) for what in ("new", "changed", "unchanged", "invited")}
    return ImportReport(
        **counts,
        mails=mails,
        items=[each.shown for each in steps if each.what != "unchanged"][:SHOWN],
        columns=file.columns,
        ignored=file.ignored,
        encoding=file.encoding,
        separator=file.separator,
        carries_mail=carries_mail,
    )
