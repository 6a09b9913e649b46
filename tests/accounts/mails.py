"""What is mailed because somebody wished for a link: as a capability does that can send mail."""

from collections.abc import Sequence
from uuid import UUID

from estafette import accounts
from estafette.accounts import IssuedInvitation, IssuedLink
from estafette.base.changes import Change
from estafette.base.database import Database, Transaction
from estafette.worker import react_to_all


async def mailed(database: Database) -> list[IssuedLink]:
    """Writes all mails that are due, oldest wish first."""
    written: list[IssuedLink] = []

    async def write(transaction: Transaction, changes: Sequence[Change]) -> None:
        issued = [await accounts.issue_link(transaction, change.subject) for change in changes]
        written.extend(each for each in issued if each is not None)

    await react_to_all(database, {"link_requested": (write,)})
    return written


async def invited(database: Database) -> list[IssuedInvitation]:
    """Writes all mails of invitations that are due."""
    written: list[IssuedInvitation] = []

    async def write(transaction: Transaction, changes: Sequence[Change]) -> None:
        issued = [await accounts.issue_invitation(transaction, change.subject) for change in changes]
        written.extend(each for each in issued if each is not None)

    await react_to_all(database, {"invitation_requested": (write,)})
    return written


async def last_secret(database: Database) -> str:
    """What the link in the newest of the mails that are due ends with."""
    return [each.secret for each in await mailed(database) if each.secret is not None][-1]


async def told(database: Database, person_id: UUID, kind: str) -> int:
    """How often a person's stream says something."""
    return await database.fetchval("SELECT count(*) FROM changes WHERE stream_id = $1 AND kind = $2", person_id, kind)
