"""The link against gateways that are odd down to the octet."""

import asyncio
from typing import Any

import pytest

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Refused
from tests.deliveries.smpp.engine import ReceiptSink, claimed, link
from tests.deliveries.smpp.scripted import (
    BIND,
    DELIVER,
    ENQUIRE,
    NACK,
    RESPONSE,
    SUBMIT,
    UNBIND,
    Script,
    receipt,
    scripted,
    unit,
)


async def test_a_gateway_may_speak_octet_by_octet() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.receive(SUBMIT)
        for octet in unit(SUBMIT | RESPONSE, sequence, b"abc\0") + unit(DELIVER, 7, receipt("abc")):
            gateway.say(bytes((octet,)))
            await gateway.writer.drain()
            await asyncio.sleep(0)
        assert (await gateway.receive(DELIVER | RESPONSE))[1:3] == (0, 7)
        await gateway.receive(UNBIND)

    sink = ReceiptSink()
    async with scripted(play) as port, link(port, sink.take) as open_link:
        assert await open_link.submit(claimed()) == Accepted(provider_ids=("abc",))
        assert (await sink.has(1))[0].provider_id == "abc"


async def test_receipts_that_come_together_are_stored_together_and_answered_in_their_order() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(b"".join(unit(DELIVER, number, receipt(str(number))) for number in range(1, 501)))
        answered = [(await gateway.receive(DELIVER | RESPONSE))[1:3] for _ in range(500)]
        assert answered == [(0, number) for number in range(1, 501)]
        await gateway.receive(UNBIND)

    sink = ReceiptSink()
    async with scripted(play) as port, link(port, sink.take):
        receipts = await sink.has(500)
    assert [each.provider_id for each in receipts] == [str(number) for number in range(1, 501)]
    assert sink.batches < 20


async def test_a_receipt_may_come_before_the_answer_to_the_bind() -> None:
    async def play(gateway: Script) -> None:
        _, _, sequence, _ = await gateway.receive(BIND)
        gateway.say(unit(DELIVER, 1, receipt("5")) + unit(BIND | RESPONSE, sequence, b"scripted\0"))
        assert (await gateway.receive(DELIVER | RESPONSE))[1:3] == (0, 1)
        await gateway.receive(UNBIND)

    sink = ReceiptSink()
    async with scripted(play) as port, link(port, sink.take):
        assert (await sink.has(1))[0].provider_id == "5"


async def test_a_malformed_receipt_is_kept_as_a_fault_and_answered() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(unit(DELIVER, 1, b"\0\1\1no end"))
        assert (await gateway.receive(DELIVER | RESPONSE))[1:3] == (0, 1)
        await gateway.receive(UNBIND)

    sink = ReceiptSink()
    async with scripted(play) as port, link(port, sink.take):
        (found,) = await sink.has(1)
    assert (found.fault, found.body) == ("It is malformed: a string that does not end", b"\0\1\1no end")


async def test_what_nobody_understands_is_answered_as_such_and_what_needs_no_answer_gets_none() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        alert, outbind, stray = unit(0x102, 20), unit(0x0B, 21), unit(SUBMIT | RESPONSE, 4711, b"1\0")
        gateway.say(unit(0x666, 22) + alert + outbind + stray + unit(ENQUIRE, 23))
        assert (await gateway.receive())[:3] == (NACK, 3, 22)
        assert (await gateway.receive())[:3] == (ENQUIRE | RESPONSE, 0, 23)
        await gateway.accept()
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port) as open_link:
        assert await open_link.submit(claimed()) == Accepted(provider_ids=("1",))


async def test_a_message_that_was_accepted_without_an_id_is_accepted() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.receive(SUBMIT)
        gateway.say(unit(SUBMIT | RESPONSE, sequence))

    async with scripted(play) as port, link(port) as open_link:
        assert await open_link.submit(claimed()) == Accepted(provider_ids=())


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0x05, "allows no more links"),
        (0x0D, "the bind has failed"),
        (0x0F, "the system id is unknown"),
        (0x99, "0x00000099"),
    ],
)
async def test_a_refused_bind_says_why(status: int, words: str) -> None:
    async def play(gateway: Script) -> None:
        _, _, sequence, _ = await gateway.receive(BIND)
        gateway.say(unit(BIND | RESPONSE, sequence, status=status))

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match=words):
            async with link(port):
                pass


async def test_a_gateway_that_hangs_up_at_once_is_no_gateway() -> None:
    async def play(gateway: Script) -> None:
        await gateway.receive(BIND)

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match="has closed the connection"):
            async with link(port):
                pass


async def test_a_status_of_a_vendor_passes_when_the_settings_say_so() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.receive(SUBMIT)
        gateway.say(unit(SUBMIT | RESPONSE, sequence, status=0x410))
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port) as strict, link(port, retry_statuses=[0x410]) as lenient:
        refusals = [await each.submit(claimed()) for each in (strict, lenient)]
    assert [isinstance(each, Refused) and (each.code, each.permanent) for each in refusals] == [
        ("status_0410", True),
        ("status_0410", False),
    ]


@pytest.mark.parametrize("change", [{"sender": "Ж"}, {"sender": "a" * 21}, {"recipient": "+"}, {"text": "a" * 40_000}])
async def test_what_cannot_be_said_in_smpp_is_refused_before_it_is_said(change: dict[str, Any]) -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        assert (await gateway.receive())[0] == UNBIND

    async with scripted(play) as port, link(port) as open_link:
        outcome = await open_link.submit(claimed(**change))
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent) == ("system", True)
