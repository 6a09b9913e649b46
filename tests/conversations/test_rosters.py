"""Lists of chats with whoever is in them: so many people at a time, and no chat with a part of them."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from estafette import conversations
from estafette.conversations import UnknownConversation
from estafette.conversations.actions import opening
from estafette.conversations.models.rosters import Roster
from tests.conversations.staff import Staff


async def pages(staff: Staff, people: int) -> list[Sequence[Roster]]:
    """The list of Gina's chats, page by page."""
    found: list[Sequence[Roster]] = []
    last: UUID | None = None
    while page := await conversations.list_rosters(staff.database, staff.gina, 1_000, people=people, before=last):
        found.append(page)
        last = page[-1].id
    return found


async def test_a_page_ends_where_it_would_name_too_many_people(staff: Staff) -> None:
    first, second, third = [await staff.group(staff.gina, staff.hugo, staff.ida, name=f"Lunch {n}") for n in range(3)]
    direct = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    await staff.say(staff.gina, direct, "Have you a minute?")
    for people, ids in (
        (1, [[direct], [third], [second], [first]]),
        (3, [[direct, third], [second], [first]]),
        (6, [[direct, third, second], [first]]),
        (7, [[direct, third, second, first]]),
    ):
        assert [[each.id for each in page] for page in await pages(staff, people)] == ids
    whole = [staff.hugo.person_id, staff.ida.person_id]
    assert [sorted(each.others) for page in await pages(staff, 1) for each in page][1:] == [sorted(whole)] * 3


async def test_after_a_chat_of_others_there_is_no_list(staff: Staff) -> None:
    foreign = await staff.group(staff.hugo)
    with pytest.raises(UnknownConversation):
        await conversations.list_rosters(staff.database, staff.gina, 10, people=10, before=foreign)
