"""A client who has an account here, with the same address, confirmed."""

from uuid import UUID

from msgspec.structs import replace

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients.actions.keeping import locked, store
from estafette.clients.actions.looking import details
from estafette.clients.errors import NoConfirmedAccount
from estafette.clients.models.clients import ClientDetails
from estafette.clients.rules.permissions import require_communications
from estafette.clients.store.people import is_linked


async def link_account(database: Database, who: SignedIn, client_id: UUID) -> ClientDetails:
    """Links a client to the person who has its address and has confirmed it.

    Raises Forbidden, UnknownClient and NoConfirmedAccount.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        client = await locked(transaction, client_id)
        person = await accounts.find_by_email(transaction, client.email) if client.email else None
        if person is None or not person.email_confirmed or person.disabled_at is not None:
            raise NoConfirmedAccount
        if await is_linked(transaction, person.id, client_id):
            raise NoConfirmedAccount
        if client.person_id != person.id:
            await store(transaction, replace(client, person_id=person.id))
        return await details(transaction, client_id)


async def unlink_account(database: Database, who: SignedIn, client_id: UUID) -> ClientDetails:
    """Ends the link to an account; raises Forbidden and UnknownClient."""
    require_communications(who)
    async with database.transaction() as transaction:
        client = await locked(transaction, client_id)
        if client.person_id is not None:
            await store(transaction, replace(client, person_id=None))
        return await details(transaction, client_id)
