"""Members of a partner: who may, who hears of it, and that an owner stays."""

import asyncio
from uuid import UUID

import pytest

from estafette import accounts
from estafette.accounts import Member, SignedIn
from estafette.accounts.actions import members, people
from estafette.accounts.errors import LastOwner
from estafette.accounts.models.inputs import MemberPut, PersonChanges
from estafette.base import changes
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound, TooMany
from estafette.base.ids import new_id
from tests.accounts.people import administrator, codes, seen, sign_up


async def chateau_of(database: Database, *owners: SignedIn) -> UUID:
    partner = await accounts.make_partner(database, "Château")
    for owner in owners:
        await accounts.add_member(database, partner.id, owner.person_id, "owner")
    return partner.id


async def test_an_owner_adds_members_who_act_for_the_partner_at_once(database: Database) -> None:
    claire, claires = await sign_up(database, "claire@example.com", "Claire")
    denis, cookie = await sign_up(database, "denis@example.com", "Denis", confirmed=True)
    chateau = await chateau_of(database, claire)
    claire = await seen(database, claires)
    added = await members.put_member(database, claire, chateau, MemberPut(email="DENIS@example.com", role="member"))
    assert isinstance(added, Member)
    assert (added.person.name, added.role) == ("Denis", "member")
    now = await seen(database, cookie)
    assert now.parties == {denis.person_id, chateau}
    acting = await database.fetch("SELECT party_id FROM acting_parties WHERE person_id = $1", denis.person_id)
    assert {row["party_id"] for row in acting} == {denis.person_id, chateau}
    for stream in (chateau, denis.person_id):
        told = [(each.kind, each.subject) for each in await changes.read(database, stream, 0, 10)]
        assert ("members_changed", chateau) in told
    assert told[-1] == ("joined_partner", chateau)

    seen_by_owner = await members.list_members(database, claire, chateau)
    assert [(each.person.name, each.role, each.email) for each in seen_by_owner] == [
        ("Claire", "owner", "claire@example.com"),
        ("Denis", "member", "denis@example.com"),
    ]
    seen_by_member = await members.list_members(database, now, chateau)
    assert [each.email for each in seen_by_member] == [None, "denis@example.com"]


async def test_members_neither_add_nor_remove_but_may_leave(database: Database) -> None:
    claire, _ = await sign_up(database, "claire@example.com", "Claire")
    denis, cookie = await sign_up(database, "denis@example.com", "Denis")
    chateau = await chateau_of(database, claire)
    await accounts.add_member(database, chateau, denis.person_id)
    denis = await seen(database, cookie)
    with pytest.raises(Forbidden):
        await members.put_member(database, denis, chateau, MemberPut(email="denis@example.com", role="owner"))
    with pytest.raises(Forbidden):
        await members.remove_member(database, denis, chateau, claire.person_id)
    await members.remove_member(database, denis, chateau, denis.person_id)
    assert (await seen(database, cookie)).partners == {}


async def test_outsiders_are_told_there_is_nothing(database: Database) -> None:
    claire, claires = await sign_up(database, "claire@example.com", "Claire")
    ann, _ = await sign_up(database)
    chateau = await chateau_of(database, claire)
    claire = await seen(database, claires)
    for partner in (chateau, new_id()):
        with pytest.raises(NotFound):
            await members.put_member(database, ann, partner, MemberPut(email="ann@example.com", role="owner"))
        with pytest.raises(NotFound):
            await members.remove_member(database, ann, partner, claire.person_id)
    with pytest.raises(NotFound):
        await members.remove_member(database, claire, chateau, ann.person_id)
    with pytest.raises(Invalid) as refused:
        await members.put_member(database, claire, chateau, MemberPut(email="no address", role="member"))
    assert codes(refused.value) == {"email": "email_invalid"}


async def test_guessing_addresses_is_limited(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "PUTS", 1)
    claire, cookie = await sign_up(database, "claire@example.com", "Claire")
    chateau = await chateau_of(database, claire)
    claire = await seen(database, cookie)
    await members.put_member(database, claire, chateau, MemberPut(email="nobody@example.com", role="member"))
    with pytest.raises(TooMany):
        await members.put_member(database, claire, chateau, MemberPut(email="nobody@example.com", role="member"))


async def test_the_last_owner_stays(database: Database) -> None:
    root = await administrator(database)
    claire, cookie = await sign_up(database, "claire@example.com", "Claire")
    denis, _ = await sign_up(database, "denis@example.com", "Denis", confirmed=True)
    chateau = await chateau_of(database, claire)
    await accounts.add_member(database, chateau, denis.person_id)
    for who in (await seen(database, cookie), root):
        with pytest.raises(LastOwner):
            await members.remove_member(database, who, chateau, claire.person_id)
        with pytest.raises(LastOwner):
            await members.put_member(database, who, chateau, MemberPut(email="claire@example.com", role="member"))
    await members.put_member(database, root, chateau, MemberPut(email="denis@example.com", role="owner"))
    await members.remove_member(database, root, chateau, claire.person_id)
    assert [each.person.name for each in await members.list_members(database, root, chateau)] == ["Denis"]


async def test_an_owner_who_is_disabled_is_no_owner_to_stay(database: Database) -> None:
    root = await administrator(database)
    claire, _ = await sign_up(database, "claire@example.com", "Claire")
    denis, _ = await sign_up(database, "denis@example.com", "Denis")
    chateau = await chateau_of(database, claire, denis)
    await people.change_person(database, root, denis.person_id, PersonChanges(disabled=True))
    with pytest.raises(LastOwner):
        await members.remove_member(database, root, chateau, claire.person_id)


async def test_two_owners_who_remove_each_other_at_once_leave_one(database: Database) -> None:
    root = await administrator(database)
    claire, claires = await sign_up(database, "claire@example.com", "Claire")
    denis, deniss = await sign_up(database, "denis@example.com", "Denis")
    chateau = await chateau_of(database, claire, denis)
    claire, denis = await seen(database, claires), await seen(database, deniss)
    for _ in range(8):
        outcomes = await asyncio.gather(
            members.remove_member(database, claire, chateau, denis.person_id),
            members.remove_member(database, denis, chateau, claire.person_id),
            return_exceptions=True,
        )
        assert [type(each) for each in outcomes if each is not None] == [LastOwner]
        (left,) = await members.list_members(database, root, chateau)
        assert left.role == "owner"
        for owner in (claire, denis):
            await accounts.add_member(database, chateau, owner.person_id, "owner")


async def test_members_who_are_added_twice_are_members_once(database: Database) -> None:
    claire, _ = await sign_up(database, "claire@example.com", "Claire")
    chateau = await chateau_of(database, claire)
    before = (await changes.heads(database, [chateau]))[chateau]
    await accounts.add_member(database, chateau, claire.person_id, "owner")
    assert (await changes.heads(database, [chateau]))[chateau] == before
    with pytest.raises(NotFound):
        await accounts.add_member(database, chateau, new_id())
    with pytest.raises(NotFound):
        await accounts.add_member(database, new_id(), claire.person_id)
