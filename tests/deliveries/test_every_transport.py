"""Every kind of gateway carries for a real dispatcher, from the accepted message to its last status."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from msgspec import structs

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.deliveries import Callbacks, Delivery, NewDelivery, Options, TransportEnvironment
from estafette.deliveries.credentials import seal
from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports import TRANSPORTS
from tests.browsers import somebodys_browser
from tests.deliveries import ANN, add_gateway, text_message
from tests.deliveries.smtp.servers import Mailbox, server
from tests.deliveries.twilio.counterpart import SID, TOKEN, Counterpart, report
from tests.deliveries.web_push.browsers import Browser, PushService, new_private_key
from tests.deliveries.whatsapp.cloud import CREDENTIALS, SETTINGS, Cloud, advanced, status, text, webhook
from tests.services import service
from tests.waiting import eventually

VAULT = Vault(bytes(32))


class Dispatcher:
    """A dispatcher with the transports that there are."""

    def __init__(self, database: Database, data: Path) -> None:
        self.database = database
        self.environment = TransportEnvironment(
            public_url="https://estafette.example", data=data, private_addresses=True
        )
        self.callbacks = Callbacks(database, VAULT, self.environment)

    async def gateway(
        self, transport: str, settings: dict[str, Any], credentials: dict[str, Any] | None = None
    ) -> UUID:
        kind = TRANSPORTS[transport]
        id_ = await add_gateway(
            self.database,
            transport=transport,
            channels=tuple(sorted(kind.channels)),
            settings=settings,
            receipts_expected=kind.receipts,
        )
        sealed = seal(VAULT, id_, credentials or {})
        await self.database.execute("UPDATE gateways SET credentials = $2 WHERE id = $1", id_, sealed)
        return id_

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None, None]:
        stop = asyncio.Event()
        task = asyncio.create_task(deliveries.run_dispatch(self.database, VAULT, self.environment, stop))
        try:
            yield
        finally:
            stop.set()
            await task

    async def send(self, **new: Any) -> Delivery:
        usual: dict[str, Any] = {"owner_id": ANN, "sender": "", "text": "Good day"}
        return await deliveries.Acceptor(self.database).accept(NewDelivery(**{**usual, **new}))

    async def until(self, made: Delivery, status: str) -> Delivery:
        found = made

        async def has_come() -> bool:
            nonlocal found
            found = await deliveries.find(self.database, ANN, made.id)
            return found.status == status

        await eventually(has_come, lambda: f"{found.status} {found.reason}")
        return found


@pytest.fixture
def dispatcher(database: Database, tmp_path: Path) -> Dispatcher:
    return Dispatcher(database, tmp_path)


async def test_a_folder_delivers_and_leaves_a_file(dispatcher: Dispatcher, tmp_path: Path) -> None:
    id_ = await dispatcher.gateway("folder", {})
    async with dispatcher.running():
        made = await deliveries.Acceptor(dispatcher.database).accept(text_message())
        await dispatcher.until(made, "DELIVERED")
    (file,) = (tmp_path / "folder-gateway" / str(id_)).iterdir()
    history = await deliveries.history(dispatcher.database, ANN, made.id)
    assert history.attempts[0].provider_ids == (file.stem,)


async def test_a_letter_is_sent_and_an_address_that_does_not_exist_is_blocked(dispatcher: Dispatcher) -> None:
    mailbox = Mailbox(rcpt=["250 OK", "550 5.1.1 No such user"])
    async with server(mailbox) as port:
        settings = {"host": "127.0.0.1", "port": port, "security": "none", "hello": "estafette.example"}
        await dispatcher.gateway("smtp", settings | {"sender": "office@estafette.example"})
        async with dispatcher.running():
            letter = {"channel": "email", "subject": "Your order", "html": "<p>Good day</p>"}
            first = await dispatcher.send(recipient="ann@example.org", **letter)
            await dispatcher.until(first, "SENT")
            failed = await dispatcher.until(
                await dispatcher.send(recipient="gone@example.org", **letter), "RECEIVER_ERROR"
            )
            again = await dispatcher.until(await dispatcher.send(recipient="gone@example.org", **letter), "SUPPRESSED")
    assert (failed.reason, again.attempts) == ("bad_destination", 0)
    history = await deliveries.history(dispatcher.database, ANN, first.id)
    assert [f"<{each}>" for each in history.attempts[0].provider_ids] == [
        each["Message-ID"] for each in mailbox.letters
    ]


async def test_a_message_through_twilio_is_delivered_when_twilio_says_so_and_nobody_else(
    dispatcher: Dispatcher,
) -> None:
    other = Counterpart()
    async with service(other.take) as url:
        id_ = await dispatcher.gateway("twilio", {"account_sid": SID, "base_url": url}, {"auth_token": TOKEN})
        async with dispatcher.running():
            made = await dispatcher.until(
                await dispatcher.send(channel="sms", sender="Estafette", recipient="+33612345678"), "SENT"
            )
            address = other.messages[0]["StatusCallback"][0]
            assert urlsplit(address).path == f"/api/v1/callbacks/{id_}"
            told = report(address, MessageSid=f"SM{1:032x}", MessageStatus="delivered")
            # Somebody else, with the very same words.
            with pytest.raises(CallbackRefused):
                await dispatcher.callbacks.take(id_, Callback(url=address, headers={}, body=told.body))
            assert (await deliveries.find(dispatcher.database, ANN, made.id)).status == "SENT"
            await dispatcher.callbacks.take(id_, told)
            await dispatcher.until(made, "DELIVERED")
            # Told twice, it is the same receipt.
            await dispatcher.callbacks.take(id_, told)
    history = await deliveries.history(dispatcher.database, ANN, made.id)
    assert [each.status for each in history.changes] == ["SENT", "DELIVERED"]
    assert [each.status for each in history.receipts] == ["delivered"]


async def test_a_number_is_written_to_by_template_until_somebody_answers_and_tells_all_that_becomes_of_it(
    dispatcher: Dispatcher,
) -> None:
    cloud = Cloud()
    cloud.wa_ids["5548999246868"] = "554899246868"  # as WhatsApp calls a number of Brazil
    number: dict[str, Any] = {"channel": "whatsapp", "recipient": "+5548999246868"}
    now = int(dispatcher.database.clock.now().timestamp())
    async with service(cloud.take) as url:
        settings = SETTINGS | {"base_url": f"{url}/v23.0", "notice_template": "notice"}
        id_ = await dispatcher.gateway("whatsapp", settings, CREDENTIALS)
        async with dispatcher.running():
            refused = await dispatcher.until(await dispatcher.send(**number), "RECEIVER_ERROR")
            assert (refused.reason, cloud.messages) == ("window_closed", [])
            options = Options(template="order_ready", template_language="pt_BR", variables=("Ana",))
            made = await dispatcher.until(await dispatcher.send(**number, text="", options=options), "SENT")
            told = webhook({"statuses": advanced("wamid.HBgL00000000000000000001", at=now)})
            with pytest.raises(CallbackRefused):
                await dispatcher.callbacks.take(id_, structs.replace(told, headers={}))
            for _ in range(2):
                await dispatcher.callbacks.take(id_, told)
            await dispatcher.until(made, "DELIVERED")
            notice = await dispatcher.send(**number, text="Nora wrote", options=Options(notice=True))
            await dispatcher.until(notice, "SENT")
            written = text("Obrigada", sender="554899246868", at=now)
            await dispatcher.callbacks.take(id_, webhook({"messages": [written]}))
            answer = await dispatcher.until(await dispatcher.send(**number, text="De nada"), "SENT")
            failed = status("wamid.HBgL00000000000000000003", "failed", at=now, error=131050)
            await dispatcher.callbacks.take(id_, webhook({"statuses": [failed]}))
            await dispatcher.until(answer, "OPERATOR_ERROR")
            await dispatcher.until(await dispatcher.send(**number), "SUPPRESSED")
    assert [each["type"] for each in cloud.messages] == ["template", "template", "text"]
    assert [each["template"]["name"] for each in cloud.messages[:2]] == ["order_ready", "notice"]
    history = await deliveries.history(dispatcher.database, ANN, made.id)
    assert [each.status for each in history.changes] == ["SENT", "DELIVERED"]
    assert sorted(each.status or "" for each in history.receipts) == ["accepted", "delivered", "read"]
    assert history.read_at == datetime.fromtimestamp(now + 2, UTC)


@pytest.mark.parametrize(
    ("answer", "end", "left"), [(201, "SENT", 1), (410, "OPERATOR_ERROR", 0), (401, "RECEIVER_ERROR", 1)]
)
async def test_a_browser_is_told_and_forgotten_only_when_it_is_gone(
    dispatcher: Dispatcher, answer: int, end: str, left: int
) -> None:
    browser, push = Browser(), PushService(answer)
    async with service(push.take) as url:
        await dispatcher.gateway("web_push", {}, {"private_key": new_private_key()})
        subscription = browser.subscription(f"{url}/p/1")
        id_ = await somebodys_browser(
            dispatcher.database, endpoint=subscription.endpoint, p256dh=subscription.p256dh, auth=subscription.auth
        )
        async with dispatcher.running():
            await dispatcher.until(
                await dispatcher.send(channel="push", recipient=str(id_), subject="Hello", text="Olá"), end
            )
    assert browser.read(push.bodies[0]) == {"title": "Hello", "text": "Olá"}
    assert await dispatcher.database.fetchval("SELECT count(*) FROM push_subscriptions") == left
