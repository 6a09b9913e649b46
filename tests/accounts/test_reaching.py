"""What other capabilities learn of people whom they have to tell something."""

from estafette import accounts
from estafette.accounts.actions import contact_profiles, people
from estafette.accounts.models.inputs import ContactProfileChanges, NewContactProfile, PersonChanges
from estafette.base.database import Database
from estafette.base.ids import new_id
from tests.world import World


async def test_contacts_come_in_one_statement_without_whoever_is_disabled_or_unknown(
    database: Database, world: World
) -> None:
    await people.change_person(database, world.root, world.ben.person_id, PersonChanges(disabled=True))
    before = database.statements
    found = await accounts.contacts(database, [world.ann.person_id, world.ben.person_id, new_id()])
    assert database.statements - before == 1
    assert list(found) == [world.ann.person_id]
    ann = found[world.ann.person_id]
    assert (ann.name, ann.email, ann.email_confirmed) == ("Ann", "ann@example.com", True)
    assert (ann.phone, ann.language, ann.time_zone, ann.picture) == (None, "en", "UTC", None)


async def test_members_of_several_partners_come_in_one_statement_with_their_roles(
    database: Database, world: World
) -> None:
    await people.change_person(database, world.root, world.eva.person_id, PersonChanges(disabled=True))
    before = database.statements
    found = await accounts.member_ids(database, {world.chateau, world.bakery})
    assert database.statements - before == 1
    assert found == {
        world.chateau: [(world.claire.person_id, "owner"), (world.denis.person_id, "member")],
        world.bakery: [],
    }


async def test_a_contact_profile_is_found_for_its_owner_only_and_the_default_one_without_a_name(
    database: Database, world: World
) -> None:
    work = await contact_profiles.add_contact_profile(
        database, world.ann, NewContactProfile(label="Work", email="ann@work.example", phone="+33612345678")
    )
    ann, ben = world.ann.person_id, world.ben.person_id
    before = database.statements
    mine, foreign, unknown, default = await accounts.contact_profiles(
        database, [(ann, work.id), (ben, work.id), (ann, new_id()), (ann, None)]
    )
    assert database.statements - before == 1
    assert (mine, foreign, unknown) == (work, None, None)
    assert default is not None
    assert (default.email, default.is_default) == ("ann@example.com", True)

    await contact_profiles.change_contact_profile(database, world.ann, work.id, ContactProfileChanges(is_default=True))
    [default] = await accounts.contact_profiles(database, [(ann, None)])
    assert default is not None
    assert default.id == work.id


async def test_the_zones_of_partners_come_in_one_statement(database: Database, world: World) -> None:
    paris = (await accounts.make_partner(database, "Paris", time_zone="Europe/Paris")).id
    assert await accounts.partner_zones(database, {paris, world.chateau, new_id()}) == {
        paris: "Europe/Paris",
        world.chateau: "UTC",
    }
