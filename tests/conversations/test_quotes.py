"""Messages that reply to another one, which they quote as it is now."""

from uuid import UUID, uuid4

import msgspec
import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.base.ids import new_id
from estafette.conversations import Draft, Message, UnknownConversation
from estafette.conversations.actions import editing, opening, viewing
from estafette.conversations.models.messages import Quoted
from tests.conversations.staff import Staff
from tests.live.held import Thread


async def last(staff: Staff, who: SignedIn, place: UUID) -> Message:
    """The newest message, as it is read."""
    return (await conversations.history(staff.database, who.person_id, place)).items[-1]


async def test_a_reply_quotes_what_it_replies_to(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "Pears for lunch? " + "🍐" * 300)
    reply = await staff.say(staff.hugo, place, "Yes", reply_to=said.id)
    assert reply.quoted == Quoted(
        id=said.id, ordinal=1, sender=staff.gina.card, excerpt=said.text[:200], attachments=0, deleted=False
    )
    assert await last(staff, staff.gina, place) == msgspec.structs.replace(reply, key=None)
    assert (
        reply == (await viewing.changes_after(staff.database, staff.gina.person_id, place, 0, 100)).changes[-1].message
    )


async def test_a_quote_shows_what_became_of_the_message(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(staff.gina, place, "The password is swordfish")
    reply = await staff.say(staff.hugo, place, "Not here, please", reply_to=said.id)
    before = await conversations.history(staff.database, staff.hugo.person_id, place)
    held = Thread(before.number, _json(before.items), str(staff.hugo.person_id))
    ask = (staff.database, staff.gina.person_id, place, said.id)
    await editing.edit_message(*ask, "The password is hidden")
    quoted = (await last(staff, staff.hugo, place)).quoted
    assert quoted is not None
    assert quoted.excerpt == "The password is hidden"
    await editing.delete_message(*ask)
    quoted = (await last(staff, staff.hugo, place)).quoted
    assert quoted is not None
    assert (quoted.excerpt, quoted.deleted, quoted.ordinal) == ("", True, 1)
    found = await viewing.changes_after(staff.database, staff.hugo.person_id, place, before.number, 100)
    held.apply(_json(found.changes), found.until)
    after = await conversations.history(staff.database, staff.hugo.person_id, place)
    assert held == Thread(after.number, _json(after.items), str(staff.hugo.person_id))
    gone = await editing.delete_message(staff.database, staff.hugo.person_id, place, reply.id)
    assert gone.quoted is None


async def test_only_what_stands_in_the_same_conversation_is_quoted(staff: Staff) -> None:
    place, other = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina)
    elsewhere = await staff.say(staff.gina, other, "A secret")
    deleted = await staff.say(staff.gina, place, "Gone")
    await editing.delete_message(staff.database, staff.gina.person_id, place, deleted.id)
    for message_id in (elsewhere.id, deleted.id, uuid4()):
        with pytest.raises(Invalid) as refused:
            await staff.say(staff.hugo, place, "What?", reply_to=message_id)
        assert [(each.field, each.code) for each in refused.value.fields] == [("reply_to", "unknown_message")]
    assert await staff.texts(staff.hugo, place) == [""], "nothing was stored"
    with pytest.raises(UnknownConversation):
        await staff.say(staff.ida, place, "What?", reply_to=deleted.id)


async def test_a_customer_quotes_what_the_partner_wrote_and_a_retry_finds_it_again(staff: Staff) -> None:
    world = staff.world
    first = await world.write(world.ann, world.chateau, "Is the garden open?")
    answer = await world.say(world.claire, first.conversation.id, "Until six")

    async def reply() -> Message:
        ask = (staff.database, world.sender, world.ann, world.chateau, "And on Sunday?", (), "a-key")
        return (await opening.write_to_partner(*ask, reply_to=answer.id)).message

    replied = await reply()
    assert replied.quoted is not None
    assert (replied.quoted.sender, replied.quoted.excerpt) == (world.claire.card, "Until six")
    await editing.delete_message(staff.database, world.claire.person_id, first.conversation.id, answer.id)
    again = await reply()
    assert (again.id, again.quoted and again.quoted.deleted) == (replied.id, True)


async def test_a_page_of_replies_costs_one_statement_more(staff: Staff) -> None:
    place = await staff.group(staff.gina)

    async def cost() -> int:
        before = staff.database.statements
        await conversations.history(staff.database, staff.gina.person_id, place)
        return staff.database.statements - before

    said = await staff.say(staff.gina, place, "Pears")
    plain = await cost()
    before = staff.database.statements
    for number in range(10):
        said = await staff.world.sender.send(
            Draft(
                id=new_id(),
                conversation_id=place,
                person_id=staff.gina.person_id,
                text=f"Reply {number}",
                reply_to=said.id,
            )
        )
    assert staff.database.statements - before == 10, "sending stays one statement"
    assert await cost() == plain + 1


def _json(given: object) -> list[dict[str, object]]:
    return msgspec.json.decode(msgspec.json.encode(given))
