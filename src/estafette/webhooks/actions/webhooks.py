"""Service accounts and administrators say where they want to be called."""

from uuid import UUID

from msgspec import UNSET, structs

from estafette.accounts import SignedIn
from estafette.base.bus import event as hint
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.webhooks import store
from estafette.webhooks.actions.calling import WAITING
from estafette.webhooks.errors import UnknownWebhook
from estafette.webhooks.models import TEST, Call, NewWebhook, Webhook, WebhookChanges, WebhookShown
from estafette.webhooks.rules import inputs, signing


async def list_webhooks(database: Database, who: SignedIn) -> list[Webhook]:
    """One's own webhooks, oldest first; raises Forbidden."""
    inputs.require_program(who)
    return await store.webhooks_of(database, who.person_id)


async def add_webhook(
    database: Database, vault: Vault, who: SignedIn, given: NewWebhook, *, private_addresses: bool = False
) -> WebhookShown:
    """A new webhook with its secret; raises Forbidden and Invalid. `private_addresses`: not to the internet alone."""
    inputs.require_program(who)
    url, events = inputs.url(given.url, private_addresses=private_addresses), inputs.events(given.events)
    secret = signing.new_secret()
    webhook = Webhook(id=new_id(), url=url, events=events, enabled=True, failures=0, created_at=database.clock.now())
    async with database.transaction() as transaction:
        sealed = vault.encrypt(secret, webhook.id.bytes)
        if not await store.insert(transaction, who.person_id, webhook, sealed, inputs.WEBHOOKS):
            raise invalid("url", "too_many_webhooks", max=inputs.WEBHOOKS)
    return WebhookShown(**structs.asdict(webhook), secret=signing.shown(secret))


async def change_webhook(
    database: Database,
    who: SignedIn,
    webhook_id: UUID,
    changes: WebhookChanges,
    *,
    private_addresses: bool = False,
) -> Webhook:
    """Changes what was mentioned; switched off, nothing is called any more. Raises Forbidden, NotFound, Invalid."""
    inputs.require_program(who)
    async with database.transaction() as transaction:
        old = await store.lock(transaction, who.person_id, webhook_id)
        if old is None:
            raise UnknownWebhook
        new = structs.replace(
            old,
            url=old.url if changes.url is UNSET else inputs.url(changes.url, private_addresses=private_addresses),
            events=old.events if changes.events is UNSET else inputs.events(changes.events),
        )
        await store.update(transaction, new)
        if changes.enabled is True and not old.enabled:
            await store.enable(transaction, webhook_id)
        if changes.enabled is False and old.enabled:
            await store.disable(transaction, webhook_id, transaction.clock.now())
        found = await store.lock(transaction, who.person_id, webhook_id)
    if found is None:
        raise UnknownWebhook
    return found


async def remove_webhook(database: Database, who: SignedIn, webhook_id: UUID) -> None:
    """Removes a webhook with its calls; raises Forbidden and NotFound."""
    inputs.require_program(who)
    async with database.transaction() as transaction:
        if not await store.delete(transaction, who.person_id, webhook_id):
            raise UnknownWebhook


async def list_calls(
    database: Database, who: SignedIn, webhook_id: UUID, cursor: str | None, limit: int
) -> tuple[list[Call], str | None]:
    """What a webhook was called with and how it answered, newest first; raises Forbidden, NotFound and Invalid."""
    inputs.require_program(who)
    before = read_cursor(cursor)
    if not await store.exists(database, who.person_id, webhook_id):
        raise UnknownWebhook
    calls = await store.calls(database, webhook_id, before, limit + 1)
    following = (calls[limit - 1].created_at, calls[limit - 1].id) if len(calls) > limit else None
    return calls[:limit], write_cursor(following)


async def try_webhook(database: Database, who: SignedIn, webhook_id: UUID) -> Call:
    """Calls a webhook, even one that is switched off, with an event that means nothing; raises Forbidden, NotFound."""
    inputs.require_program(who)
    async with database.transaction() as transaction:
        if not await store.exists(transaction, who.person_id, webhook_id):
            raise UnknownWebhook
        found = await store.add_call(transaction, webhook_id, TEST, {"webhook": webhook_id}, transaction.clock.now())
        transaction.announce(hint(WAITING, None))
    return found
