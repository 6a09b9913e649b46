"""The hub: nobody misses what they follow, nobody gets what they may not see, and nothing is read in vain."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estafette.base.bus import event
from estafette.base.ids import new_id
from estafette.realtime.connection import TYPING_SECONDS
from estafette.realtime.feeds import MAX_SPAN
from estafette.realtime.hub import LAST_WORDS_SECONDS
from tests.loop_time import let_pass
from tests.realtime.fakes import FRAME, Somebody, contiguous, settle, stage
from tests.waiting import eventually


async def test_a_connection_is_subscribed_before_it_is_welcomed() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        ann.answers.clear()
        async with here.connected(ann) as socket:
            here.bus.hint(place, 4, 5, ann.id)
            await settle()
            assert socket.sent == []
            ann.answers.set()
            await settle()
            assert socket.types() == ["welcome", "changes"]
            assert socket.spans(place) == [(4, 5)]


async def test_whoever_was_revoked_while_connecting_is_never_welcomed() -> None:
    async with stage() as here:
        ann = Somebody()
        ann.answers.clear()
        async with here.connected(ann) as socket:
            ann.may_follow = None
            here.bus.identity(ann.id)
            ann.answers.set()
            await settle()
            assert socket.sent == []
            assert socket.close_code == 4401


async def test_everybody_who_follows_gets_the_same_frame_from_one_reading() -> None:
    async with stage() as here:
        place, partner = new_id(), new_id()
        people = [Somebody(partner) for _ in range(50)]
        contexts = [here.connected(each) for each in people]
        sockets = [await each.__aenter__() for each in contexts]
        here.bus.hint(place, 0, 1, partner, people[0].id)
        await settle()
        assert len(here.reader.asked) == 1
        assert [socket.spans(place) for socket in sockets] == [[(0, 1)]] * 50
        assert len({id(socket.texts[-1]) for socket in sockets}) == 1  # encoded once, not once per connection
        for each in contexts:
            await each.__aexit__(None, None, None)


async def test_nothing_is_read_that_nobody_follows() -> None:
    async with stage() as here:
        async with here.connected(Somebody()):
            for number in range(20):
                here.bus.hint(new_id(), number, number + 1, new_id())
            await settle()
        assert here.reader.asked == []


async def test_nothing_is_read_for_those_who_have_gone() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann):
            here.bus.hint(place, 0, 1, ann.id)
            await settle()
        here.bus.hint(place, 1, 2, ann.id)
        await settle()
        assert len(here.reader.asked) == 1
        assert here.hub.connections == 0


async def test_what_moves_while_reading_is_read_together_afterwards() -> None:
    async with stage() as here:
        ann = Somebody()
        places = [new_id() for _ in range(5)]
        async with here.connected(ann) as socket:
            for number in range(40):
                for place in places:
                    here.bus.hint(place, number, number + 1, ann.id)
            await settle()
            assert len(here.reader.asked) == 1
            assert [socket.spans(place) for place in places] == [[(0, 40)]] * 5


async def test_a_lost_hint_is_closed_by_the_next() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            here.bus.hint(place, 7, 8, ann.id)
            await settle()
            here.bus.hint(place, 11, 12, ann.id)  # 8 to 11 got lost
            await settle()
            assert socket.spans(place) == [(7, 8), (8, 12)]


async def test_a_repeated_hint_is_not_told_again() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            for _ in range(3):
                here.bus.hint(place, 0, 1, ann.id)
                await settle()
            assert socket.spans(place) == [(0, 1)]


async def test_a_long_absence_is_not_told_but_left_to_be_asked_for() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            here.bus.hint(place, 0, 1, ann.id)
            await settle()
            here.bus.hint(place, 9_999, 10_000, ann.id)
            await settle()
            assert socket.spans(place) == [(0, 1), (10_000 - MAX_SPAN, 10_000)]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["heard", "lost", "twice", "late", "read"])),
        min_size=1,
        max_size=40,
    )
)
async def test_frames_join_without_a_gap_whatever_happens_to_hints(steps: list[tuple[int, str]]) -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        head, late = 0, list[tuple[int, int]]()
        async with here.connected(ann) as socket:
            for length, fate in steps:
                after, head = head, head + length
                if fate in ("heard", "twice", "read"):
                    here.bus.hint(place, after, head, ann.id)
                if fate == "twice":
                    here.bus.hint(place, after, head, ann.id)
                if fate == "late":
                    late.append((after, head))
                if fate == "read":
                    await settle(3)
            for after, until_ in late:
                here.bus.hint(place, after, until_, ann.id)
            here.bus.hint(place, head, head + 1, ann.id)
            await settle()
            spans = socket.spans(place)
            assert contiguous(spans)
            assert spans[-1][1] == head + 1


async def test_what_could_not_be_read_is_read_again() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        here.reader.failures = 2
        async with here.connected(ann) as socket:
            here.bus.hint(place, 0, 1, ann.id)
            await settle()
            assert socket.spans(place) == []
            here.bus.hint(place, 1, 2, ann.id)
            await eventually(lambda: socket.spans(place))
            assert socket.spans(place) == [(0, 2)]


async def test_a_gap_in_the_bus_asks_everybody_to_read_the_state_again() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            here.bus.hint(place, 0, 1, ann.id)
            await settle()
            here.bus.break_and_mend()
            await settle()
            here.bus.hint(place, 500, 501, ann.id)
            await settle()
            assert socket.types() == ["welcome", "changes", "welcome", "changes"]
            # What came in the gap is asked for by whoever needs it, not guessed from where this process stood.
            assert socket.spans(place)[-1] == (500, 501)


async def test_a_hint_of_what_was_never_committed_hides_nothing() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        here.reader.committed[place] = 3
        async with here.connected(ann) as socket:
            here.bus.hint(place, 3, 4, ann.id)  # its transaction was rolled back
            await settle()
            assert socket.spans(place) == []
            here.reader.committed[place] = 4
            here.bus.hint(place, 3, 4, ann.id)
            await settle()
            assert socket.spans(place) == [(3, 4)]


async def test_one_stream_that_cannot_be_read_does_not_stop_the_others() -> None:
    async with stage() as here:
        ann, bad, good = Somebody(), new_id(), new_id()
        here.reader.broken.add(bad)
        async with here.connected(ann) as socket:
            for number in range(3):
                here.bus.hint(bad, number, number + 1, ann.id)
                here.bus.hint(good, number, number + 1, ann.id)
                await settle()
            assert contiguous(socket.spans(good))
            assert socket.spans(good)[-1][1] == 3
            assert socket.spans(bad) == []
            here.reader.broken.clear()
            here.bus.hint(bad, 3, 4, ann.id)
            await settle()
            assert socket.spans(bad) == [(3, 4)]  # a gap, which its readers ask for


async def test_state_that_is_not_logged_reaches_those_it_is_for() -> None:
    async with stage() as here:
        ann, ben = Somebody(), Somebody()
        async with here.connected(ann) as to_ann, here.connected(ben) as to_ben:
            here.bus.publish(event(FRAME, {"topics": [ann.id], "frame": {"type": "typing"}}))
            await settle()
            assert to_ann.types() == ["welcome", "typing"]
            assert to_ben.types() == ["welcome"]


async def test_stopping_tells_everybody_to_come_back() -> None:
    async with stage() as here, here.connected(Somebody()) as socket:
        await here.hub.stop()
        assert socket.close_code == 1012


async def test_stopping_does_not_wait_long_for_those_who_do_not_read() -> None:
    async with stage() as here, here.connected(Somebody()) as socket:
        socket.stall()
        stopping = asyncio.create_task(here.hub.stop())
        await settle()
        assert not stopping.done()
        let_pass(LAST_WORDS_SECONDS)
        await settle()
        assert stopping.done()


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("not JSON", None),
        ("[]", None),
        ('{"type":"shout"}', None),
        ('{"type":"typing"}', None),
        ('{"type":"typing","conversation":"nowhere"}', None),
        (None, b"\xff\xfe"),
        (None, b'{"type":"\xff"}'),
    ],
)
async def test_a_bad_frame_ends_the_connection_with_4400(text: str | None, data: bytes | None) -> None:
    async with stage() as here, here.connected(Somebody()) as socket:
        socket.say_raw(text=text, data=data)
        await settle()
        assert socket.close_code == 4400
        assert here.hub.connections == 0


async def test_typing_is_passed_on_once_a_second() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            for second in (1, 2):
                for _ in range(20):
                    socket.say({"type": "typing", "conversation": place})
                await settle()
                assert ann.said == [("typing", place)] * second
                let_pass(TYPING_SECONDS)


async def test_typing_that_cannot_be_told_does_not_end_the_connection() -> None:
    async with stage() as here:
        ann = Somebody()
        async with here.connected(ann) as socket:
            ann.failure = ConnectionError()
            socket.say({"type": "typing", "conversation": new_id()})
            await settle()
            assert socket.close_code is None
            assert here.hub.connections == 1
