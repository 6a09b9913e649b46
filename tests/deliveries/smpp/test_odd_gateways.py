"""The link against gateways that are odd down to the octet."""

import asyncio
import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest
import uvloop

from estafette.deliveries.errors import LinkRefused
from estafette.deliveries.models.parcels import Accepted, Outcome, Receipt, Refused, Unknown
from estafette.deliveries.transports.smpp import inbox
from estafette.deliveries.transports.smpp.opening import GOODBYE
from tests.deliveries.smpp.desk import Desk, link, parcel
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
from tests.loop_time import let_pass
from tests.waiting import forever, turns, wait_for


async def test_a_gateway_may_speak_octet_by_octet() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.hear(SUBMIT)
        for octet in unit(SUBMIT | RESPONSE, sequence, b"abc\0") + unit(DELIVER, 7, receipt("abc")):
            gateway.say(bytes((octet,)))
            await gateway.writer.drain()
            await asyncio.sleep(0)
        assert (await gateway.hear(DELIVER | RESPONSE))[1:3] == (0, 7)
        await gateway.hear(UNBIND)

    desk = Desk()
    async with scripted(play) as port, link(port, desk.take) as open_link:
        assert await open_link.submit(parcel()) == Accepted(provider_ids=("abc",))
        assert (await desk.has(1))[0].provider_id == "abc"


async def test_receipts_that_come_together_are_stored_together_and_answered_in_their_order() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(b"".join(unit(DELIVER, number, receipt(str(number))) for number in range(1, 501)))
        answered = [(await gateway.hear(DELIVER | RESPONSE))[1:3] for _ in range(500)]
        assert answered == [(0, number) for number in range(1, 501)]
        await gateway.hear(UNBIND)

    desk = Desk()
    async with scripted(play) as port, link(port, desk.take):
        receipts = await desk.has(500)
    assert [each.provider_id for each in receipts] == [str(number) for number in range(1, 501)]
    assert desk.batches < 20


async def test_a_receipt_may_come_before_the_answer_to_the_bind() -> None:
    async def play(gateway: Script) -> None:
        _, _, sequence, _ = await gateway.hear(BIND)
        gateway.say(unit(DELIVER, 1, receipt("5")) + unit(BIND | RESPONSE, sequence, b"scripted\0"))
        assert (await gateway.hear(DELIVER | RESPONSE))[1:3] == (0, 1)
        await gateway.hear(UNBIND)

    desk = Desk()
    async with scripted(play) as port, link(port, desk.take):
        assert (await desk.has(1))[0].provider_id == "5"


async def test_a_malformed_receipt_is_kept_as_a_fault_and_answered() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(unit(DELIVER, 1, b"\0\1\1no end"))
        assert (await gateway.hear(DELIVER | RESPONSE))[1:3] == (0, 1)
        await gateway.hear(UNBIND)

    desk = Desk()
    async with scripted(play) as port, link(port, desk.take):
        (found,) = await desk.has(1)
    assert (found.fault, found.body) == ("It is malformed: a string that does not end", b"\0\1\1no end")


async def test_what_nobody_understands_is_answered_as_such_and_what_needs_no_answer_gets_none() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        alert, outbind, stray = unit(0x102, 20), unit(0x0B, 21), unit(SUBMIT | RESPONSE, 4711, b"1\0")
        gateway.say(unit(0x666, 22) + alert + outbind + stray + unit(ENQUIRE, 23))
        assert (await gateway.hear())[:3] == (NACK, 3, 22)
        assert (await gateway.hear())[:3] == (ENQUIRE | RESPONSE, 0, 23)
        await gateway.accept()
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port) as open_link:
        assert await open_link.submit(parcel()) == Accepted(provider_ids=("1",))


async def test_a_message_that_was_accepted_without_an_id_is_accepted() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.hear(SUBMIT)
        gateway.say(unit(SUBMIT | RESPONSE, sequence))

    async with scripted(play) as port, link(port) as open_link:
        assert await open_link.submit(parcel()) == Accepted(provider_ids=())


async def test_an_answer_that_comes_too_late_answers_nothing_else() -> None:
    too_late = asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, late, _ = await gateway.hear(SUBMIT)
        await gateway.accept(b"2")
        await too_late.wait()
        gateway.say(unit(SUBMIT | RESPONSE, late, b"1\0"))
        await gateway.accept(b"3")
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port, response_timeout=20) as open_link:
        late = asyncio.create_task(open_link.submit(parcel()))
        await turns()
        second = await open_link.submit(parcel())
        let_pass(20)
        assert isinstance(await late, Unknown)
        too_late.set()
        third = await open_link.submit(parcel())
    assert (second, third) == (Accepted(provider_ids=("2",)), Accepted(provider_ids=("3",)))


async def test_receipts_beyond_what_we_keep_are_to_come_again_and_do_not_hold_up_answers() -> None:
    storing, refused = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[Receipt]) -> None:
        await storing.wait()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        for number in range(1, 101):
            gateway.say(unit(DELIVER, number, receipt(str(number), filling=60_000)))
        answers = [(await gateway.hear(DELIVER | RESPONSE))[1:3] for _ in range(34)]
        assert {status for status, _ in answers} == {0x64}
        refused.set()
        await gateway.accept()
        storing.set()
        answers += [(await gateway.hear(DELIVER | RESPONSE))[1:3] for _ in range(66)]
        assert [status for status, _ in sorted(answers, key=lambda each: each[1])] == [0] * 66 + [0x64] * 34
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port, take) as open_link:
        await refused.wait()
        assert isinstance(await open_link.submit(parcel()), Accepted)


async def test_what_was_never_written_is_refused_and_will_not_be_written_later() -> None:
    heard = asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.hear(SUBMIT)
        heard.set()
        assert (await gateway.hear(SUBMIT, UNBIND))[0] == UNBIND

    async with scripted(play) as port, link(port, response_timeout=20) as open_link:
        written_by = open_link._session
        written = asyncio.create_task(open_link.submit(parcel()))
        await heard.wait()
        # What asyncio says when the buffers between us and the gateway are full.
        written_by.pause_writing()
        held_back = [asyncio.create_task(open_link.submit(parcel())) for _ in range(3)]
        await turns()
        let_pass(20)
        outcomes = await asyncio.gather(*held_back)
        written_by.resume_writing()
        assert isinstance(await written, Unknown)
    assert [isinstance(each, Refused) and (each.code, each.permanent) for each in outcomes] == [
        ("connection_lost", False)
    ] * 3


async def test_a_gateway_that_does_not_answer_the_bind_is_no_gateway() -> None:
    async def play(gateway: Script) -> None:
        await gateway.hear(BIND)
        let_pass(20)
        await gateway.hear()

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match=r"has not answered the bind\. No answer within 20 seconds"):
            async with link(port, response_timeout=20):
                pass


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
        _, _, sequence, _ = await gateway.hear(BIND)
        gateway.say(unit(BIND | RESPONSE, sequence, status=status))

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match=words):
            async with link(port):
                pass


async def test_a_gateway_that_hangs_up_at_once_is_no_gateway() -> None:
    async def play(gateway: Script) -> None:
        await gateway.hear(BIND)

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match="has closed the connection"):
            async with link(port):
                pass


async def test_an_idle_gateway_that_has_gone_without_a_word_is_noticed() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.hear(ENQUIRE)
        let_pass(20)
        await gateway.hear()

    async with scripted(play) as port, link(port, response_timeout=20, enquire_every=30) as open_link:
        let_pass(30)
        reason = await open_link.lost()
        outcome = await open_link.submit(parcel())
    assert reason.startswith("The gateway has said nothing for ")
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.reason) == ("connection_lost", reason)


async def test_a_gateway_that_does_not_say_goodbye_is_left_after_a_moment() -> None:
    left = asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.hear(UNBIND)
        let_pass(GOODBYE)
        with pytest.raises(asyncio.IncompleteReadError):
            await gateway.hear()
        left.set()

    async with scripted(play) as port:
        async with link(port):
            pass
        await left.wait()


async def test_a_submission_that_nobody_waits_for_any_more_does_not_disturb_the_others() -> None:
    heard, given_up = asyncio.Event(), asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, first, _ = await gateway.hear(SUBMIT)
        heard.set()
        await given_up.wait()
        gateway.say(unit(SUBMIT | RESPONSE, first, b"1\0"))
        for number in range(2, 12):
            await gateway.accept(str(number).encode())
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port, window=1) as open_link:
        first = asyncio.create_task(open_link.submit(parcel()))
        second = asyncio.create_task(open_link.submit(parcel()))
        third = asyncio.create_task(open_link.submit(parcel()))
        await heard.wait()
        first.cancel()
        second.cancel()
        await turns()
        given_up.set()
        assert await third == Accepted(provider_ids=("2",))
        for number in range(3, 12):
            assert await open_link.room() == 1
            assert await open_link.submit(parcel()) == Accepted(provider_ids=(str(number),))


async def test_a_status_of_a_vendor_passes_when_the_settings_say_so() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, sequence, _ = await gateway.hear(SUBMIT)
        gateway.say(unit(SUBMIT | RESPONSE, sequence, status=0x410))
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port) as strict, link(port, retry_statuses=[0x410]) as lenient:
        refusals = [await each.submit(parcel()) for each in (strict, lenient)]
    assert [isinstance(each, Refused) and (each.code, each.permanent) for each in refusals] == [
        ("status_0410", True),
        ("status_0410", False),
    ]


@pytest.mark.parametrize("change", [{"sender": "Ж"}, {"sender": "a" * 21}, {"recipient": "+"}, {"text": "a" * 40_000}])
async def test_what_cannot_be_said_in_smpp_is_refused_before_it_is_said(change: dict[str, Any]) -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        assert (await gateway.hear())[0] == UNBIND

    async with scripted(play) as port, link(port) as open_link:
        outcome = await open_link.submit(parcel(**change))
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent) == ("system", True)


async def test_receipts_that_take_too_long_to_be_stored_are_to_come_again() -> None:
    storing, sent_back = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[Receipt]) -> None:
        storing.set()
        await forever()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(unit(DELIVER, 1, receipt("1")))
        await storing.wait()
        let_pass(inbox.PATIENCE)
        assert (await gateway.hear(DELIVER | RESPONSE))[1:3] == (0x64, 1)
        sent_back.set()
        await gateway.hear(UNBIND)

    async with scripted(play) as port, link(port, take):
        await sent_back.wait()


def test_a_process_that_slept_reads_what_has_come_before_it_gives_anything_up() -> None:
    answered = threading.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.accept()
        await gateway.writer.drain()
        answered.set()
        await gateway.hear(UNBIND)

    async def sleep_through_the_answer(port: int) -> Outcome:
        async with link(port, response_timeout=1) as open_link:
            submitting = asyncio.create_task(open_link.submit(parcel()))
            await turns()
            gives_up_at = time.monotonic() + 1
            # Nothing else happens here meanwhile, as when a machine is suspended.
            wait_for(lambda: answered.is_set() and time.monotonic() > gives_up_at)
            return await submitting

    async def both() -> Outcome:
        async with scripted(play) as port:
            # The loop of the product is another one than that of the tests, and its clock cannot be moved.
            return await asyncio.to_thread(lambda: uvloop.run(sleep_through_the_answer(port)))

    assert asyncio.run(both()) == Accepted(provider_ids=("1",))
