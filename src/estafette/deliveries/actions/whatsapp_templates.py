"""The register of templates: fetched from each gateway now and then, asked by whoever wants to name one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec
import structlog

from estafette.accounts import SignedIn
from estafette.base import limits
from estafette.base.bus import event
from estafette.base.database import Database, Queries
from estafette.base.errors import FieldError, Forbidden
from estafette.base.vault import Vault
from estafette.deliveries.actions.accounts import account_of
from estafette.deliveries.models.engine import TransportEnvironment
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.whatsapp import TemplateRefresh, TemplateSeen, WhatsAppTemplate, WhatsAppTemplates
from estafette.deliveries.rules.whatsapp_templates import fault_of
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import gateway_states
from estafette.deliveries.store import whatsapp_templates as store
from estafette.deliveries.transports import TRANSPORTS
from estafette.deliveries.transports.whatsapp import NotFetched, fetch_templates

EVERY: Final = timedelta(hours=1)
AFTER_FAILURE: Final = timedelta(minutes=5)
OURS: Final = timedelta(minutes=5)
"""How long nobody else fetches what somebody has begun to fetch."""
ASKED_PER_MINUTE: Final = 6

TEMPLATES_WANTED: Final = "whatsapp_templates_wanted"
"""The event that tells workers to look whose templates are to be fetched; it has no data."""

_log = structlog.get_logger(__name__)


async def refresh_due(database: Database, vault: Vault, environment: TransportEnvironment) -> bool:
    """Fetches the templates of one gateway whose time has come; whether there was one."""
    now = database.clock.now()
    gateway_id = await store.claim_refresh(database, now, now + OURS)
    if gateway_id is None:
        return False
    gateway = await gateway_states.find(database, gateway_id)
    if gateway is None:
        return True
    try:
        _, account = account_of(gateway, TRANSPORTS, vault, environment)
        found = await fetch_templates(account)
    except Exception as error:  # whatever it is, it holds up no other gateway
        known = isinstance(error, NotFetched | LinkRefused)
        _log.warning("templates not fetched", gateway=gateway.name, exc_info=None if known else error)
        await store.failed(database, gateway_id, storable(str(error)), database.clock.now() + AFTER_FAILURE)
        return True
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        if found:
            await store.put(transaction, gateway_id, _rows(found), now)
        await store.forget_unseen(transaction, gateway_id, now)
        await store.refreshed(transaction, gateway_id, now, now + EVERY)
    return True


def _rows(found: Sequence[TemplateSeen]) -> list[tuple[object, ...]]:
    unique = {(each.name, each.language): each for each in found}
    return [
        (
            *(each.name, each.language, each.category, each.state, each.body),
            *(msgspec.json.encode(each.places).decode(), each.header, each.sendable),
        )
        for each in unique.values()
    ]


async def list_templates(database: Database, who: SignedIn) -> WhatsAppTemplates:
    """The templates of all gateways in use; raises Forbidden."""
    _require_communications(who)
    return await _listed(database)


async def ask_for_templates(database: Database, who: SignedIn) -> WhatsAppTemplates:
    """Lets a worker fetch them now; answers what is known so far. Raises Forbidden and TooMany."""
    _require_communications(who)
    await limits.take(database, "whatsapp templates", limit=ASKED_PER_MINUTE, seconds=60)
    await store.ask_for_refresh(database, database.clock.now())
    database.bus.publish(event(TEMPLATES_WANTED, None))
    return await _listed(database)


async def check_template(
    queries: Queries, field: str, name: str, language: str, variables: int, *, media: bool = False
) -> FieldError | None:
    """What is wrong with naming a template, told of a field; None when a gateway can send it.

    `language` is pt_BR, or pt for whichever of that tongue there is; `variables` is how many the message brings.
    """
    rows = await store.all_templates(queries, name)
    return fault_of([WhatsAppTemplate(**row) for row in rows], field, language, variables, media=media)


async def _listed(database: Database) -> WhatsAppTemplates:
    return WhatsAppTemplates(
        items=[WhatsAppTemplate(**row) for row in await store.all_templates(database)],
        gateways=[TemplateRefresh(**row) for row in await store.refreshes(database)],
    )


def _require_communications(who: SignedIn) -> None:
    if not who.communicates:
        raise Forbidden
