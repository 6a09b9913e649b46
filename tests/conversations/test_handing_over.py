"""Whoever is deactivated stays in what was said; where they were the last owner, somebody who is there follows."""

from uuid import UUID

import pytest
from msgspec import structs

from estafette.accounts import SignedIn
from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.base.ids import new_id
from estafette.conversations.actions import membership, opening, viewing
from estafette.conversations.errors import LastOwner
from estafette.conversations.models.conversations import DirectConversation
from estafette.conversations.models.groups import MemberRole
from tests.conversations.staff import Staff
from tests.world import again


async def deactivate(staff: Staff, whom: SignedIn, *, disabled: bool = True) -> None:
    await people.change_person(staff.database, staff.world.root, whom.person_id, PersonChanges(disabled=disabled))
    await staff.world.react()


async def roles(staff: Staff, who: SignedIn, place: UUID) -> dict[str, tuple[MemberRole, bool]]:
    """As what everybody is in a place, and whether they are deactivated."""
    items, _ = await membership.members(staff.database, who, place, None, None, 50)
    return {each.person.name: (each.role, each.deactivated) for each in items}


async def test_the_moderator_follows_the_last_owner_and_all_are_told(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.invite(staff.gina, place, staff.ida, role="moderator")
    number = (await staff.seen(staff.hugo, place)).number
    await deactivate(staff, staff.gina)
    assert await roles(staff, staff.hugo, place) == {
        "Gina": ("owner", True),
        "Hugo": ("member", False),
        "Ida": ("owner", False),
    }
    assert (await staff.seen(staff.hugo, place)).number == number + 1


async def test_without_a_moderator_it_is_who_has_been_there_longest(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    await staff.invite(staff.gina, place, staff.ida, role="reader")
    await staff.invite(staff.gina, place, staff.hugo)
    await deactivate(staff, staff.gina)
    assert (await roles(staff, staff.hugo, place))["Hugo"] == ("owner", False)


async def test_another_owner_is_enough_and_a_deactivated_one_is_not(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.ida)
    await staff.invite(staff.gina, place, staff.hugo, role="owner")
    await deactivate(staff, staff.gina)
    assert (await roles(staff, staff.hugo, place))["Ida"] == ("member", False)
    with pytest.raises(LastOwner):
        await membership.leave(staff.database, staff.hugo, place)
    await deactivate(staff, staff.hugo)
    assert (await roles(staff, staff.ida, place))["Ida"] == ("owner", False)


async def test_who_comes_back_owns_it_again_together_with_who_followed(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    alone = await staff.group(staff.gina)
    await deactivate(staff, staff.gina)
    await deactivate(staff, staff.gina, disabled=False)
    gina = await again(staff.database, staff.gina.person_id)
    assert await roles(staff, gina, place) == {"Gina": ("owner", False), "Hugo": ("owner", False)}
    assert await roles(staff, gina, alone) == {"Gina": ("owner", False)}


async def test_who_is_back_before_it_was_looked_at_keeps_it(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for disabled in (True, False):
        changes = PersonChanges(disabled=disabled)
        await people.change_person(staff.database, staff.world.root, staff.gina.person_id, changes)
    await staff.world.react()
    assert (await roles(staff, staff.hugo, place))["Hugo"] == ("member", False)


async def test_who_is_an_employee_no_more_hands_over_too(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    with_session = structs.replace(staff.world.root, session_id=new_id())
    changes = PersonChanges(roles=["customer"])
    await people.change_person(staff.database, with_session, staff.gina.person_id, changes)
    await staff.world.react()
    assert await roles(staff, staff.hugo, place) == {"Gina": ("owner", False), "Hugo": ("owner", False)}


async def test_a_direct_chat_says_that_the_other_was_deactivated_and_keeps_what_was_said(staff: Staff) -> None:
    place = (await opening.open_direct(staff.database, staff.hugo, staff.gina.person_id)).id
    await staff.say(staff.gina, place, "Hello")
    await deactivate(staff, staff.gina)
    seen = await viewing.conversation(staff.database, staff.hugo.person_id, place)
    assert isinstance(seen, DirectConversation)
    assert seen.deactivated
    assert await staff.texts(staff.hugo, place) == ["Hello"]
