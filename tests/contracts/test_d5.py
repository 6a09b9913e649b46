"""Document D5: what it promises about conversations of a storefront, over HTTP."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from estafette import accounts
from estafette.base import pending_reactions
from tests.contracts.storefront import Person, as_person, customer, partner
from tests.live.client import Json
from tests.processes import Site
from tests.waiting import eventually

ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")


def is_message(found: Json) -> None:
    assert found.keys() == {"id", "content", "senderId", "conversationId", "createdAt", "read"}
    for name in ("id", "senderId", "conversationId"):
        assert str(UUID(found[name])) == found[name]
    assert isinstance(found["content"], str)
    assert isinstance(found["read"], bool)
    is_time(found["createdAt"])


def is_time(text: object) -> None:
    assert isinstance(text, str)
    assert ISO_TIME.fullmatch(text), text
    assert abs(datetime.now(UTC) - datetime.fromisoformat(text)) < timedelta(minutes=5)


def is_conversation(found: Json) -> None:
    assert found.keys() == {"id", "clientId", "partnerId", "lastMessageAt", "unreadCount", "messages"}
    for name in ("id", "clientId", "partnerId"):
        assert str(UUID(found[name])) == found[name]
    assert type(found["unreadCount"]) is int
    is_time(found["lastMessageAt"])
    [newest] = found["messages"]
    is_message(newest)
    assert newest["conversationId"] == found["id"]


async def test_a_customers_first_message_opens_the_conversation(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    assert await ann.conversations() == []
    sent = await ann.say("Bonjour, est-ce que le château est libre en juin ?", partnerId=chateau.id)
    is_message(sent)
    assert sent["content"] == "Bonjour, est-ce que le château est libre en juin ?"
    assert sent["senderId"] == ann.id
    assert sent["read"] is False
    [found] = await ann.conversations()
    is_conversation(found)
    assert (found["id"], found["clientId"], found["partnerId"]) == (sent["conversationId"], ann.id, chateau.id)


async def test_both_sides_continue_it_by_its_id_and_the_customer_by_the_partner_too(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    first = await ann.say("One", partnerId=chateau.id)
    conversation_id = first["conversationId"]
    second = await ann.say("Two", conversationId=conversation_id)
    third = await ann.say("Three", partnerId=chateau.id)
    fourth = await chateau.members[0].say("Four", conversationId=conversation_id)
    assert {each["conversationId"] for each in (second, third, fourth)} == {conversation_id}
    said = [each for each in await ann.messages(conversation_id) if each["senderId"] != chateau.id]
    assert [each["content"] for each in said] == ["One", "Two", "Three", "Four"]


async def test_a_member_answers_under_their_own_user_id(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    for member in chateau.members:
        assert (await member.say("Good day", conversationId=conversation_id))["senderId"] == member.id


async def test_both_sides_see_the_same_messages(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    await confirmed(ann, conversation_id)
    await chateau.members[0].say("Good day", conversationId=conversation_id)
    await ann.messages(conversation_id)
    claire, denis = chateau.members
    seen = [await each.messages(conversation_id) for each in (ann, claire, denis, ann, claire)]
    assert seen[-1] == seen[-2]
    assert [[one["id"] for one in each] for each in seen] == [[one["id"] for one in seen[0]]] * 5


async def confirmed(who: Person, conversation_id: str) -> Json:
    """The automatic confirmation, once the worker has given it."""

    async def given() -> list[Json]:
        return [each for each in await who.messages(conversation_id) if each["senderId"] != who.id]

    found: list[Json] = await eventually(given)
    return found[0]


async def test_the_automatic_confirmation_has_the_partner_as_its_sender(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    confirmation = await confirmed(ann, conversation_id)
    is_message(confirmation)
    assert confirmation["senderId"] == chateau.id
    assert confirmation["content"]
    await ann.say("Anybody?", conversationId=conversation_id)

    async def the_worker_has_looked_at_it() -> bool:
        return await pending_reactions.waiting(here.world.database) == 0

    await eventually(the_worker_has_looked_at_it)
    assert [each["senderId"] for each in await ann.messages(conversation_id)].count(chateau.id) == 1


async def test_the_list_is_latest_first_and_holds_the_newest_message_only(here: Site) -> None:
    ann = await customer(here)
    partners = [await partner(here) for _ in range(3)]
    places: list[str] = []
    for each in partners:
        places.append((await ann.say("First", partnerId=each.id))["conversationId"])
        await confirmed(ann, places[-1])
    assert [each["id"] for each in await ann.conversations()] == places[::-1]
    newest = await ann.say("Again", conversationId=places[0])
    listed = await ann.conversations()
    assert [each["id"] for each in listed] == [places[0], places[2], places[1]]
    for each in listed:
        is_conversation(each)
    assert listed[0]["messages"] == [newest]
    assert listed[0]["lastMessageAt"] == newest["createdAt"]


async def test_the_unread_count_is_that_of_the_person_who_asks(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    claire, denis = chateau.members
    conversation_id = (await ann.say("One", partnerId=chateau.id))["conversationId"]
    await confirmed(ann, conversation_id)
    await ann.say("Two", conversationId=conversation_id)
    assert await unread(ann, conversation_id) == 0
    assert (await unread(claire, conversation_id), await unread(denis, conversation_id)) == (2, 2)
    await claire.messages(conversation_id)
    assert (await unread(claire, conversation_id), await unread(denis, conversation_id)) == (0, 2)
    await claire.say("Answer", conversationId=conversation_id)
    assert (await unread(ann, conversation_id), await unread(denis, conversation_id)) == (1, 2)


async def unread(who: Person, conversation_id: str) -> int:
    return (await who.conversation(conversation_id))["unreadCount"]


async def test_reading_marks_messages_read_for_the_other_side(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    claire, denis = chateau.members
    sent = await ann.say("Hello", partnerId=chateau.id)
    conversation_id = sent["conversationId"]
    await confirmed(ann, conversation_id)
    assert await is_read(ann, sent) is False
    await ann.messages(conversation_id)  # one's own reading does not count
    assert await is_read(ann, sent) is False
    await claire.messages(conversation_id)
    assert await is_read(ann, sent) is True
    answer = await claire.say("Good day", conversationId=conversation_id)
    await denis.messages(conversation_id)  # a colleague is of the same side
    assert await is_read(claire, answer) is False
    await ann.messages(conversation_id)
    assert await is_read(claire, answer) is True
    assert (await claire.conversation(conversation_id))["messages"][0]["read"] is True


async def is_read(who: Person, message: Json) -> bool:
    """What the message says, asked by somebody whose reading of it changes nothing."""
    [found] = [each for each in await who.messages(message["conversationId"]) if each["id"] == message["id"]]
    return found["read"]


async def test_the_list_and_the_conversation_agree_on_what_was_read_whichever_member_read_last(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    claire, denis = chateau.members
    first = await ann.say("One", partnerId=chateau.id)
    conversation_id = first["conversationId"]
    await confirmed(ann, conversation_id)
    second = await ann.say("Two", conversationId=conversation_id)
    await claire.messages(conversation_id)  # all of it
    await denis.messages(conversation_id, before=second["id"])  # later, but not as far
    [listed] = (await ann.conversation(conversation_id))["messages"]
    assert listed["id"] == second["id"]
    assert listed["read"] is await is_read(ann, second) is True


async def test_a_token_that_may_only_read_marks_nothing_read(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    claire = chateau.members[0]
    scopes: tuple[accounts.Scope, ...] = ("read",)
    token = await accounts.create_token(here.world.database, UUID(claire.id), "bot", scopes)
    bot = Person(here, UUID(claire.id), token)
    assert (await bot.messages(conversation_id))[0]["content"] == "Hello"
    assert await unread(claire, conversation_id) >= 1
    await claire.messages(conversation_id)
    assert await unread(claire, conversation_id) == 0


async def test_listing_marks_nothing_read(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    conversation_id = (await ann.say("Hello", partnerId=chateau.id))["conversationId"]
    for _ in range(2):
        assert await unread(chateau.members[0], conversation_id) == 1


async def test_it_answers_the_newest_five_hundred_of_more_oldest_to_newest(here: Site) -> None:
    world = here.world
    ann, chateau = await as_person(here, world.ben), world.bakery
    conversation_id = (await world.write(world.ben, chateau, "0")).conversation.id
    await confirmed(ann, str(conversation_id))
    for first in range(1, 521, 104):
        await asyncio.gather(*(world.say(world.ben, conversation_id, f"{first + n}") for n in range(104)))
    everything = await ann.messages(str(conversation_id))
    assert len(everything) == 500
    times = [each["createdAt"] for each in everything]
    assert times == sorted(times)
    for each in everything:
        is_message(each)
    assert (await ann.messages(str(conversation_id), limit=3)) == everything[-3:]
    assert (await ann.messages(str(conversation_id), limit=500)) == everything
    # Back through all of it, page by page.
    held = everything
    while page := await ann.messages(str(conversation_id), before=held[0]["id"], limit=200):
        held = page + held
    assert len(held) == 522
    assert len({each["id"] for each in held}) == 522
    assert held[0]["content"] == "0"


async def test_a_retry_with_its_key_gets_the_first_message(here: Site) -> None:
    ann, chateau = await customer(here), await partner(here)
    first = await ann.say("Hello", partnerId=chateau.id, key="first")
    assert await ann.say("Hello", partnerId=chateau.id, key="first") == first
    conversation_id = first["conversationId"]
    answers = await asyncio.gather(*(ann.say("Twice?", conversationId=conversation_id, key="second") for _ in range(5)))
    assert answers == answers[:1] * 5
    await confirmed(ann, conversation_id)
    assert [each["content"] for each in await ann.messages(conversation_id) if each["senderId"] == ann.id] == [
        "Hello",
        "Twice?",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE messages; --",
        "</textarea><iframe srcdoc='<b>'>",
        "javascript:alert(1) **bold** `code` $1 %s {0} \\n",
        "日本語 🏰 العربية \u202e gone",
        "Line one\nLine two\r\n\tLine three",
        "x" * 10_000,
    ],
)
async def test_what_was_written_stays_the_text_that_it_is(here: Site, content: str) -> None:
    ann, chateau = await customer(here, "<b>Ann</b>"), await partner(here)
    sent = await ann.say(content, partnerId=chateau.id)
    assert sent["content"] == content
    found = await chateau.members[0].messages(sent["conversationId"])
    assert found[0]["content"] == content
    assert (await ann.conversation(sent["conversationId"]))["messages"][0]["content"]
