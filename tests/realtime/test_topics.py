"""Joining and leaving change one topic of a connection, with the commit; who looks at something is told, too."""

from uuid import UUID

from estafette.base.bus import event
from estafette.base.ids import new_id
from estafette.realtime import TOPIC, TopicChange
from estafette.realtime.rights import MOST_WATCHED
from tests.realtime.fakes import Somebody, Stage, settle, stage


def topic_changes(here: Stage, topic: UUID, *people: UUID, follows: bool) -> None:
    here.bus.publish(event(TOPIC, TopicChange(topic=topic, people=people, follows=follows)))


async def test_who_joins_is_told_from_then_on_without_a_new_welcome() -> None:
    async with stage() as here:
        gina, place = Somebody(), new_id()
        async with here.connected(gina) as socket:
            here.bus.hint(place, 0, 1, place)
            await settle()
            topic_changes(here, place, gina.id, follows=True)
            here.bus.hint(place, 1, 2, place)
            await settle()
            assert socket.spans(place) == [(1, 2)]
            assert socket.types() == ["welcome", "changes"]
            assert gina.asked == 1, "nobody was asked for her rights again"


async def test_who_is_removed_is_told_nothing_of_what_is_said_after_it() -> None:
    async with stage() as here:
        place = new_id()
        gina = Somebody(place)
        async with here.connected(gina) as socket:
            here.bus.hint(place, 0, 1, place)
            await settle()
            topic_changes(here, place, gina.id, follows=False)
            here.bus.hint(place, 1, 2, place)
            await settle()
            assert socket.spans(place) == [(0, 1)]
            # With the commit, so that a process that dies after it cannot fail to say so.
            assert socket.types() == ["welcome", "changes", "left"]


async def test_who_did_not_follow_a_topic_is_not_told_that_they_left_it() -> None:
    async with stage() as here:
        gina, place = Somebody(), new_id()
        async with here.connected(gina) as socket:
            topic_changes(here, place, gina.id, follows=False)
            await settle()
            assert socket.types() == ["welcome"]


async def test_what_was_hinted_before_a_removal_and_is_read_after_it_is_not_told() -> None:
    async with stage() as here:
        place = new_id()
        gina = Somebody(place)
        async with here.connected(gina) as socket:
            here.bus.hint(place, 0, 1, place)
            topic_changes(here, place, gina.id, follows=False)
            await settle()
            assert socket.spans(place) == []


async def test_a_change_that_comes_while_rights_are_asked_for_is_not_undone_by_the_answer() -> None:
    async with stage() as here:
        place, other = new_id(), new_id()
        gina = Somebody(place)
        async with here.connected(gina) as socket:
            gina.answers.clear()
            here.bus.identity(gina.id)
            await settle()
            # The answer on its way is of before.
            gina.may_follow = frozenset((gina.id, other))
            topic_changes(here, place, gina.id, follows=False)
            topic_changes(here, other, gina.id, follows=True)
            here.bus.hint(place, 0, 1, place)
            here.bus.hint(other, 0, 1, other)
            gina.answers.set()
            await settle()
            assert (socket.spans(place), socket.spans(other)) == ([], [(0, 1)])


async def test_after_a_change_that_names_nobody_those_who_are_in_it_are_told() -> None:
    async with stage() as here:
        place = new_id()
        gina, hugo = Somebody(), Somebody()
        async with here.connected(gina) as hers, here.connected(hugo) as his:
            here.followers = {gina.id}
            gina.may_follow = frozenset((gina.id, place))
            topic_changes(here, place, follows=True)
            await settle()
            here.bus.hint(place, 0, 1, place)
            await settle()
            assert (hers.spans(place), his.spans(place)) == ([(0, 1)], [])
            # The change itself may have been told before it was known who is in it.
            assert hers.types() == ["welcome", "joined", "changes"]


async def test_who_is_let_into_several_at_once_is_told_of_each() -> None:
    async with stage() as here:
        places = [new_id(), new_id()]
        gina = Somebody()
        async with here.connected(gina) as socket:
            here.followers = {gina.id}
            gina.may_follow = frozenset((gina.id, *places))
            gina.answers.clear()
            for place in places:
                topic_changes(here, place, follows=True)
                await settle()
            gina.answers.set()
            await settle()
            joined = [each["conversation"] for each in socket.sent if each["type"] == "joined"]
            assert sorted(joined) == sorted(map(str, places))
            assert socket.types().count("welcome") == 1


async def test_who_looks_at_something_while_rights_change_is_welcomed_anew_all_the_same() -> None:
    async with stage() as here:
        gina, place, partner = Somebody(), new_id(), new_id()
        gina.may_look_at = {place}
        async with here.connected(gina) as socket:
            gina.may_follow = frozenset((gina.id, partner))
            gina.answers.clear()
            here.bus.identity(gina.id)
            await settle()
            socket.say({"type": "watch", "conversation": place})
            await settle()
            gina.answers.set()
            await settle()
            assert socket.types() == ["welcome", "welcome", "watching"]


async def test_who_looks_at_a_channel_is_told_of_it_until_they_look_no_more() -> None:
    async with stage() as here:
        gina, place = Somebody(), new_id()
        gina.may_look_at = {place}
        async with here.connected(gina) as socket:
            socket.say({"type": "watch", "conversation": place})
            await settle()
            here.bus.hint(place, 0, 1, place)
            await settle()
            socket.say({"type": "unwatch", "conversation": place})
            await settle()
            here.bus.hint(place, 1, 2, place)
            await settle()
            assert socket.spans(place) == [(0, 1)]
            assert socket.types() == ["welcome", "watching", "changes"]


async def test_who_may_not_look_is_told_nothing() -> None:
    async with stage() as here:
        gina, place = Somebody(), new_id()
        async with here.connected(gina) as socket:
            socket.say({"type": "watch", "conversation": place})
            here.bus.hint(place, 0, 1, place)
            await settle()
            here.bus.hint(place, 1, 2, place)
            await settle()
            assert socket.types() == ["welcome", "left"]


async def test_strangers_who_look_at_a_channel_that_is_closed_are_told_nothing_more() -> None:
    async with stage() as here:
        place = new_id()
        gina, hugo = Somebody(), Somebody(place)
        gina.may_look_at = {place}
        async with here.connected(gina) as hers, here.connected(hugo) as his:
            hers.say({"type": "watch", "conversation": place})
            await settle()
            gina.may_look_at = set()
            topic_changes(here, place, follows=False)
            here.bus.hint(place, 0, 1, place)
            await settle()
            assert (hers.spans(place), his.spans(place)) == ([], [(0, 1)])
            assert hers.types() == ["welcome", "watching", "left"]
            assert hers.close_code is None


async def test_looking_has_a_limit() -> None:
    async with stage() as here:
        gina = Somebody()
        places = [new_id() for _ in range(MOST_WATCHED + 1)]
        gina.may_look_at = set(places)
        async with here.connected(gina) as socket:
            for place in places:
                socket.say({"type": "watch", "conversation": place})
            await settle()
            here.bus.hint(places[0], 0, 1, places[0])
            here.bus.hint(places[-1], 0, 1, places[-1])
            await settle()
            assert (socket.spans(places[0]), socket.spans(places[-1])) == ([(0, 1)], [])


async def test_who_is_in_it_already_may_look_at_it_at_once() -> None:
    async with stage() as here:
        place = new_id()
        gina = Somebody(place)
        async with here.connected(gina) as socket:
            socket.say({"type": "watch", "conversation": place})
            await settle()
            assert socket.types() == ["welcome", "watching"]
            assert gina.asked == 1
