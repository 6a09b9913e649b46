"""The files of a conversation: newest first, by kind, for who may read it, gone with their messages."""

from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from estafette.base.errors import Invalid
from estafette.base.ids import new_id
from estafette.conversations.actions import shared_files
from estafette.conversations.actions.editing import delete_message
from estafette.conversations.actions.shared_files import list_files
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models.shared_files import FileKind
from estafette.files import open_storage
from tests.files.samples import image
from tests.files.site import in_pieces, upload
from tests.world import World


@pytest_asyncio.fixture
async def place(world: World, tmp_path: Path) -> UUID:
    """Ann and the château: a plan, then words, then two photos and a list at once."""
    storage, ann = open_storage(tmp_path), world.ann.person_id

    async def file(name: str, content: bytes) -> UUID:
        return (await upload(world.database, storage, ann, name, in_pieces(content))).id

    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.ann, place, "", attachments=[await file("plan.txt", b"the plan")])
    await world.say(world.ann, place, "Without a file")
    photos = [await file(name, image(size=(size, 40))) for name, size in (("a.png", 50), ("b.png", 60))]
    await world.say(world.ann, place, "All", attachments=[*photos, await file("list.txt", b"the list")])
    return place


async def names(world: World, place: UUID, kind: FileKind | None = None, limit: int = 50) -> list[str]:
    """What Claire of the château is shown, page by page."""
    found, cursor = list[str](), None
    while True:
        page = await list_files(world.database, world.claire.person_id, place, kind, cursor, limit)
        assert len(page.items) <= limit
        found += [each.file.name for each in page.items]
        if page.next is None:
            return found
        cursor = page.next


async def test_files_come_newest_first_with_who_sent_them(world: World, place: UUID) -> None:
    page = await list_files(world.database, world.claire.person_id, place, None, None, 50)
    assert [each.file.name for each in page.items] == ["list.txt", "b.png", "a.png", "plan.txt"]
    assert page.next is None
    newest, *_, oldest = page.items
    assert (newest.ordinal, oldest.ordinal) == (4, 2)
    assert newest.sender is not None
    assert newest.sender.id == world.ann.person_id


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
async def test_pages_leave_nothing_out_and_repeat_nothing(world: World, place: UUID, limit: int) -> None:
    assert await names(world, place, limit=limit) == ["list.txt", "b.png", "a.png", "plan.txt"]
    assert await names(world, place, "images", limit) == ["b.png", "a.png"]
    assert await names(world, place, "documents", limit) == ["list.txt", "plan.txt"]


async def test_a_page_of_one_kind_looks_at_a_bounded_number_of_messages(
    world: World, place: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, ann = open_storage(tmp_path), world.ann.person_id
    for number in range(4):
        text = await upload(world.database, storage, ann, f"{number}.txt", in_pieces(b"words"))
        await world.say(world.ann, place, "", attachments=[text.id])
    monkeypatch.setattr(shared_files, "MESSAGES_PER_PAGE", 2)
    first = await list_files(world.database, world.claire.person_id, place, "images", None, 50)
    assert (first.items, first.next is None) == ([], False)
    assert await names(world, place, "images") == ["b.png", "a.png"]
    assert await names(world, place, "images", 1) == ["b.png", "a.png"]
    assert await names(world, place, "documents", 3) == ["3.txt", "2.txt", "1.txt", "0.txt", "list.txt", "plan.txt"]


async def test_a_deleted_message_takes_its_files_off_the_list(world: World, place: UUID) -> None:
    page = await list_files(world.database, world.claire.person_id, place, None, None, 1)
    await delete_message(world.database, world.ann.person_id, place, page.items[0].message_id)
    assert await names(world, place) == ["plan.txt"]


async def test_who_may_not_read_the_conversation_sees_none_of_its_files(world: World, place: UUID) -> None:
    for person, where in ((world.eva.person_id, place), (world.root.person_id, place), (world.ann.person_id, new_id())):
        with pytest.raises(UnknownConversation):
            await list_files(world.database, person, where, None, None, 50)


@pytest.mark.parametrize("cursor", ["", "x", "1", "-1.0", "1.1.1", "9" * 40 + ".1"])
async def test_a_cursor_that_nobody_gave_out_is_named(world: World, place: UUID, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        await list_files(world.database, world.claire.person_id, place, None, cursor, 50)
    assert [each.field for each in refused.value.fields] == ["cursor"]
