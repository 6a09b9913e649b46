"""Whoever may no longer see something is cut off at once, and nothing slips through meanwhile."""

from estafette.base.ids import new_id
from estafette.realtime.models import HEARTBEAT_SECONDS
from tests.loop_time import let_pass
from tests.realtime.fakes import Somebody, settle, stage
from tests.waiting import eventually


async def test_whoever_is_signed_out_is_cut_off_at_once() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann) as socket:
            ann.may_follow = None
            here.bus.identity(ann.id)
            here.bus.hint(place, 0, 1, ann.id)
            await settle()
            assert socket.types() == ["welcome"]
            assert socket.close_code == 4401


async def test_a_member_who_was_removed_follows_the_partner_no_longer_but_stays_connected() -> None:
    async with stage() as here:
        partner, place, own = new_id(), new_id(), new_id()
        denis = Somebody(partner)
        async with here.connected(denis) as socket:
            denis.may_follow = frozenset([denis.id])
            here.bus.identity(denis.id)
            here.bus.hint(place, 0, 1, partner)
            here.bus.hint(own, 0, 1, denis.id)
            await settle()
            assert socket.spans(place) == []
            assert socket.spans(own) == [(0, 1)]
            assert socket.types() == ["welcome", "welcome", "changes"]
            assert socket.close_code is None


async def test_what_happens_while_rights_are_asked_for_waits_for_the_answer() -> None:
    async with stage() as here:
        partner, place, own = new_id(), new_id(), new_id()
        denis = Somebody(partner)
        async with here.connected(denis) as socket:
            denis.may_follow = frozenset([denis.id])
            denis.answers.clear()
            here.bus.identity(denis.id)
            here.bus.hint(place, 0, 1, partner)
            here.bus.hint(own, 0, 1, denis.id)
            await settle()
            assert socket.types() == ["welcome"]
            denis.answers.set()
            await settle()
            assert socket.spans(place) == []
            assert socket.spans(own) == [(0, 1)]


async def test_nothing_is_lost_when_the_rights_are_still_the_same() -> None:
    async with stage() as here:
        partner, place = new_id(), new_id()
        denis = Somebody(partner)
        async with here.connected(denis) as socket:
            denis.answers.clear()
            here.bus.identity(denis.id)
            for number in range(5):
                here.bus.hint(place, number, number + 1, partner)
                await settle()
            denis.answers.set()
            await settle()
            assert socket.types() == ["welcome", *["changes"] * 5]
            assert socket.spans(place) == [(number, number + 1) for number in range(5)]


async def test_an_answer_that_a_later_question_overtook_does_not_count() -> None:
    async with stage() as here:
        partner, place = new_id(), new_id()
        denis = Somebody(partner)
        async with here.connected(denis) as socket:
            denis.answers.clear()
            here.bus.identity(denis.id)  # answered with the rights of now …
            await settle()
            denis.may_follow = frozenset([denis.id])
            here.bus.identity(denis.id)  # … which are others by now
            here.bus.hint(place, 0, 1, partner)
            await settle()
            denis.answers.set()
            await settle()
            here.bus.hint(place, 1, 2, partner)
            await settle()
            assert socket.spans(place) == []


async def test_whoever_joins_a_partner_follows_it_at_once() -> None:
    async with stage() as here:
        partner, place = new_id(), new_id()
        denis = Somebody()
        async with here.connected(denis) as socket:
            denis.may_follow = frozenset([denis.id, partner])
            here.bus.identity(denis.id)
            await settle()
            here.bus.hint(place, 0, 1, partner)
            await settle()
            assert socket.types() == ["welcome", "welcome", "changes"]


async def test_others_are_not_asked_when_somebody_changes() -> None:
    async with stage() as here:
        ann, ben = Somebody(), Somebody()
        async with here.connected(ann) as socket, here.connected(ben):
            ann.may_follow = None  # would be found out by asking
            here.bus.identity(ben.id)
            await settle()
            assert socket.close_code is None


async def test_when_rights_cannot_be_known_the_connection_is_to_come_back() -> None:
    async with stage() as here:
        ann = Somebody()
        async with here.connected(ann) as socket:
            ann.failure = ConnectionError()
            here.bus.identity(ann.id)
            await settle()
            assert socket.close_code == 1012


async def test_whoever_was_revoked_while_the_bus_was_interrupted_is_cut_off_when_it_is_back() -> None:
    async with stage() as here:
        ann, ben, place = Somebody(), Somebody(), new_id()
        async with here.connected(ann) as to_ann, here.connected(ben) as to_ben:
            ann.may_follow = None  # nobody here heard of it
            here.bus.break_and_mend()
            here.bus.hint(place, 0, 1, ann.id, ben.id)
            await settle()
            assert to_ann.types() == ["welcome"]
            assert to_ann.close_code == 4401
            assert to_ben.types() == ["welcome", "welcome", "changes"]


async def test_rights_are_asked_for_now_and_then_without_a_reason() -> None:
    async with stage() as here:
        ann = Somebody()
        async with here.connected(ann, answers_beats=True) as socket:
            await until_asked_again(ann)
            assert socket.close_code is None
            ann.may_follow = None  # the event got lost
            await until_asked_again(ann)
            assert socket.close_code == 4401


async def test_in_mere_doubt_a_database_that_is_away_ends_no_connection() -> None:
    async with stage() as here:
        ann, place = Somebody(), new_id()
        async with here.connected(ann, answers_beats=True) as socket:
            await until_asked_again(ann)
            ann.failure = ConnectionError()
            for _ in range(3):
                await until_asked_again(ann)
            here.bus.hint(place, 0, 1, ann.id)
            await eventually(lambda: socket.spans(place))
            assert socket.close_code is None


async def test_doubt_does_not_overtake_a_suspicion_that_is_still_being_looked_into() -> None:
    async with stage() as here:
        partner, place = new_id(), new_id()
        denis, ben = Somebody(partner), Somebody()
        async with (
            here.connected(denis, answers_beats=True) as socket,
            here.connected(ben, answers_beats=True),
        ):
            await until_asked_again(ben)
            denis.answers.clear()
            denis.may_follow = frozenset([denis.id])
            here.bus.identity(denis.id)
            here.bus.hint(place, 0, 1, partner)
            await settle()
            denis.failure = ConnectionError()  # of whatever is asked from now on
            asked = denis.asked
            for _ in range(3):
                # Everybody has a turn between two of Ben's; Denis would be asked in his.
                await until_asked_again(ben, denis)
            denis.answers.set()
            await settle()
            assert socket.spans(place) == []
            assert socket.close_code is None
            assert denis.asked == asked


async def until_asked_again(*people: Somebody) -> None:
    """Lets time pass until one of these has been asked for their rights, for no reason but the time."""
    before = [each.asked for each in people]

    async def asked() -> bool:
        # In steps: whoever has not answered a beat for too long is closed.
        let_pass(HEARTBEAT_SECONDS)
        await settle()
        return [each.asked for each in people] != before

    await eventually(asked)
