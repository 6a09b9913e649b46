"""Messages that are said again elsewhere."""

import asyncio
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from estafette import conversations, files
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.base.quotas import Quotas
from estafette.conversations import Message, UnknownConversation, shares_file
from estafette.conversations.actions import editing, forwarding, groups
from estafette.conversations.errors import MessageDeleted, UnknownMessage
from estafette.conversations.models.groups import GroupChanges
from estafette.conversations.models.messages import Forwarded, ForwardedFrom
from estafette.files import open_storage
from tests.conversations.staff import Staff
from tests.conversations.test_attachments import put


async def forward(staff: Staff, who: SignedIn, message: Message, *to: UUID, text: str = "") -> list[Message]:
    """Somebody sends a message on."""
    ask = (staff.database, Quotas(), who.person_id, message.conversation_id, message.id)
    return await forwarding.forward(*ask, to, text)


async def refused(staff: Staff, who: SignedIn, message: Message, *to: UUID, text: str = "") -> dict[str, str]:
    """What is wrong with where somebody sends a message on, by field."""
    with pytest.raises(Invalid) as raised:
        await forward(staff, who, message, *to, text=text)
    return {each.field: each.code for each in raised.value.fields}


async def last(staff: Staff, who: SignedIn, place: UUID) -> Message:
    """The newest message, as it is read."""
    return (await conversations.history(staff.database, who.person_id, place)).items[-1]


async def test_it_says_whose_words_these_are_and_of_an_open_channel_where_from(staff: Staff) -> None:
    news = await staff.channel(staff.gina, staff.hugo)
    one, two = await staff.group(staff.hugo, staff.ida), await staff.group(staff.hugo)
    said = await staff.say(staff.gina, news, "The canteen has **pears**", mentions=(staff.hugo.person_id,))
    sent = await forward(staff, staff.hugo, said, one, two, one)
    assert [each.conversation_id for each in sent] == [one, two]
    read = await last(staff, staff.ida, one)
    assert (read.text, read.sender, read.mentions) == (said.text, staff.hugo.card, [])
    assert read.forwarded == Forwarded("Gina", said.created_at, ForwardedFrom(news, "News", 1))
    await groups.change_group(staff.database, staff.gina, news, GroupChanges(is_open=False))
    [again] = await forward(staff, staff.ida, read, one)
    assert again.forwarded == Forwarded("Gina", said.created_at, None), "the first name, and no closed place"
    await editing.delete_message(staff.database, staff.gina.person_id, news, said.id)
    assert (await last(staff, staff.ida, one)).text == said.text, "what was sent on stays"


async def test_the_channel_is_called_as_it_is_now_and_not_at_all_where_it_is_closed(staff: Staff) -> None:
    news, lunch = await staff.channel(staff.gina, staff.hugo), await staff.group(staff.hugo, staff.ida)
    said = await staff.say(staff.gina, news, "The canteen has pears")
    await forward(staff, staff.hugo, said, lunch)

    async def place() -> ForwardedFrom | None:
        found = (await last(staff, staff.ida, lunch)).forwarded
        assert found is not None
        return found.place

    for name in ("News", "Announcements"):
        await groups.change_group(staff.database, staff.gina, news, GroupChanges(name=name))
        assert await place() == ForwardedFrom(news, name, 1)
    await groups.change_group(staff.database, staff.gina, news, GroupChanges(name="Redundancies", is_open=False))
    assert await place() is None


async def test_a_customer_learns_no_channel(staff: Staff) -> None:
    world = staff.world
    news = await staff.channel(staff.gina)
    said = await staff.say(staff.gina, news, "We close at six")
    place = (await world.write(world.ann, world.chateau, "When do you close?")).conversation.id
    assert await refused(staff, staff.hugo, said, place) == {"conversations[0]": "unknown_conversation"}
    [own] = await forward(staff, world.ann, (await last(staff, world.ann, place)), place)
    assert own.forwarded is not None
    assert (own.forwarded.sender, own.forwarded.place) == ("Ann", None)


async def test_it_goes_to_all_or_none_and_each_that_refuses_is_named(staff: Staff) -> None:
    mine, news = await staff.group(staff.hugo), await staff.channel(staff.gina)
    read_only = await staff.channel(staff.gina)
    await staff.invite(staff.gina, read_only, staff.hugo, role="reader")
    closed = await staff.group(staff.hugo, name="Closed")
    await conversations.archive(staff.database, staff.hugo.person_id, closed)
    said = await staff.say(staff.hugo, mine, "Pears")
    assert await refused(staff, staff.hugo, said, mine, uuid4(), mine, news, read_only, closed) == {
        "conversations[1]": "unknown_conversation",
        "conversations[3]": "not_a_member",
        "conversations[4]": "only_reading",
        "conversations[5]": "conversation_archived",
    }
    assert await refused(staff, staff.hugo, said) == {"conversations": "required"}
    assert await refused(staff, staff.hugo, said, *[uuid4() for _ in range(21)]) == {"conversations": "too_many"}
    assert await staff.texts(staff.hugo, mine) == ["Pears"], "nothing was stored"
    with pytest.raises(UnknownConversation):
        await forward(staff, staff.ida, said, await staff.group(staff.ida))
    await editing.delete_message(staff.database, staff.hugo.person_id, mine, said.id)
    with pytest.raises(MessageDeleted):
        await forward(staff, staff.hugo, said, mine)
    ask = (staff.database, Quotas(), staff.hugo.person_id, mine, uuid4())
    with pytest.raises(UnknownMessage):
        await forwarding.forward(*ask, [mine])


async def test_words_of_ones_own_stand_before_it_in_every_conversation_or_in_none(staff: Staff) -> None:
    mine, other = await staff.group(staff.hugo, staff.ida), await staff.group(staff.hugo)
    said = await staff.say(staff.hugo, mine, "Pears")
    sent = await forward(staff, staff.hugo, said, mine, other, text="For you")
    assert [(each.text, each.forwarded is not None) for each in sent] == [("Pears", True)] * 2
    assert await staff.texts(staff.ida, mine) == ["Pears", "For you", "Pears"]
    assert await staff.texts(staff.hugo, other) == ["For you", "Pears"]
    for text, code in (("x" * 10_001, "too_long"), (" \u200b", "empty_message")):
        assert await refused(staff, staff.hugo, said, other, text=text) == {"text": code}
    wrong = await refused(staff, staff.hugo, said, other, uuid4(), text="And you")
    assert wrong == {"conversations[1]": "unknown_conversation"}
    assert await staff.texts(staff.hugo, other) == ["For you", "Pears"], "nothing was stored"


async def test_files_are_shared_and_go_with_the_last_message_that_shows_them(staff: Staff, tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    one, two = await staff.group(staff.gina, staff.hugo), await staff.group(staff.hugo, staff.ida)
    file = await put(staff.world, storage, staff.gina.person_id, "plan.txt")
    said = await staff.say(staff.gina, one, "The plan", attachments=(file,))
    assert not await shares_file(staff.database, file, staff.ida.person_id)
    [sent] = await forward(staff, staff.hugo, said, two)
    assert [each.id for each in sent.attachments] == [file]
    assert await shares_file(staff.database, file, staff.ida.person_id)
    await editing.delete_message(staff.database, staff.gina.person_id, one, said.id)
    assert await files.describe(staff.database, [file]), "another message shows it"
    assert await shares_file(staff.database, file, staff.ida.person_id)
    assert not await shares_file(staff.database, file, staff.gina.person_id)
    await editing.delete_message(staff.database, staff.hugo.person_id, two, sent.id)
    assert await files.describe(staff.database, [file]) == {}


async def test_what_is_deleted_while_it_is_sent_on_keeps_its_file_or_is_refused(staff: Staff, tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    one, two = await staff.group(staff.gina, staff.hugo), await staff.group(staff.hugo)
    for number in range(5):
        file = await put(staff.world, storage, staff.gina.person_id, f"{number}.txt")
        said = await staff.say(staff.gina, one, "The plan", attachments=(file,))
        sent, _ = await asyncio.gather(
            forward(staff, staff.hugo, said, two),
            editing.delete_message(staff.database, staff.gina.person_id, one, said.id),
            return_exceptions=True,
        )
        there = await files.describe(staff.database, [file])
        assert isinstance(sent, MessageDeleted) != bool(there), (sent, there)
