"""The link against two gateways that are not ours: what both of them can do."""

import asyncio
from collections.abc import Sequence

import pytest

from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from tests.deliveries.smpp.counterparts import Counterpart, Number
from tests.deliveries.smpp.engine import ReceiptSink, claimed, link
from tests.loop_time import let_pass


@pytest.fixture(autouse=True)
async def ready(gateway: Counterpart) -> None:
    await gateway.reports("ready")


async def test_a_message_is_accepted_and_its_receipt_bears_the_same_id(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(gateway.port, sink.take) as open_link:
        outcome = await open_link.submit(claimed())
        (receipt,) = await sink.has(1)
    (told,) = gateway.told("accepted")
    assert outcome == Accepted(provider_ids=(told["accepted"],))
    assert (receipt.provider_id, receipt.status, receipt.fault) == (told["accepted"], "delivered", None)
    assert receipt.happened_at is not None
    assert receipt.happened_at.isoformat() == "2026-11-20T12:01:00+00:00"


async def test_a_receipt_is_answered_after_it_was_stored_and_not_before(gateway: Counterpart) -> None:
    storing, stored = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[Told]) -> None:
        storing.set()
        await stored.wait()

    async with link(gateway.port, take) as open_link:
        await open_link.submit(claimed())
        await storing.wait()
        # An answer to the receipt would have gone out before the next message.
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)
        assert gateway.told("answered") == []
        stored.set()
        assert await gateway.reports("answered") == [{"answered": 0}]


async def test_a_receipt_that_could_not_be_stored_is_to_come_again(gateway: Counterpart) -> None:
    sink = ReceiptSink(troubles=1)
    async with link(gateway.port, sink.take) as open_link:
        await open_link.submit(claimed())
        assert await gateway.reports("answered") == [{"answered": 0x64}]
        await open_link.submit(claimed(number=2))
        (receipt,) = await sink.has(1)
        assert await gateway.reports("answered", 2) == [{"answered": 0x64}, {"answered": 0}]
    assert receipt.provider_id == gateway.told("accepted")[1]["accepted"]


async def test_a_receipt_may_come_before_the_answer(gateway: Counterpart) -> None:
    sink, early = ReceiptSink(), list[bool]()

    async def take(receipts: Sequence[Told]) -> None:
        early.append(not submitting.done())
        await sink.take(receipts)

    async with link(gateway.port, take) as open_link:
        submitting = asyncio.create_task(open_link.submit(claimed(Number.early_receipt)))
        (receipt,) = await sink.has(1)
        outcome = await submitting
    assert early == [True]
    assert isinstance(outcome, Accepted)
    assert outcome.provider_ids == (receipt.provider_id,)


async def test_a_message_without_a_receipt_is_accepted_all_the_same(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(gateway.port, sink.take) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)
        # Receipts come in the order of their messages: one of the first would be there by now.
        second = await open_link.submit(claimed())
        (receipt,) = await sink.has(1)
    assert second == Accepted(provider_ids=(str(receipt.provider_id),))


async def test_a_doubled_receipt_is_handed_in_twice_with_the_same_body_and_answered_twice(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(gateway.port, sink.take) as open_link:
        await open_link.submit(claimed(Number.doubled_receipt))
        first, second = await sink.has(2)
        assert await gateway.reports("answered", 2) == [{"answered": 0}] * 2
    assert first == second


async def test_receipts_in_a_wrong_form_are_handed_in_as_faults_and_answered(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(gateway.port, sink.take) as open_link:
        await open_link.submit(claimed(Number.garbled_receipts))
        receipts = await sink.has(3)
        assert await gateway.reports("answered", 3) == [{"answered": 0}] * 3
    assert [each.fault for each in receipts] == [
        "It does not say of which message it speaks",
        "Its state is not known: PERHAPS",
        "It does not say of which message it speaks",
    ]
    assert [(each.provider_id, each.status) for each in receipts] == [(None, None)] * 3
    assert b"What a nice day" in receipts[2].body


async def test_a_failed_message_has_a_reason(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(gateway.port, sink.take) as open_link:
        await open_link.submit(claimed(Number.fails))
        (receipt,) = await sink.has(1)
    assert (receipt.status, receipt.kind, receipt.code) == ("failed", "operator", "undeliverable")
    assert receipt.reason == "stat UNDELIV, err 011"


async def test_a_throttled_message_was_not_taken_and_may_be_tried_again(gateway: Counterpart) -> None:
    async with link(gateway.port) as open_link:
        outcome = await open_link.submit(claimed(Number.throttled))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent, outcome.throttled, outcome.kind) == ("throttled", False, True, "gateway")
    assert gateway.told("accepted") == []


async def test_a_refused_destination_is_refused_for_good(gateway: Counterpart) -> None:
    async with link(gateway.port) as open_link:
        outcome = await open_link.submit(claimed(Number.refused))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent, outcome.throttled) == ("bad_destination", True, False)
    assert "0x0000000B" in outcome.reason


async def test_a_gateway_that_accepts_and_never_answers_leaves_us_in_the_dark_and_loses_its_link(
    gateway: Counterpart,
) -> None:
    async with link(gateway.port, response_timeout=20) as open_link:
        submitting = [asyncio.create_task(open_link.submit(claimed(Number.never_answered))) for _ in range(5)]
        await gateway.reports("accepted", 5)
        let_pass(20)
        outcomes = await asyncio.gather(*submitting)
        assert [type(outcome) for outcome in outcomes] == [Unknown] * 5
        assert await open_link.lost() == "The gateway accepts messages and answers none"
    assert len(gateway.told("accepted")) == 5


async def test_one_answer_that_is_lost_does_not_cost_the_link(gateway: Counterpart) -> None:
    async with link(gateway.port, response_timeout=20) as open_link:
        dark = asyncio.create_task(open_link.submit(claimed(Number.never_answered)))
        await gateway.reports("accepted")
        let_pass(10)
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)
        assert not dark.done()
        let_pass(10)
        assert isinstance(await dark, Unknown)
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)


async def test_a_link_that_breaks_leaves_what_was_written_unknown_and_takes_nothing_more(gateway: Counterpart) -> None:
    async with link(gateway.port) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.drops_the_link)), Unknown)
        assert "connection" in await open_link.lost()
        outcome = await open_link.submit(claimed())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent) == ("connection_lost", False)
    assert len(gateway.told("accepted")) == 1


async def test_a_link_says_goodbye(gateway: Counterpart) -> None:
    async with link(gateway.port) as open_link:
        await open_link.submit(claimed(Number.no_receipt))
    await gateway.reports("unbound")


@pytest.mark.parametrize(
    ("text", "parts", "data_coding"),
    [
        ("Good morning", 1, 0),
        ("[Prix] 10 € à régler d'ici demain", 1, 0),
        ("€" * 80, 1, 0),
        ("€uro " * 100, 4, 0),
        ("Olá, não há atenção", 1, 8),
        ("Доброе утро " * 20, 4, 8),
        ("😀 " * 100, 5, 8),
    ],
)
async def test_a_text_arrives_as_it_was_written(gateway: Counterpart, text: str, parts: int, data_coding: int) -> None:
    async with link(gateway.port) as open_link:
        outcome = await open_link.submit(claimed(Number.no_receipt, text))
        arrived = sorted(await gateway.reports("accepted", parts), key=lambda each: each["part"])
    assert "".join(each["text"] for each in arrived) == text
    assert [(each["part"], each["parts"]) for each in arrived] == [(part, parts) for part in range(1, parts + 1)]
    assert {each["data_coding"] for each in arrived} == {data_coding}
    assert isinstance(outcome, Accepted)
    assert outcome.provider_ids == tuple(each["accepted"] for each in arrived)


@pytest.mark.parametrize(
    ("sender", "arrives", "ton", "npi"),
    [
        ("Estafette", "Estafette", 5, 0),
        ("A longer name!!", "A longer name!!", 5, 0),
        ("33611223344", "33611223344", 1, 1),
        ("+33611223344", "33611223344", 1, 1),
        ("38200", "38200", 3, 0),
        ("", "", 0, 0),
    ],
)
async def test_a_sender_is_told_by_its_kind(
    gateway: Counterpart, sender: str, arrives: str, ton: int, npi: int
) -> None:
    async with link(gateway.port) as open_link:
        await open_link.submit(claimed(Number.no_receipt, sender=sender))
        (told,) = await gateway.reports("accepted")
    assert (told["source"], told["source_ton"], told["source_npi"]) == (arrives, ton, npi)
    assert (told["destination"], told["destination_ton"], told["registered"]) == ("554899240002", 1, 1)


async def test_two_thousand_messages_and_their_receipts_pass_a_window_of_fifty(gateway: Counterpart) -> None:
    sink = ReceiptSink()
    submitting: list[asyncio.Task[object]] = []
    async with link(gateway.port, sink.take, window=50) as open_link:
        while len(submitting) < 2000:
            capacity = await open_link.capacity()
            assert 0 < capacity <= 50
            for _ in range(capacity):
                message = claimed(Number.delivers, f"Number {len(submitting)}", number=len(submitting))
                submitting.append(asyncio.create_task(open_link.submit(message)))
            await asyncio.sleep(0)
        outcomes = await asyncio.gather(*submitting)
        receipts = await sink.has(len(outcomes))
    ids = [each for outcome in outcomes if isinstance(outcome, Accepted) for each in outcome.provider_ids]
    assert len(ids) == len(set(ids)) == len(outcomes)
    assert {receipt.provider_id for receipt in receipts} == set(ids)
    # Batches, not one at a time.
    assert sink.batches < len(outcomes)
