"""What a dispatcher does with one message, with very many, and with none."""

import asyncio
import time
from datetime import datetime
from pathlib import Path

import pytest

from estafette.base.database import Database
from estafette.deliveries.dispatch import submitting
from estafette.deliveries.dispatch.recorder import Recorder
from estafette.deliveries.dispatch.uncertain_claims import UncertainClaims
from estafette.deliveries.models.engine import GatewayLease
from estafette.deliveries.models.messages import Accepted, ClaimedMessage
from tests.deliveries import add_gateway, text_message
from tests.deliveries.claimed import Inbox, account
from tests.deliveries.conftest import Outbox
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import Credentials, ScriptedTransport, Settings
from tests.waiting import eventually


async def test_a_lone_message_goes_out_at_once(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    await add_gateway(outbox.database)
    # Nobody looks by himself whether something waits.
    monkeypatch.setattr(submitting, "LOOK_SECONDS", 3_600.0)
    waits: list[float] = []

    async def goes_out_at_once() -> bool:
        before = await outbox.send(text_message())
        await outbox.until(before.id, "SENT")
        began = time.monotonic()
        count = len(outbox.transport.submitted)
        await outbox.send(text_message())
        await outbox.until_submitted(count + 1)
        waits.append(time.monotonic() - began)
        return waits[-1] < 0.1

    async with outbox.running():
        # A busy machine needs longer now and then, a pause of ours would be there every time.
        await eventually(goes_out_at_once, lambda: f"{min(waits):.2f} s at best")


async def test_many_go_out_side_by_side_each_once(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    outbox.transport.window = 50
    async with outbox.running():
        await asyncio.gather(*(outbox.send(text_message(str(number))) for number in range(500)))
        await outbox.until_all(500, "SENT")
    assert len({each.delivery_id for each in outbox.transport.submitted}) == len(outbox.transport.submitted) == 500
    assert outbox.transport.most_at_once <= 50


async def test_a_campaign_does_not_hold_up_a_password_reset(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    answers = asyncio.Semaphore(40)

    async def when_let(claimed: ClaimedMessage) -> Accepted:
        await answers.acquire()
        return Accepted(provider_ids=(str(claimed.delivery_id),))

    outbox.transport.always = when_let
    await asyncio.gather(*(outbox.send(text_message(str(number), urgency=2)) for number in range(400)))
    async with outbox.running():
        # Those that were answered, and as many under way as there is room for.
        await outbox.until_submitted(40 + outbox.transport.window)
        urgent = await outbox.send(text_message(urgency=0))
        before = len(outbox.transport.submitted)
        for _ in range(400):
            answers.release()
        await outbox.until(urgent.id, "SENT")
    # Behind what is on its way already, and nothing else.
    assert [each.delivery_id for each in outbox.transport.submitted].index(urgent.id) == before


class WatchedRecorder(Recorder):
    """Tells when somebody waits until it has stored something."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.is_waited_for = asyncio.Event()

    async def until_fewer(self, than: int) -> None:
        self.is_waited_for.set()
        await super().until_fewer(than)


async def test_what_cannot_be_recorded_holds_up_what_would_go_out(engine: Engine) -> None:
    await asyncio.gather(*(engine.send(text_message(str(number))) for number in range(400)))
    transport = ScriptedTransport()
    recorder, stop = WatchedRecorder(engine.database), asyncio.Event()
    lease = GatewayLease(dispatcher_id=engine.dispatcher_id, gateway_id=engine.gateway_id, version=1)
    async with transport.open(account(Settings(), Credentials()), Inbox().hand_in) as link:
        submitter = submitting.Submitter(
            engine.database, recorder, UncertainClaims(engine.database), lease, link, ["sms"]
        )
        running = asyncio.create_task(submitter.run(stop))
        # Until it waits for the recorder, or far too much is out.
        await eventually(lambda: recorder.is_waited_for.is_set() or len(transport.submitted) == 400)
        # Nothing was recorded yet: if this worker were killed, all these would be uncertain.
        assert len(transport.submitted) <= submitting.MOST
        recording = asyncio.create_task(recorder.run())
        await Outbox(engine.database, transport, Path()).until_all(400, "SENT")
        stop.set()
        await running
    recording.cancel()


async def test_who_has_nothing_to_do_asks_little(outbox: Outbox) -> None:
    await add_gateway(outbox.database)
    async with outbox.running():
        await outbox.until_links(1)
        await sign_of_life(outbox.database)
        began, before = time.monotonic(), outbox.database.statements
        for _ in range(2):
            await sign_of_life(outbox.database)
        assert (outbox.database.statements - before) / (time.monotonic() - began) <= 10


async def sign_of_life(database: Database) -> None:
    """Waits for the next one of the only dispatcher, with statements that are not counted."""

    async def seen_at() -> datetime:
        return await database.pool.fetchval("SELECT seen_at FROM dispatchers")

    async def is_seen_again() -> bool:
        return await seen_at() != last

    last = await seen_at()
    await eventually(is_seen_again)
