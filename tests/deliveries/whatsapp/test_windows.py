"""Who wrote within a day may be written to in our own words, however WhatsApp calls them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from estafette import deliveries
from estafette.base.database import Database
from estafette.deliveries import NewDelivery, Options
from estafette.deliveries.actions.reaping import reap_dead_worker
from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Receipt
from estafette.deliveries.store import whatsapp
from tests.deliveries import ANN
from tests.deliveries.engine import Engine

TO = "+5548999246868"


@pytest_asyncio.fixture
async def engine(database: Database) -> Engine:
    return await Engine(database).begin(channels=("whatsapp",), settings={"notice_template": "notice"})


def message(**changes: Any) -> NewDelivery:
    usual: dict[str, Any] = {"owner_id": ANN, "channel": "whatsapp", "sender": "", "recipient": TO, "text": "Good day"}
    return NewDelivery(**usual | changes)


async def wrote(engine: Engine, wa_id: str, at: datetime) -> None:
    async with engine.database.transaction() as transaction:
        await whatsapp.open_windows(transaction, [(engine.gateway_id, wa_id, at), (engine.gateway_id, wa_id, at)])


async def claimed(engine: Engine, **changes: Any) -> ClaimedMessage:
    await engine.send(message(**changes))
    [found] = (await engine.claim()).messages
    return found


async def test_a_window_is_open_for_a_day(engine: Engine) -> None:
    assert not (await claimed(engine)).window_open
    now = engine.database.clock.now()
    await wrote(engine, TO[1:], now - timedelta(hours=23, minutes=59))
    # What is told late takes nothing back.
    await wrote(engine, TO[1:], now - timedelta(days=3))
    assert (await claimed(engine)).window_open
    engine.database.clock.move(timedelta(minutes=2))
    assert not (await claimed(engine)).window_open


async def test_who_writes_opens_a_window_and_what_comes_again_changes_nothing(engine: Engine) -> None:
    at = engine.database.clock.now() - timedelta(hours=1)
    written = InboundMessage(
        body=b"1", channel="whatsapp", sender=TO, text="Olá", provider_id="wamid.in1", happened_at=at
    )
    text = InboundMessage(body=b"2", channel="sms", sender="+33612345678", text="Olá")
    for _ in range(2):
        await engine.inbox.hand_in(engine.gateway_id, [written, text])
    assert (await claimed(engine)).window_open
    assert not (await claimed(engine, recipient="+33612345678")).window_open
    engine.database.clock.move(timedelta(hours=23))
    assert not (await claimed(engine)).window_open
    await deliveries.forget_closed_windows(engine.database)
    assert await engine.database.fetchval("SELECT count(*) FROM whatsapp_windows") == 0


async def test_somebody_is_known_by_the_name_that_whatsapp_answered_with(engine: Engine) -> None:
    # Numbers of Brazil have one digit more than their accounts there.
    await wrote(engine, "554899246868", engine.database.clock.now())
    first = await claimed(engine)
    assert not first.window_open
    await engine.record((first, Accepted(provider_ids=("wamid.1",), recipient_id="554899246868")))
    assert (await claimed(engine)).window_open


async def test_a_recipient_who_stopped_marketing_is_not_written_to_again_even_if_that_is_told_early(
    engine: Engine,
) -> None:
    first = await claimed(engine)
    stopped = Receipt(body=b"1", provider_id="wamid.1", status="failed", code="unsubscribed", suppress=True)
    await engine.told(stopped)
    await engine.record((first, Accepted(provider_ids=("wamid.1",))))
    assert (await engine.changes(first.delivery_id))[-1] == ("OPERATOR_ERROR", "unsubscribed")
    again = await engine.send(message())
    assert (await engine.claim()).messages == []
    assert (await engine.find(again.id)).status == "SUPPRESSED"


@pytest.mark.parametrize("comes_back", [False, True])
async def test_what_a_worker_was_sending_when_it_died_is_known_by_the_name_that_we_gave_it(
    engine: Engine, comes_back: bool
) -> None:
    message = await claimed(engine)
    await reap_dead_worker(engine.database, engine.dispatcher_id)
    assert await engine.changes(message.delivery_id) == [("UNCERTAIN", "awaiting_receipt")]
    if comes_back:
        # It was only cut off, and tells after all how it ended.
        await engine.record((message, Accepted(provider_ids=("wamid.1",))))
    told = Receipt(body=b"1", provider_id="wamid.1", own_name=message.own_name, status="delivered")
    await engine.told(told)
    assert (await engine.changes(message.delivery_id))[-1] == ("DELIVERED", None)


async def add_templates(engine: Engine, *rows: tuple[str, str, str, Sequence[str]]) -> None:
    for name, language, state, places in rows:
        await engine.database.execute(
            """
            INSERT INTO whatsapp_templates (
                gateway_id, name, language, category, state, body, places, sendable, seen_at
            )
            VALUES ($1, $2, $3, 'UTILITY', $4, '', $5, true, now())
            """,
            engine.gateway_id,
            name,
            language,
            state,
            list(places),
        )


async def test_a_template_is_found_in_the_language_that_was_asked_for_or_one_of_its_tongue(engine: Engine) -> None:
    await add_templates(
        engine,
        ("menu", "pt_BR", "PAUSED", ()),
        ("menu", "pt_PT", "APPROVED", ("1",)),
        ("menu", "fr", "APPROVED", ()),
        ("notice", "de", "APPROVED", ("1",)),
        ("notice", "ru", "APPROVED", ("1",)),
    )
    found: list[str | None] = []
    for options in (
        Options(template="menu", template_language="pt"),
        Options(template="menu", template_language="fr_FR"),
        Options(template="menu", template_language="en"),
        Options(template="other", template_language="fr"),
        Options(notice=True, template_language="ru"),
        Options(notice=True, template_language="en"),
        Options(notice=True),
        Options(),
    ):
        template = (await claimed(engine, options=options)).template
        found.append(template.language if template else None)
    assert found == ["pt_PT", "fr", None, None, "ru", "de", "de", None]
