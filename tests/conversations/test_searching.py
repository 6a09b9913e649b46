"""What people find by an expression: where, by whom, when and with what it was said, and only what they may read."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from estafette import conversations, files
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid
from estafette.base.quotas import Quotas
from estafette.conversations.actions import forwarding, indexing
from estafette.conversations.actions.indexing import index_some_anew, index_some_files
from estafette.conversations.actions.reacting import react, take_back
from estafette.conversations.actions.searching import search_everything
from estafette.conversations.models.found import Kind, Sort
from estafette.files import Storage, open_storage
from estafette.main.reactions import reactions
from estafette.worker import react_to_all
from tests.conversations.seeking import files_found, found, results, texts_found
from tests.conversations.staff import Staff
from tests.conversations.test_handing_over import deactivate
from tests.conversations.threading import opened
from tests.files.site import upload
from tests.world import World


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(tmp_path)


async def put(staff: Staff, storage: Storage, owner: SignedIn, name: str, content: bytes = b"some words") -> UUID:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    return (await upload(staff.database, storage, owner.person_id, name, pieces())).id


async def wrong(staff: Staff, who: SignedIn, q: str) -> list[tuple[str, object, object]]:
    with pytest.raises(Invalid) as refused:
        await found(staff.database, who, q)
    return [(each.code, each.values.get("piece"), each.values.get("place")) for each in refused.value.fields]


async def test_who_said_it_is_asked_by_name_and_by_me(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "Boats from Gina")
    await staff.say(staff.hugo, place, "Boats from Hugo")
    await staff.world.react()
    for q in (
        "from:me boat",
        "boats from:GINA",
        "boat from:gi",
        f"from:{staff.gina.person_id} boat",
        "boat -from:hugo",
    ):
        assert await texts_found(staff.database, staff.gina, q) == ["Boats from Gina"], q
    both = ["Boats from Hugo", "Boats from Gina"]
    assert await texts_found(staff.database, staff.gina, "boat from:gina from:hugo") == both
    assert await texts_found(staff.database, staff.gina, "from:me -boat") == []


async def test_what_a_colleague_said_is_found_by_their_name_after_they_left(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.hugo, place, "Boats from Hugo")
    await staff.world.react()
    await deactivate(staff, staff.hugo)
    assert await texts_found(staff.database, staff.gina, "boat from:hug") == ["Boats from Hugo"]


async def test_a_name_that_is_nobodys_and_a_chat_that_is_nowhere_are_named_with_their_place(staff: Staff) -> None:
    assert await wrong(staff, staff.gina, "boat from:nemo") == [("search_nobody", "from:nemo", 6)]
    assert await wrong(staff, staff.gina, 'in:"Nautilus two"') == [("search_nowhere", 'in:"Nautilus two"', 1)]
    # Whom a customer does not know is nobody for them, whoever works here.
    assert await wrong(staff, staff.world.ann, "from:gina x") == [("search_nobody", "from:gina", 1)]
    assert await wrong(staff, staff.gina, "form:hugo") == [("search_unknown", "form:hugo", 1)]
    assert await wrong(staff, staff.gina, " ") == [("required", None, None)]
    assert await wrong(staff, staff.gina, "x" * 501) == [("too_long", None, None)]


async def test_a_chat_is_asked_with_its_threads(staff: Staff) -> None:
    lunch = await staff.group(staff.gina, staff.hugo, name="Lunch at noon")
    news = await staff.channel(staff.gina, name="News")
    root = await staff.say(staff.gina, lunch, "Pears, root")
    await staff.say(staff.gina, (await opened(staff, staff.gina, root)).id, "Pears, reply")
    await staff.say(staff.gina, news, "Pears, news")
    await staff.world.react()
    assert await texts_found(staff.database, staff.gina, 'in:"lunch noon" pear') == ["Pears, reply", "Pears, root"]
    # An open channel is asked by who is not in it, a group by nobody else.
    assert await texts_found(staff.database, staff.ida, "in:news pear") == ["Pears, news"]
    assert await wrong(staff, staff.ida, "in:lunch pear") == [("search_nowhere", "in:lunch", 1)]
    assert await texts_found(staff.database, staff.ida, f"in:{lunch} pear") == []
    assert await texts_found(staff.database, staff.gina, "-in:lunch pear") == ["Pears, news"]


async def test_a_partner_and_a_customer_ask_for_each_other(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "A wedding in June")).conversation.id
    await world.say(world.claire, place, "June is free")
    await world.react()
    assert await texts_found(world.database, world.ann, "from:vaux june") == ["June is free"]
    assert await texts_found(world.database, world.denis, "from:ann june") == ["A wedding in June"]
    assert await texts_found(world.database, world.denis, "in:ann from:claire") == ["June is free"]


async def test_days_are_those_of_the_person_and_bounds_leave_out_what_they_name(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    for text, at in (
        ("Boat one", "2026-03-01T12:00Z"),
        ("Boat two", "2026-03-02T12:00Z"),
        ("Boat three", "2026-03-03T12:00Z"),
    ):
        said = await staff.say(staff.gina, place, text)
        await staff.database.execute(
            "UPDATE messages SET created_at = $2::text::timestamptz WHERE id = $1", said.id, at
        )
    await staff.world.react()
    for q, expected in {
        "boat before:2026-03-02": ["Boat one"],
        "boat after:2026-03-02": ["Boat three"],
        "boat on:2026-03-02": ["Boat two"],
        "after:2026-03-01 before:2026-03-03": ["Boat two"],
        "boat on:2026-03": ["Boat three", "Boat two", "Boat one"],
        "boat on:yesterday": [],
    }.items():
        assert await texts_found(staff.database, staff.gina, q) == expected, q
    [today] = [await staff.say(staff.gina, place, "Boat today")]
    await staff.world.react()
    assert [each.message.id for each in await found(staff.database, staff.gina, "on:сегодня boat")] == [today.id]


async def test_what_came_with_it_is_asked(staff: Staff, storage: Storage) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    plan = await put(staff, storage, staff.gina, "plan.txt")
    await staff.say(staff.gina, place, "With a plan", attachments=(plan,))
    await staff.say(staff.gina, place, "See https://example.com/x")
    liked = await staff.say(staff.gina, place, "Well said")
    await staff.say(staff.gina, place, "Hello @Hugo", mentions=(staff.hugo.person_id,))
    await staff.say(staff.gina, place, "Everybody", mentions_all=True)
    await react(staff.database, staff.hugo.person_id, place, liked.id, "👍")
    await conversations.set_pinned(staff.database, staff.gina.person_id, place, liked.id, is_pinned=True)
    await staff.world.react()
    for q, expected in {
        "has:file": ["With a plan"],
        "has:image": [],
        "has:link": ["See https://example.com/x"],
        "has:reaction": ["Well said"],
        "pinned:": ["Well said"],
        "pinned:yes -has:reaction": [],
        "mentions:me": ["Everybody", "Hello @Hugo"],
        "mentions:hugo": ["Hello @Hugo"],
    }.items():
        assert await texts_found(staff.database, staff.hugo, q) == expected, q
    await take_back(staff.database, staff.hugo.person_id, place, liked.id, "👍")
    await conversations.set_pinned(staff.database, staff.gina.person_id, place, liked.id, is_pinned=False)
    await staff.world.react()
    assert await texts_found(staff.database, staff.hugo, "has:reaction") == []
    assert await texts_found(staff.database, staff.hugo, "pinned:") == []


async def test_what_is_unread_is_what_others_said_since_one_read(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "Boat, read")
    await staff.read(staff.hugo, place, 1)
    await staff.say(staff.gina, place, "Boat, unread")
    await staff.say(staff.hugo, place, "Boat, my own")
    await staff.say(staff.gina, place, "Train, unread")
    await staff.world.react()
    assert await texts_found(staff.database, staff.hugo, "is:unread boat") == ["Boat, unread"]
    assert await texts_found(staff.database, staff.hugo, "is:unread") == ["Train, unread", "Boat, unread"]
    await staff.read(staff.hugo, place, 3)
    assert await texts_found(staff.database, staff.hugo, "is:unread") == ["Train, unread"]
    assert await texts_found(staff.database, staff.gina, "is:unread") == ["Boat, my own"]
    assert await texts_found(staff.database, staff.ida, "is:unread") == []


async def test_a_file_is_found_in_each_chat_by_who_may_read_that_and_goes_with_its_message(
    staff: Staff, storage: Storage
) -> None:
    lunch, office = await staff.group(staff.gina, staff.hugo), await staff.group(staff.gina, staff.ida, name="Office")
    menu = await put(staff, storage, staff.gina, "Menu of June.txt")
    first = await staff.say(staff.gina, lunch, "See", attachments=(menu,))
    [second] = await forwarding.forward(staff.database, Quotas(), staff.gina.person_id, lunch, first.id, (office,))
    await staff.world.react()
    places = {
        who.name: [(each.file.name, each.conversation.id) for each in await files_found(staff.database, who, "menu")]
        for who in (staff.hugo, staff.ida, staff.world.ann)
    }
    assert places == {"Hugo": [("Menu of June.txt", lunch)], "Ida": [("Menu of June.txt", office)], "Ann": []}
    [hit, _] = await files_found(staff.database, staff.gina, "june from:me")
    assert (hit.message.id, [hit.file.name[a:b] for a, b in hit.highlights]) == (second.id, ["June"])
    await conversations.delete_message(staff.database, staff.gina.person_id, office, second.id)
    assert await files_found(staff.database, staff.ida, "menu") == []
    await staff.world.react()
    assert await files_found(staff.database, staff.ida, "menu") == []
    assert len(await files_found(staff.database, staff.hugo, "menu")) == 1
    assert await staff.database.fetchval("SELECT count(*) FROM search_documents WHERE source_id = $1", second.id) == 0


async def test_a_file_is_found_by_what_stands_in_it_once_that_was_read(staff: Staff, storage: Storage) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    menu = await put(
        staff, storage, staff.gina, "menu.txt", b"A long menu. " * 300 + b"Quinces with cream. " + b"Tea. " * 300
    )
    await staff.say(staff.gina, place, "See", attachments=(menu,))
    await staff.world.react()
    assert await files_found(staff.database, staff.hugo, "quince") == []
    while await files.read_text(staff.database, storage) is not None:
        pass
    await staff.world.react()
    [hit] = await files_found(staff.database, staff.hugo, "quince")
    assert [hit.excerpt[first:end] for first, end in hit.excerpt_highlights] == ["Quinces"]
    assert len(hit.excerpt) < 350
    assert await found(staff.database, staff.hugo, "quince") == []
    assert await files_found(staff.database, staff.ida, "quince") == []


async def test_nobody_waits_for_what_stands_in_files_and_it_is_indexed_once_for_many_changes(
    staff: Staff, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    menu = await put(staff, storage, staff.gina, "menu.txt", b"Quinces with cream")
    while await files.read_text(staff.database, storage):
        pass
    said = await staff.say(staff.gina, place, "See", attachments=(menu,))
    with monkeypatch.context() as patched:
        patched.delattr(files, "texts_of")
        await react_to_all(staff.database, reactions("https://estafette.example"))
        assert len(await staff.database.fetch("SELECT id FROM search_documents WHERE kind = 'file'")) == 1
        await conversations.set_pinned(staff.database, staff.gina.person_id, place, said.id, is_pinned=True)
        await react(staff.database, staff.hugo.person_id, place, said.id, "👍")
        await react_to_all(staff.database, reactions("https://estafette.example"))
        assert await texts_found(staff.database, staff.hugo, "see pinned: has:reaction") == ["See"]
    assert await index_some_files(staff.database) == 1
    assert await index_some_files(staff.database) == 0
    [hit] = await files_found(staff.database, staff.hugo, "quince pinned: has:reaction")
    assert hit.file.id == menu


async def test_long_messages_are_indexed_anew_few_at_a_time(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    place = await staff.group(staff.gina)
    for text in ("a long one about boats", "another", "x", "y"):
        await staff.say(staff.gina, place, text)
    await staff.world.react()
    monkeypatch.setattr(indexing, "CHARACTERS_AT_ONCE", 9)
    await staff.database.execute("DELETE FROM search_documents")
    await staff.database.execute("INSERT INTO unindexed_conversations VALUES ($1, 5)", place)
    counts: list[int] = []
    while await index_some_anew(staff.database):
        counts.append(await staff.database.fetchval("SELECT count(*) FROM search_documents"))
    assert counts == [3, 4, 4]


async def test_people_and_chats_are_found_by_their_names_and_by_operators_none(staff: Staff) -> None:
    lunch = await staff.group(staff.gina, staff.hugo, name="Hugo and lunch")
    news = await staff.channel(staff.ida, name="Hugo news")
    every = await results(staff.database, staff.gina, "hugo")
    assert every.people
    assert [each.name for each in every.people.items] == ["Hugo"]
    assert every.chats
    assert [each.id for each in every.chats.items] == [lunch, news]
    limited = await results(staff.database, staff.gina, "hugo from:me")
    assert (limited.people and limited.people.items, limited.chats and limited.chats.items) == ([], [])
    stranger = await results(staff.database, staff.world.ann, "hugo")
    assert (stranger.people and stranger.people.items, stranger.chats and stranger.chats.items) == ([], [])


@pytest.mark.parametrize("sort", ["newest", "best"])
@pytest.mark.parametrize("kind", ["messages", "chats"])
async def test_pages_lose_and_repeat_nothing_while_more_is_said(staff: Staff, sort: Sort, kind: Kind) -> None:
    for number in range(7):
        place = await staff.channel(staff.gina if number % 2 else staff.hugo, name=f"Boat {number}")
        await staff.say(staff.gina if number % 2 else staff.hugo, place, "boat " * (number + 1))
    await staff.world.react()
    seen: list[UUID] = []
    cursor: str | None = None
    while cursor is not None or not seen:
        page = await search_everything(
            staff.database,
            staff.gina,
            "boat",
            (kind,),
            sort=sort,
            cursor=cursor,
            limit=2,
        )
        shown = page.messages or page.chats
        assert shown is not None
        seen += [each.message.id if page.messages else each.id for each in shown.items]  # pyright: ignore[reportAttributeAccessIssue]
        cursor = shown.next
        if kind == "messages":
            await staff.say(
                staff.gina, (await found(staff.database, staff.gina, "from:me boat"))[0].conversation.id, "boat"
            )
            await staff.world.react()
    assert len(seen) == len(set(seen)) == 7


async def test_the_best_has_the_words_more_often_and_in_a_shorter_text(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    await staff.say(staff.gina, place, "boat boat boat")
    await staff.say(staff.gina, place, "A long text about trains, roads, bridges and one boat among many other things")
    await staff.world.react()
    best = await search_everything(staff.database, staff.gina, "boat", ("messages",), sort="best")
    assert best.messages
    assert [each.message.text[:6] for each in best.messages.items] == ["boat b", "A long"]


async def test_a_cursor_of_another_order_or_for_several_kinds_is_refused(staff: Staff) -> None:
    refusals: tuple[tuple[tuple[Kind, ...], Sort, str, str], ...] = (
        (("messages", "files"), "newest", "x", "search_one_kind"),
        (("messages",), "best", "WyIyMDI2IiwiMDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAxIl0", "unknown"),
        (("messages",), "newest", "nonsense", "unknown"),
    )
    for kinds, sort, cursor, code in refusals:
        with pytest.raises(Invalid) as refused:
            await search_everything(staff.database, staff.gina, "boat", kinds, sort=sort, cursor=cursor)
        assert [(each.field, each.code) for each in refused.value.fields] == [("cursor", code)]


async def test_what_is_found_is_shown_with_the_words_in_their_places(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    mention = f"@[Hugo](person:{staff.hugo.person_id})"
    await staff.say(staff.gina, place, f"🎂 {mention}, the boats leave", mentions=(staff.hugo.person_id,))
    await staff.world.react()
    [hit] = await found(staff.database, staff.hugo, "boat")
    assert hit.excerpt == "🎂 @Hugo, the boats leave"
    assert [hit.excerpt[first:end] for first, end in hit.highlights] == ["boats"]


async def test_what_was_indexed_before_operators_were_known_is_indexed_anew(staff: Staff, storage: Storage) -> None:
    place = await staff.group(staff.gina)
    plan = await put(staff, storage, staff.gina, "plan.txt")
    await staff.say(staff.gina, place, "A boat", attachments=(plan,))
    gone = await staff.say(staff.gina, place, "Another boat")
    await conversations.delete_message(staff.database, staff.gina.person_id, place, gone.id)
    await staff.world.react()
    await staff.database.execute("DELETE FROM search_documents WHERE kind = 'file'")
    await staff.database.execute("UPDATE search_documents SET words = 'boat' WHERE kind = 'message'")
    assert await texts_found(staff.database, staff.gina, "from:me") == []
    await staff.database.execute("INSERT INTO unindexed_conversations VALUES ($1, 3)", place)
    while await index_some_anew(staff.database):
        pass
    await staff.world.react()
    assert await texts_found(staff.database, staff.gina, "from:me boat") == ["A boat"]
    assert len(await files_found(staff.database, staff.gina, "plan")) == 1
