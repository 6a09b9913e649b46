"""Messages that somebody lets count as unread again, for themselves alone."""

from uuid import UUID

import msgspec
import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.bus import Event
from estafette.base.errors import Invalid
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import opening, reading, viewing
from estafette.conversations.errors import NotAMember
from tests.conversations.staff import Staff


async def back(staff: Staff, who: SignedIn, place: UUID, ordinal: int) -> tuple[int, int, int]:
    """Somebody moves their position back; what is left, as it is answered."""
    state = await reading.move_back(staff.database, who.card, place, ordinal)
    seen = await viewing.conversation(staff.database, who.person_id, place)
    assert (state.unread, state.ordinal) == (seen.unread, seen.read_ordinal)
    return state.ordinal, state.unread, state.mentioned


async def readers(staff: Staff, who: SignedIn, place: UUID) -> dict[str, int]:
    """How far people have read, as somebody sees it."""
    found = await viewing.conversation(staff.database, who.person_id, place)
    return {each.person.name: each.ordinal for each in found.reads}


async def test_what_stands_after_it_is_unread_again_in_a_group(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for number in range(3):
        await staff.say(staff.gina, place, f"Message {number}")
    await staff.say(staff.hugo, place, "My own")
    last = await staff.say(staff.gina, place, "For you", mentions=(staff.hugo.person_id,))
    assert await staff.read(staff.hugo, place, last.ordinal) == 0
    assert await back(staff, staff.hugo, place, 1) == (1, 3, 1), "not their own"
    assert (await readers(staff, staff.gina, place))["Hugo"] == last.ordinal, "others see what he has seen"
    seen = await viewing.seen_by(staff.database, staff.gina.person_id, place, last.id)
    assert [each.person.name for each in seen] == ["Hugo"]
    assert await staff.read(staff.hugo, place, 3) == 1
    assert await back(staff, staff.hugo, place, 0) == (0, 4, 1)
    assert await staff.read(staff.hugo, place, last.ordinal) == 0
    await staff.say(staff.gina, place, "News")
    assert await staff.unread(staff.hugo, place) == 1
    assert await staff.read(staff.hugo, place, 6) == 0
    assert (await readers(staff, staff.gina, place))["Hugo"] == 6


async def test_what_stands_after_it_is_unread_again_on_ones_own_side(staff: Staff) -> None:
    world = staff.world
    place = (await world.write(world.ann, world.chateau, "One")).conversation.id
    await world.say(world.claire, place, "Two")
    await world.say(world.ann, place, "Three")
    await world.say(world.ann, place, "Four")
    assert await staff.read(world.claire, place, 4) == 0
    assert await back(staff, world.claire, place, 2) == (2, 2, 0)
    assert await back(staff, world.claire, place, 0) == (0, 3, 0)
    assert (await readers(staff, world.ann, place))["Claire"] == 4
    assert await staff.unread(world.denis, place) == 3, "a colleague's count is their own"
    assert await staff.read(world.claire, place, 3) == 1
    assert await staff.read(world.claire, place, 4) == 0
    assert await staff.unread(world.claire, place) == 0


async def test_it_moves_back_only_and_not_where_one_has_no_position(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    for number in range(3):
        await staff.say(staff.gina, place, f"Message {number}")
    assert await back(staff, staff.hugo, place, 0) == (0, 3, 0), "nothing was read yet"
    await staff.read(staff.hugo, place, 1)
    assert await back(staff, staff.hugo, place, 2) == (1, 2, 0), "forward is another question"
    assert await back(staff, staff.hugo, place, 2**60) == (1, 2, 0)
    with pytest.raises(Invalid):
        await reading.move_back(staff.database, staff.hugo.card, place, -1)
    with pytest.raises(UnknownConversation):
        await reading.move_back(staff.database, staff.ida.card, place, 0)
    channel = await staff.channel(staff.gina)
    with pytest.raises(NotAMember):
        await reading.move_back(staff.database, staff.ida.card, channel, 0)


async def test_ones_own_connections_are_told_and_nobody_else(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "One")
    await staff.say(staff.gina, place, "Two")
    await staff.read(staff.hugo, place, 2)
    told: list[Event] = []
    monkeypatch.setattr(staff.database.bus, "publish", lambda *events: told.extend(events))
    await reading.move_back(staff.database, staff.hugo.card, place, 0)
    await conversations.mark_read(staff.database, staff.hugo.card, place, 1)
    await conversations.mark_read(staff.database, staff.hugo.card, place, 2)
    monkeypatch.undo()
    sent = [msgspec.json.decode(each.data) for each in told if each.kind == "frame"]
    assert {topic for each in sent for topic in each["topics"]} == {str(staff.hugo.person_id)}
    frames = [each["frame"] for each in sent if each["frame"]["type"] != "notifications"]
    assert [(each["type"], each["ordinal"], each["unread"]) for each in frames] == [
        ("unread", 0, 2),
        ("unread", 1, 1),
        ("unread", 2, 0),
    ], "for the others nothing has moved"
