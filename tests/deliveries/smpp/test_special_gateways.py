"""The link against a gateway in node that does what gateways do on bad days."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from tests.deliveries.smpp.certificates import make_certificate
from tests.deliveries.smpp.counterparts import Counterpart, Number, node_gateway
from tests.deliveries.smpp.engine import ReceiptSink, claimed, link
from tests.loop_time import let_pass
from tests.processes import free_port
from tests.waiting import eventually, turns


@pytest.fixture(autouse=True)
async def ready(node: Counterpart) -> None:
    await node.reports("ready")


async def test_a_gateway_that_goes_silent_is_noticed_by_asking_whether_it_is_there(node: Counterpart) -> None:
    async with link(node.port, response_timeout=20, enquire_every=5) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)
        submitting = asyncio.create_task(open_link.submit(claimed(Number.goes_silent)))
        await node.reports("accepted", 2)
        let_pass(5)
        await node.reports("enquired")
        let_pass(20)
        reason = await open_link.lost()
        assert isinstance(await submitting, Unknown)
    assert len(node.told("enquired")) == 1
    assert reason.startswith(("The gateway has said nothing for ", "The gateway accepts messages and answers none"))


async def test_an_idle_link_stays_open_because_both_sides_show_that_they_live(node: Counterpart) -> None:
    async with link(node.port, response_timeout=20, enquire_every=30) as open_link:
        for enquiries in (1, 2, 3):
            let_pass(30)
            await node.reports("enquired", enquiries)
            # Its answer is the sign that it lives.
            await eventually(lambda: open_link._session._enquired_at is None)
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)


async def test_a_gateway_that_ends_the_session_is_answered_and_the_link_is_lost(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.unbinds)), Accepted)
        assert await open_link.lost() == "The gateway has ended the session"


async def test_a_gateway_that_babbles_loses_its_link(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.babbles)), Accepted)
        assert await open_link.lost() == "The gateway has sent a PDU of 4 octets"


async def test_a_message_that_the_gateway_does_not_understand_may_have_been_taken(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.not_understood)), Unknown)
        assert isinstance(await open_link.submit(claimed(Number.no_receipt)), Accepted)


async def test_a_refused_first_segment_leaves_nothing_behind(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        outcome = await open_link.submit(claimed(Number.throttled, "a" * 400))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent) == ("throttled", False)
    assert node.told("accepted") == []


async def test_a_refused_later_segment_ends_the_message_because_the_others_must_not_go_twice(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        outcome = await open_link.submit(claimed(Number.second_part_refused, "a" * 400))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent) == ("partly_accepted", True)
    assert outcome.reason.startswith("Segment 2 of 3 was not taken, others were.")
    assert sorted(each["part"] for each in node.told("accepted")) == [1, 3]


async def test_a_later_segment_that_is_throttled_is_submitted_again_and_the_others_are_not(node: Counterpart) -> None:
    async with link(node.port) as open_link:
        outcome = await open_link.submit(claimed(Number.second_part_throttled_once, "a" * 400))
    accepted = sorted(node.told("accepted"), key=lambda each: each["part"])
    assert [each["part"] for each in accepted] == [1, 2, 3]
    assert outcome == Accepted(provider_ids=tuple(each["accepted"] for each in accepted))


async def test_a_receipt_by_data_sm_speaks_in_parameters(node: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(node.port, sink.take) as open_link:
        outcome = await open_link.submit(claimed(Number.fails_by_data_sm))
        (receipt,) = await sink.has(1)
        assert await node.reports("answered") == [{"answered": 0}]
    assert outcome == Accepted(provider_ids=(str(receipt.provider_id),))
    assert (receipt.status, receipt.code, receipt.reason) == ("failed", "undeliverable", "network 3 error 17")


async def test_hexadecimal_ids_with_zeros_in_front_meet_decimal_ones(node: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(node.port, sink.take, receipt_ids="decimal_to_hex") as open_link:
        outcome = await open_link.submit(claimed(Number.hexadecimal_ids))
        (receipt,) = await sink.has(1)
    assert node.told("accepted")[0]["accepted"] == "00AB01"
    assert outcome == Accepted(provider_ids=("ab01",))
    assert receipt.provider_id == "ab01"


async def test_a_message_of_somebody_is_handed_in_and_answered(node: Counterpart) -> None:
    sink = ReceiptSink()
    async with link(node.port, sink.take) as open_link:
        await open_link.submit(claimed(Number.writes_back))
        assert await node.reports("answered") == [{"answered": 0}]
    assert sink.receipts == []
    assert ["Yes, please" in each.text for each in sink.messages] == [True]


async def test_a_receipt_comes_again_until_it_is_stored(node: Counterpart) -> None:
    sink = ReceiptSink(troubles=3)
    async with link(node.port, sink.take) as open_link:
        await open_link.submit(claimed(Number.insists_on_its_receipt))
        await sink.has(1)
        told = await node.reports("answered", 4)
    assert [each["answered"] for each in told] == [0x64, 0x64, 0x64, 0]


async def test_a_gateway_hears_how_long_to_try_and_what_is_urgent(node: Counterpart) -> None:
    expires_at = datetime.now(UTC) + timedelta(hours=26)
    async with link(node.port) as open_link, link(node.port, validity="absolute") as other:
        await open_link.submit(claimed(Number.no_receipt, urgency=0, expires_at=expires_at))
        await other.submit(claimed(Number.no_receipt, urgency=2, expires_at=expires_at))
        urgent, bulk = await node.reports("accepted", 2)
    assert (urgent["priority"], bulk["priority"]) == (1, 0)
    assert urgent["validity"] == pytest.approx(expires_at.timestamp(), abs=5)
    assert bulk["validity"] == pytest.approx(expires_at.timestamp(), abs=5)


async def test_a_wrong_password_is_told_as_such(node: Counterpart) -> None:
    with pytest.raises(LinkRefused, match="the password is wrong"):
        async with link(node.port, password="wrong"):
            pass


async def test_a_gateway_that_is_not_there_is_told_as_such() -> None:
    with pytest.raises(LinkRefused, match="cannot be reached: Connect"):
        async with link(free_port()):
            pass


async def test_no_more_than_the_window_is_unanswered_and_a_new_link_begins_with_less(node: Counterpart) -> None:
    async with link(node.port, window=3) as open_link:
        assert await open_link.capacity() == 3
        waiting = [asyncio.create_task(open_link.submit(claimed(Number.never_answered))) for _ in range(3)]
        await node.reports("accepted", 3)
        capacity = asyncio.create_task(open_link.capacity())
        await turns()
        assert not capacity.done()
        let_pass(20)
        assert [type(each) for each in await asyncio.gather(*waiting)] == [Unknown] * 3
        capacity.cancel()
    async with link(node.port, window=100) as open_link:
        assert await open_link.capacity() == 8
        await asyncio.gather(*(open_link.submit(claimed(Number.no_receipt)) for _ in range(20)))
        assert await open_link.capacity() == 28


async def test_with_references_of_16_bits_the_segments_leave_room_for_them(node: Counterpart) -> None:
    async with link(node.port, reference_bits=16) as open_link:
        assert isinstance(await open_link.submit(claimed(Number.no_receipt, "a" * 305, number=70_000)), Accepted)
        assert isinstance(await open_link.submit(claimed(Number.no_receipt, "Ж" * 133, number=70_001)), Accepted)
    assert sorted(len(each["text"]) for each in node.told("accepted")) == [1, 1, 66, 66, 152, 152]


async def test_the_link_can_be_secret_and_only_with_whom_we_trust(node_packages: Path, tmp_path: Path) -> None:
    key, certificate = make_certificate(tmp_path)
    secure = node_gateway(node_packages, str(key), str(certificate))
    try:
        await secure.reports("ready")
        sink = ReceiptSink()
        async with link(secure.port, sink.take, tls=True, tls_authority=certificate.read_text()) as open_link:
            assert isinstance(await open_link.submit(claimed()), Accepted)
            await sink.has(1)
        with pytest.raises(LinkRefused, match="its certificate is not valid"):
            async with link(secure.port, tls=True):
                pass
        with pytest.raises(LinkRefused):
            async with link(secure.port):
                pass
    finally:
        secure.stop()
