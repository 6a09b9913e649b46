"""Mentions: people are found by how their names begin, and where nothing is marked a mention is a name."""

from estafette.accounts.actions import profiles
from estafette.accounts.models.inputs import ProfileChanges
from estafette.conversations.actions import membership
from tests.conversations.later import later, remind
from tests.conversations.seeking import found
from tests.conversations.staff import Staff
from tests.notifications.people import bell
from tests.world import sign_in


async def test_a_mention_is_found_and_told_by_its_name(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    hugo = staff.hugo.person_id
    await staff.say(staff.gina, place, f"@[Hugo](person:{hugo}), please look", mentions=(hugo,))
    await staff.world.react()
    [told] = await bell(staff.world, staff.hugo)
    assert told.text == "@Hugo, please look"
    assert len(await found(staff.database, staff.hugo, "hugo")) == 1
    assert await found(staff.database, staff.hugo, "person") == []


async def test_who_is_mentioned_is_told_of_by_the_present_name_and_nobody_else_is(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo, staff.ida)
    hugo, ann = staff.hugo.person_id, staff.world.ann.person_id
    said = await staff.say(
        staff.gina, place, f"@[Hugo](person:{hugo}) and @[Anna](person:{ann}), please look", mentions=(hugo, ann)
    )
    assert said.mentions == [hugo], "a customer is no member"
    await staff.world.react()
    await remind(staff, staff.ida, place, said.id)
    await profiles.change_profile(staff.database, staff.hugo, ProfileChanges(name="Hugo Berg"))
    await later(staff, hours=2)
    for who in (staff.hugo, staff.ida):
        [told] = await bell(staff.world, who)
        assert told.text == "@Hugo Berg and @Anna, please look"


async def test_members_are_found_by_how_words_of_their_names_begin(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    people = [
        await sign_in(staff.database, f"{number}@example.com", name, "employee")
        for number, name in enumerate(("Zoë Ängström", "Пётр Ежов", "Jean-Luc Benoît"))
    ]
    await staff.invite(staff.gina, place, *people)
    for typed, names in (
        ("zoe", ["Zoë Ängström"]),
        ("ANG", ["Zoë Ängström"]),
        ("петр", ["Пётр Ежов"]),
        ("ёж", ["Пётр Ежов"]),
        ("beno jean", ["Jean-Luc Benoît"]),
        ("gstrom", []),
        ("x" * 100, []),
    ):
        found, _ = await membership.members(staff.database, staff.gina, place, typed, None, 8)
        assert [each.person.name for each in found] == names, typed
