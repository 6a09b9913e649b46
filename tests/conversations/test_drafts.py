"""Drafts: what was begun on one device goes on at another, and an older page overwrites nothing."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.conversations.actions import drafting, editing, membership
from estafette.conversations.errors import DraftChanged, UnknownConversation
from estafette.conversations.models.drafts import DraftPut, SavedDraft
from tests.conversations.staff import Staff


async def save(staff: Staff, who: SignedIn, place: UUID, text: str, revision: int = 0, **more: Any) -> SavedDraft:
    put = DraftPut(text=text, revision=revision, **more)
    return await drafting.save_draft(staff.database, who.person_id, place, put)


async def begun(staff: Staff, who: SignedIn, place: UUID | None = None) -> list[str]:
    return [each.text for each in (await drafting.drafts(staff.database, who.person_id, place)).items]


async def test_what_was_begun_is_there_on_every_device_and_for_nobody_else(staff: Staff) -> None:
    place, other = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina)
    kept = await save(staff, staff.gina, place, "Half a", mentions=(staff.hugo.person_id,))
    await save(staff, staff.gina, other, "Something else")
    more = await save(staff, staff.gina, place, "Half a thought", kept.revision)
    assert more.revision > kept.revision
    assert await begun(staff, staff.gina) == ["Half a thought", "Something else"]
    assert await begun(staff, staff.gina, place) == ["Half a thought"]
    assert await begun(staff, staff.hugo) == []


async def test_who_saw_an_older_draft_overwrites_nothing(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    first = await save(staff, staff.gina, place, "One")
    second = await save(staff, staff.gina, place, "Two", first.revision)
    for seen in (0, first.revision, second.revision + 1):
        with pytest.raises(DraftChanged):
            await save(staff, staff.gina, place, "Old", seen)
    await drafting.discard_draft(staff.database, staff.gina.person_id, place, first.revision)
    assert await begun(staff, staff.gina) == ["Two"]
    await drafting.discard_draft(staff.database, staff.gina.person_id, place, second.revision)
    assert await begun(staff, staff.gina) == []
    with pytest.raises(DraftChanged):
        await save(staff, staff.gina, place, "From the grave", second.revision)
    again = await save(staff, staff.gina, place, "Anew")
    assert again.revision > second.revision, "what was seen once is never meant again"


async def test_of_two_devices_that_write_at_once_one_is_told(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    first = await save(staff, staff.gina, place, "One")
    outcomes = await asyncio.gather(
        *(save(staff, staff.gina, place, f"{n}", first.revision) for n in range(4)), return_exceptions=True
    )
    assert [type(each) for each in outcomes].count(DraftChanged) == 3


async def test_sending_takes_the_draft_away_and_leaves_a_newer_one(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    kept = await save(staff, staff.gina, place, "Hello")
    await save(staff, staff.hugo, place, "Mine")
    await staff.say(staff.gina, place, "By a program")
    assert await begun(staff, staff.gina) == ["Hello"]
    await staff.say(staff.gina, place, "Hello", draft=kept.revision)
    assert (await begun(staff, staff.gina), await begun(staff, staff.hugo)) == ([], ["Mine"])
    newer = await save(staff, staff.gina, place, "The next")
    await staff.say(staff.gina, place, "Hello again", draft=newer.revision - 1)
    assert await begun(staff, staff.gina) == ["The next"]


async def test_what_is_refused_takes_no_draft_away(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    kept = await save(staff, staff.hugo, place, "Everybody!")
    with pytest.raises(Exception, match="Your role"):
        await staff.say(staff.hugo, place, "Everybody!", mentions_all=True, draft=kept.revision)
    assert await begun(staff, staff.hugo) == ["Everybody!"]


async def test_what_a_draft_replies_to_comes_with_it_as_long_as_it_is_there(staff: Staff) -> None:
    place, other = await staff.group(staff.gina, staff.hugo), await staff.group(staff.hugo)
    said, foreign = await staff.say(staff.gina, place, "Pears?"), await staff.say(staff.hugo, other, "A secret")
    kept = await save(staff, staff.hugo, place, "Apples", reply_to=said.id)
    assert kept.quoted is not None
    assert (kept.quoted.id, kept.quoted.ordinal, kept.quoted.excerpt) == (said.id, 1, "Pears?")
    [read] = (await drafting.drafts(staff.database, staff.hugo.person_id, None)).items
    assert read == kept
    await editing.delete_message(staff.database, staff.gina.person_id, place, said.id)
    [read] = (await drafting.drafts(staff.database, staff.hugo.person_id, place)).items
    assert (read.reply_to, read.quoted) == (said.id, None)
    for nothing in (foreign.id, uuid4()):
        kept = await save(staff, staff.hugo, place, "Apples", kept.revision, reply_to=nothing)
        assert kept.quoted is None, "no word of another conversation is told"


async def test_nothing_is_kept_of_what_cannot_be(staff: Staff) -> None:
    place, closed = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina)
    for text in ("x" * 10_001, " \n", "\0"):
        with pytest.raises(Invalid) as refused:
            await save(staff, staff.hugo, place, text)
        assert refused.value.fields[0].field == "text"
    for where in (closed, uuid4()):
        with pytest.raises(UnknownConversation):
            await save(staff, staff.hugo, where, "Hello")
    assert await staff.database.fetchval("SELECT count(*) FROM drafts") == 0


async def test_what_was_begun_where_one_may_not_be_any_more_is_not_shown(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await save(staff, staff.hugo, place, "Hello")
    await membership.leave(staff.database, staff.hugo, place)
    assert await begun(staff, staff.hugo) == []
