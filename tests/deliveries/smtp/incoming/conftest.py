"""A gateway with a mailbox."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio

from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.deliveries import GatewayInput, make_gateway
from estafette.deliveries.actions.reading_mailboxes import MailReader
from estafette.deliveries.models.engine import TransportEnvironment
from estafette.deliveries.transports import TRANSPORTS
from tests.deliveries.engine import Engine
from tests.deliveries.smtp.incoming.imap import PASSWORD, USER, ImapServer, imap_server

VAULT = Vault(b"k" * 32)


def reader(database: Database) -> MailReader:
    """A worker that reads mailboxes."""
    return MailReader(database, VAULT, TransportEnvironment(public_url="https://x", data=Path("/")), TRANSPORTS)


@pytest_asyncio.fixture
async def imap() -> AsyncGenerator[ImapServer, None]:
    """An empty mailbox."""
    async with imap_server() as server:
        yield server


@pytest_asyncio.fixture
async def mail(database: Database, imap: ImapServer) -> Engine:
    """A dispatcher whose gateway has that mailbox."""
    settings = {
        "host": "127.0.0.1",
        "security": "none",
        "sender": "talk@example.com",
        "mailbox_host": "127.0.0.1",
        "mailbox_port": imap.port,
        "mailbox_security": "none",
        "mailbox_archive": "Done",
    }
    credentials = {"mailbox_user": USER, "mailbox_password": PASSWORD}
    given = GatewayInput(name="Mail", transport="smtp", channels=["email"], settings=settings, credentials=credentials)
    engine = Engine(database)
    await engine.begin(name="Other")
    engine.gateway_id = await make_gateway(database, VAULT, given)
    await database.execute("UPDATE gateway_states SET refilled_at = now() - interval '1 hour'")
    return engine
