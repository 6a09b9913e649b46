"""What follows from a contact request that was stored: its partner is notified, and it can be found."""

from collections.abc import Sequence

from estafette import notifications, search
from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.contact_requests.actions.listing import CONTACT_REQUEST
from estafette.contact_requests.store import contents
from estafette.notifications import Notice


async def notify_partner(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Notifies those of each partner who want to know of its requests; not of what was looked at already."""
    found = await contents.requested(transaction, [change.subject for change in changes])
    await notifications.notify(
        transaction,
        "contact_request",
        [
            Notice(party_id=row["partner_id"], topic_id=row["id"], at=row["at"])
            for row in found
            if row["state"] == "new"
        ],
    )


async def index(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Lets the partner find requests by who left them, what they say, and the advert."""
    found = await contents.requested(transaction, [change.subject for change in changes])
    await search.index(
        transaction,
        [
            search.Document(
                id=row["id"],
                kind=CONTACT_REQUEST,
                container_id=row["partner_id"],
                audience=[row["partner_id"]],
                version=1,
                text="\n".join(
                    (row["name"], row["email"], row["phone"], row["title"], row["reference"], row["message"])
                ),
                at=row["at"],
            )
            for row in found
        ],
    )
