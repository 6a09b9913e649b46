"""The numbered streams of persons and partners: whoever holds a number reads on from it, and only their own."""

from uuid import UUID

import pytest

from estafette import accounts, conversations
from estafette.accounts.actions import members, partners, streams
from estafette.accounts.models.inputs import MemberPut, PartnerChanges
from estafette.accounts.models.streams import StreamChanges
from estafette.base.database import Database
from estafette.base.errors import NotFound
from tests.world import World


async def of_partner(database: Database, who: accounts.SignedIn, partner: UUID, after: int = 0) -> StreamChanges:
    return await streams.partner_changes(database, who, partner, after, 200)


async def test_a_stream_that_holds_nothing_ends_at_zero(database: Database, world: World) -> None:
    told = await streams.own_changes(database, world.ben, 0, 200)
    assert (told.party_id, told.after, told.until, told.head, told.changes) == (world.ben.person_id, 0, 0, 0, [])


async def test_what_one_puts_away_is_on_the_stream_of_ones_side(database: Database, world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    before = (await of_partner(database, world.claire, world.chateau)).head
    await conversations.archive(database, world.ann.person_id, place)
    await conversations.restore(database, world.ann.person_id, place)
    await conversations.archive(database, world.claire.person_id, place)
    mine = await streams.own_changes(database, world.ann, 0, 200)
    assert [(one.kind, one.subject) for one in mine.changes] == [
        ("conversation_archived", place),
        ("conversation_restored", place),
    ]
    theirs = await of_partner(database, world.claire, world.chateau, before)
    assert [(one.kind, one.subject) for one in theirs.changes] == [("conversation_archived", place)]
    assert theirs.until == theirs.head == before + 1


async def test_pages_lead_to_the_head_without_a_gap(database: Database, world: World) -> None:
    for number in range(7):
        await partners.change_partner(database, world.claire, world.chateau, PartnerChanges(city=f"Maincy {number}"))
    head = (await of_partner(database, world.claire, world.chateau)).head
    held, seen = 0, list[int]()
    while held < head:
        page = await streams.partner_changes(database, world.claire, world.chateau, held, 3)
        assert page.after == held < page.until <= held + 3
        seen += [one.number for one in page.changes]
        held = page.until
    assert seen == list(range(1, head + 1))


async def test_a_number_beyond_the_end_is_told_where_the_end_is(database: Database, world: World) -> None:
    await partners.change_partner(database, world.claire, world.chateau, PartnerChanges(city="Maincy"))
    told = await of_partner(database, world.claire, world.chateau, after=900)
    assert told.until == told.head < 900
    assert told.changes == []


async def test_only_members_read_the_stream_of_a_partner(database: Database, world: World) -> None:
    for stranger in (world.ann, world.eva, world.root):
        with pytest.raises(NotFound):
            await of_partner(database, stranger, world.chateau)
    assert (await of_partner(database, world.denis, world.chateau)).party_id == world.chateau


async def test_who_joins_sees_it_on_their_own_stream(database: Database, world: World) -> None:
    given = MemberPut(email="ben@example.com", role="member")
    await members.put_member(database, world.claire, world.chateau, given)
    mine = await streams.own_changes(database, world.ben, 0, 200)
    assert ("joined_partner", world.chateau) in [(one.kind, one.subject) for one in mine.changes]
    theirs = await of_partner(database, world.claire, world.chateau)
    assert "members_changed" in {one.kind for one in theirs.changes}
