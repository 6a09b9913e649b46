"""The worker process: reactions to committed changes, messages that leave the house, and housekeeping."""

import asyncio
from functools import partial

from estafette import (
    accounts,
    clients,
    communications,
    conversations,
    deliveries,
    documents,
    files,
    notifications,
    webhooks,
)
from estafette.base import idempotency, limits, quotas
from estafette.base.database import Database
from estafette.base.images.process import Pictures
from estafette.base.metrics import Metrics
from estafette.base.open_files import open_files
from estafette.base.outgoing import Outgoing
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.main.database import open_database
from estafette.main.quotas import quotas_of
from estafette.main.reactions import reactions
from estafette.main.renderers import RENDERERS
from estafette.main.transport_environment import transport_environment
from estafette.worker import react, run_housekeeping

# Claims, outcomes and receipts at once, and a heartbeat that waits for none of them.
CONNECTIONS = 10


async def run_worker(settings: Settings, dsn: str, stop: asyncio.Event) -> None:
    """Works until told to stop; killed at any moment, it leaves nothing half done."""
    vault = open_vault(settings.data)
    context = notifications.RenderContext(origin=settings.origin, vault=vault)
    outgoing = Outgoing(private_addresses=settings.private_addresses)
    storage, pictures = files.open_storage(settings.files), Pictures()
    async with open_database(dsn, size=CONNECTIONS) as database, outgoing:
        connectors = documents.Connectors(vault, database.clock, private_addresses=settings.private_addresses)
        jobs = [
            partial(idempotency.forget_old, database),
            partial(limits.forget_ended, database),
            partial(quotas.forget_old, database),
            partial(accounts.forget_ended_sessions, database),
            partial(accounts.forget_ended_links, database),
            partial(accounts.forget_unused_devices, database),
            partial(accounts.forget_ended_invitations, database),
            partial(files.sweep, database, storage),
            partial(deliveries.forget_old_receipts, database),
            partial(deliveries.end_incomplete, database),
            partial(deliveries.forget_raw, database),
            partial(deliveries.forget_ended_subscriptions, database),
            partial(deliveries.forget_closed_windows, database),
            partial(clients.forget_old_imports, database, storage),
            partial(communications.forget_abandoned, database),
            partial(conversations.forget_old_marks, database),
            partial(conversations.forget_taken_back, database),
            partial(notifications.forget_old, database),
            partial(webhooks.forget_old_calls, database),
            # The last, since they take the longest.
            partial(files.share_earlier, database, storage),
            partial(files.strip_earlier, database, storage, pictures),
        ]
        links = communications.PreferenceLinks(settings.origin, vault)
        writer = communications.Writer(notifications.SENDER_NAME, links)
        progress = communications.Figures()
        fresh = asyncio.create_task(_metrics(database, progress).keep_fresh())
        try:
            await asyncio.gather(
                react(database, reactions(settings.origin), stop),
                conversations.run_conversations(database, quotas_of(settings), stop),
                clients.run_clients(database, storage, stop),
                communications.run_telling(database, stop),
                communications.run_communications(database, writer.write, quotas_of(settings), stop, progress),
                files.run_copying(database, storage, pictures, stop),
                files.run_reading(database, storage, stop),
                notifications.run_ladders(database, RENDERERS, context, stop),
                deliveries.run_dispatch(database, vault, transport_environment(settings), stop),
                deliveries.run_whatsapp_templates(database, vault, transport_environment(settings), stop),
                webhooks.run_webhooks(database, vault, outgoing, stop),
                documents.run_documents(database, connectors, stop),
                run_housekeeping(jobs, stop),
            )
        finally:
            fresh.cancel()


def _metrics(database: Database, progress: communications.Figures) -> Metrics:
    """The figures of a worker, which the web processes tell."""
    metrics = Metrics()
    metrics.count("worker_statements", "SQL statements of workers", lambda: database.statements)
    metrics.count("open_files_shortages", "Times that no more could be opened", lambda: open_files.shortages)
    metrics.count("communications_prepared", "Clients looked at to make them recipients", lambda: progress.prepared)
    metrics.count(
        "communications_handed_over", "Recipients whose turn came to be written to", lambda: progress.handed_over
    )
    tally = deliveries.broadcast_tally
    metrics.count("broadcasts_accepted", "News that push services took", lambda: tally["accepted"])
    metrics.count("broadcasts_refused", "News that push services refused", lambda: tally["refused"])
    metrics.count("broadcasts_unknown", "News of which nobody knows whether they were taken", lambda: tally["unknown"])
    return metrics
