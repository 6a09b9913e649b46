"""Links in mails: wished for here, and given their secret when the mail is written.

The change `link_requested` (its subject is the link) is what a capability with a way to send mail reacts to: it calls
`issue_link` in the transaction that hands the mail over, so that a secret exists in that one mail and nowhere else.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from estafette.accounts.credentials import digest, new_link_secret
from estafette.accounts.models.links import IssuedLink, Purpose
from estafette.accounts.store import links as store
from estafette.base.changes import advance
from estafette.base.database import Database, Transaction
from estafette.base.ids import new_id

LASTS: Final[dict[Purpose, timedelta]] = {
    "password_reset": timedelta(hours=1),
    "email_confirmation": timedelta(days=7),
    "email_changed": timedelta(days=7),
    "email_change": timedelta(days=1),
    "email_change_stop": timedelta(days=7),
    "email_change_undo": timedelta(days=7),
}


async def request_link(transaction: Transaction, person_id: UUID, purpose: Purpose, email: str) -> None:
    """Has a mail with a link written to an address."""
    link_id, now = new_id(), transaction.clock.now()
    await store.insert(transaction, link_id, person_id, purpose, email, now, now + LASTS[purpose])
    await advance(transaction, person_id, "link_requested", link_id)


async def issue_link(transaction: Transaction, link_id: UUID) -> IssuedLink | None:
    """The link for the mail that is being written; None when it has ended meanwhile or the person is disabled."""
    secret = new_link_secret()
    return await store.issue(transaction, link_id, secret, digest(secret), transaction.clock.now())


async def forget_ended_links(database: Database) -> None:
    """Removes what is left of links whose time is over."""
    await store.delete_ended(database, database.clock.now())
