"""What people set of their presence by hand."""

from datetime import datetime
from uuid import UUID

from estafette.accounts import SignedIn, require_employee
from estafette.base.changes import advance
from estafette.base.database import Database, Transaction
from estafette.presence.actions.announcing import changed
from estafette.presence.actions.looking import own_presence
from estafette.presence.models.presences import (
    ChosenStatus,
    CustomStatus,
    CustomStatusPut,
    LastSeenPut,
    OwnPresence,
    PresenceRow,
    StatusPut,
)
from estafette.presence.rules import checking
from estafette.presence.rules.showing import chosen_at
from estafette.presence.store import presences as store


async def put_status(database: Database, who: SignedIn, given: StatusPut) -> OwnPresence:
    """Sets one's status by hand, or takes it back; raises Forbidden for who is no employee, and Invalid."""
    require_employee(who)
    checking.check_status(given, database.clock.now())
    async with database.transaction() as transaction:
        row = await store.lock(transaction, who.person_id)
        await _keep_status(transaction, row, given.status, given.until)
    return await own_presence(database, who)


async def put_custom_status(database: Database, who: SignedIn, given: CustomStatusPut) -> OwnPresence:
    """Says something of oneself; raises Forbidden for who is no employee, and Invalid."""
    require_employee(who)
    return await _keep_custom(database, who, checking.custom_status(given, database.clock.now()))


async def remove_custom_status(database: Database, who: SignedIn) -> None:
    """Says nothing of oneself any more; raises Forbidden for who is no employee."""
    require_employee(who)
    await _keep_custom(database, who, CustomStatus(emoji="", text=""))


async def put_info(database: Database, who: SignedIn, text: str) -> OwnPresence:
    """Says something of oneself in up to 500 characters and without an end; an empty text says nothing.

    Raises Forbidden for who is no employee, and Invalid on `info`.
    """
    require_employee(who)
    return await _keep_custom(database, who, CustomStatus(emoji="", text=checking.info(text)))


async def put_last_seen(database: Database, who: SignedIn, given: LastSeenPut) -> OwnPresence:
    """Lets colleagues know when one was last connected, or not; raises Forbidden for who is no employee."""
    require_employee(who)
    async with database.transaction() as transaction:
        await store.lock(transaction, who.person_id)
        await store.keep_last_seen_hidden(transaction, who.person_id, given.hidden)
        transaction.enclose(*changed([who.person_id]))
    return await own_presence(database, who)


async def put_do_not_disturb(transaction: Transaction, person_id: UUID, until: datetime | None) -> None:
    """Lets somebody, employee or not, not be disturbed until a time, or be disturbed again.

    Without a time another status that was set by hand stays.
    """
    row = await store.lock(transaction, person_id)
    if until is not None:
        await _keep_status(transaction, row, "do_not_disturb", until)
    elif row.status == "do_not_disturb":
        await _keep_status(transaction, row, None, None)


async def _keep_status(
    transaction: Transaction, row: PresenceRow, status: ChosenStatus | None, until: datetime | None
) -> None:
    if (row.status, row.status_until) == (status, until):
        return
    await store.keep_status(transaction, row.person_id, status, until)
    transaction.enclose(*changed([row.person_id]))
    if "do_not_disturb" in (status, chosen_at(row, transaction.clock.now())):
        # What waits on the ladder of notifications is looked at anew, and one's other devices show it.
        await advance(transaction, row.person_id, "do_not_disturb_changed", row.person_id)


async def _keep_custom(database: Database, who: SignedIn, custom: CustomStatus) -> OwnPresence:
    async with database.transaction() as transaction:
        await store.lock(transaction, who.person_id)
        await store.keep_custom(transaction, who.person_id, custom)
        transaction.enclose(*changed([who.person_id]))
    return await own_presence(database, who)
