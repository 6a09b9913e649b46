"""Webhooks over HTTP: each handler decodes, calls one verb, encodes."""

from typing import Any, Final
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.http import Cursor, Limit, delete, get, patch, post
from estafette.webhooks.actions import webhooks
from estafette.webhooks.models import Call, NewWebhook, Webhook, WebhookChanges, WebhookShown

TAGS = ["Webhooks"]


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """The webhooks of an account."""

    items: list[Webhook]
    next: str | None = None


class Calls(msgspec.Struct, frozen=True, kw_only=True):
    """A page of calls; `next` is the cursor of the page after it."""

    items: list[Call]
    next: str | None = None


@get("/webhooks", tags=TAGS, summary="Your webhooks", operation_id="listWebhooks")
async def list_webhooks(database: Database, signed_in: SignedIn) -> Webhooks:
    """For service accounts and administrators: where they are called when something happened."""
    return Webhooks(items=await webhooks.list_webhooks(database, signed_in))


@post("/webhooks", tags=TAGS, summary="Add a webhook", operation_id="addWebhook", credentials=True)
async def add_webhook(
    database: Database, vault: Vault, settings: Settings, signed_in: SignedIn, data: NewWebhook
) -> WebhookShown:
    """The answer is the only one that shows the secret, which signs each call as Standard Webhooks does."""
    return await webhooks.add_webhook(database, vault, signed_in, data, private_addresses=settings.private_addresses)


@patch("/webhooks/{webhook_id}", tags=TAGS, summary="Change a webhook", operation_id="changeWebhook")
async def change_webhook(
    database: Database, settings: Settings, signed_in: SignedIn, webhook_id: UUID, data: WebhookChanges
) -> Webhook:
    """What is not mentioned stays. Switching it off gives up the calls that wait; failures are counted anew after."""
    return await webhooks.change_webhook(
        database, signed_in, webhook_id, data, private_addresses=settings.private_addresses
    )


@delete("/webhooks/{webhook_id}", tags=TAGS, summary="Remove a webhook", operation_id="removeWebhook")
async def remove_webhook(database: Database, signed_in: SignedIn, webhook_id: UUID) -> None:
    """Nothing is called any more, and what was called is forgotten."""
    await webhooks.remove_webhook(database, signed_in, webhook_id)


@get("/webhooks/{webhook_id}/calls", tags=TAGS, summary="Calls of a webhook", operation_id="listWebhookCalls")
async def list_calls(
    database: Database, signed_in: SignedIn, webhook_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Calls:
    """Of the last 30 days, newest first: what was told, how often it was tried, what was answered."""
    items, following = await webhooks.list_calls(database, signed_in, webhook_id, cursor, limit)
    return Calls(items=items, next=following)


@post("/webhooks/{webhook_id}/test", tags=TAGS, summary="Test a webhook", operation_id="testWebhook")
async def try_webhook(database: Database, signed_in: SignedIn, webhook_id: UUID) -> Call:
    """Calls it with the event `webhook.test`; look at its calls for the answer."""
    return await webhooks.try_webhook(database, signed_in, webhook_id)


ENDPOINTS: Final[list[Any]] = [
    list_webhooks,
    add_webhook,
    change_webhook,
    remove_webhook,
    list_calls,
    try_webhook,
]
