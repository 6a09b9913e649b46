"""The link against gateways that are slow or silent: time passes when a test says so."""

import asyncio
import threading
import time
from collections.abc import Sequence

import pytest
import uvloop

from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Outcome, Refused, Unknown
from estafette.deliveries.transports.smpp import inbox
from estafette.deliveries.transports.smpp.opening import GOODBYE
from tests.deliveries.smpp.engine import claimed, link
from tests.deliveries.smpp.scripted import (
    BIND,
    DELIVER,
    ENQUIRE,
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


async def test_an_answer_that_comes_too_late_answers_nothing_else() -> None:
    too_late = asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, late, _ = await gateway.receive(SUBMIT)
        await gateway.accept(b"2")
        await too_late.wait()
        gateway.say(unit(SUBMIT | RESPONSE, late, b"1\0"))
        await gateway.accept(b"3")
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port, response_timeout=20) as open_link:
        late = asyncio.create_task(open_link.submit(claimed()))
        await turns()
        second = await open_link.submit(claimed())
        let_pass(20)
        assert isinstance(await late, Unknown)
        too_late.set()
        third = await open_link.submit(claimed())
    assert (second, third) == (Accepted(provider_ids=("2",)), Accepted(provider_ids=("3",)))


async def test_receipts_beyond_what_we_keep_are_to_come_again_and_do_not_hold_up_answers() -> None:
    storing, refused = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[Told]) -> None:
        await storing.wait()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        for number in range(1, 101):
            gateway.say(unit(DELIVER, number, receipt(str(number), filling=60_000)))
        answers = [(await gateway.receive(DELIVER | RESPONSE))[1:3] for _ in range(34)]
        assert {status for status, _ in answers} == {0x64}
        refused.set()
        await gateway.accept()
        storing.set()
        answers += [(await gateway.receive(DELIVER | RESPONSE))[1:3] for _ in range(66)]
        assert [status for status, _ in sorted(answers, key=lambda each: each[1])] == [0] * 66 + [0x64] * 34
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port, take) as open_link:
        await refused.wait()
        assert isinstance(await open_link.submit(claimed()), Accepted)


async def test_what_was_never_written_is_refused_and_will_not_be_written_later() -> None:
    heard = asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.receive(SUBMIT)
        heard.set()
        assert (await gateway.receive(SUBMIT, UNBIND))[0] == UNBIND

    async with scripted(play) as port, link(port, response_timeout=20) as open_link:
        written_by = open_link._session
        written = asyncio.create_task(open_link.submit(claimed()))
        await heard.wait()
        # What asyncio says when the buffers between us and the gateway are full.
        written_by.pause_writing()
        held_back = [asyncio.create_task(open_link.submit(claimed())) for _ in range(3)]
        await turns()
        let_pass(20)
        outcomes = await asyncio.gather(*held_back)
        written_by.resume_writing()
        assert isinstance(await written, Unknown)
    assert [isinstance(each, Refused) and (each.code, each.permanent) for each in outcomes] == [
        ("connection_lost", False)
    ] * 3


async def test_what_was_held_back_for_too_long_is_taken_back_and_the_link_goes_on() -> None:
    heard, held = asyncio.Event(), asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, first, _ = await gateway.receive(SUBMIT)
        heard.set()
        await held.wait()
        gateway.say(unit(SUBMIT | RESPONSE, first, b"1\0"))
        await gateway.accept(b"2")
        assert (await gateway.receive(SUBMIT, UNBIND))[0] == UNBIND

    async with scripted(play) as port, link(port, response_timeout=20) as open_link:
        written_by = open_link._session
        first = asyncio.create_task(open_link.submit(claimed()))
        await heard.wait()
        written_by.pause_writing()
        held_back = asyncio.create_task(open_link.submit(claimed()))
        await turns()
        held.set()
        assert await first == Accepted(provider_ids=("1",))
        let_pass(20)
        outcome = await held_back
        written_by.resume_writing()
        assert await open_link.submit(claimed()) == Accepted(provider_ids=("2",))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.permanent) == ("connection_lost", False)


async def test_a_gateway_that_does_not_answer_the_bind_is_no_gateway() -> None:
    async def play(gateway: Script) -> None:
        await gateway.receive(BIND)
        let_pass(20)
        await gateway.receive()

    async with scripted(play) as port:
        with pytest.raises(LinkRefused, match=r"has not answered the bind\. No answer within 20 seconds"):
            async with link(port, response_timeout=20):
                pass


async def test_an_idle_gateway_that_has_gone_without_a_word_is_noticed() -> None:
    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.receive(ENQUIRE)
        let_pass(20)
        await gateway.receive()

    async with scripted(play) as port, link(port, response_timeout=20, enquire_every=30) as open_link:
        let_pass(30)
        reason = await open_link.lost()
        outcome = await open_link.submit(claimed())
    assert reason.startswith("The gateway has said nothing for ")
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.reason) == ("connection_lost", reason)


async def test_a_gateway_that_does_not_say_goodbye_is_left_after_a_moment() -> None:
    clock, waited = asyncio.get_running_loop(), asyncio.Queue[float]()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.receive(UNBIND)
        asked_at = clock.time()
        let_pass(GOODBYE)
        with pytest.raises(asyncio.IncompleteReadError):
            await gateway.receive()
        waited.put_nowait(clock.time() - asked_at)

    async with scripted(play) as port:
        async with link(port, response_timeout=25):
            pass
        # Long before other answers would be given up.
        assert await waited.get() < 20


async def test_a_submission_that_nobody_waits_for_any_more_does_not_disturb_the_others() -> None:
    heard, given_up = asyncio.Event(), asyncio.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        _, _, first, _ = await gateway.receive(SUBMIT)
        heard.set()
        await given_up.wait()
        gateway.say(unit(SUBMIT | RESPONSE, first, b"1\0"))
        for number in range(2, 12):
            await gateway.accept(str(number).encode())
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port, window=1) as open_link:
        first = asyncio.create_task(open_link.submit(claimed()))
        second = asyncio.create_task(open_link.submit(claimed()))
        third = asyncio.create_task(open_link.submit(claimed()))
        await heard.wait()
        first.cancel()
        second.cancel()
        await turns()
        given_up.set()
        assert await third == Accepted(provider_ids=("2",))
        for number in range(3, 12):
            assert await open_link.capacity() == 1
            assert await open_link.submit(claimed()) == Accepted(provider_ids=(str(number),))


async def test_receipts_that_take_too_long_to_be_stored_are_to_come_again() -> None:
    storing, sent_back = asyncio.Event(), asyncio.Event()

    async def take(_: Sequence[Told]) -> None:
        storing.set()
        await forever()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        gateway.say(unit(DELIVER, 1, receipt("1")))
        await storing.wait()
        let_pass(inbox.PATIENCE)
        assert (await gateway.receive(DELIVER | RESPONSE))[1:3] == (0x64, 1)
        sent_back.set()
        await gateway.receive(UNBIND)

    async with scripted(play) as port, link(port, take):
        await sent_back.wait()


def test_a_process_that_slept_reads_what_has_come_before_it_gives_anything_up() -> None:
    answered = threading.Event()

    async def play(gateway: Script) -> None:
        await gateway.let_in()
        await gateway.accept()
        await gateway.writer.drain()
        answered.set()
        await gateway.receive(UNBIND)

    async def sleep_through_the_answer(port: int) -> Outcome:
        async with link(port, response_timeout=1) as open_link:
            submitting = asyncio.create_task(open_link.submit(claimed()))
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
