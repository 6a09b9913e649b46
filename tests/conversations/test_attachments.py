"""Files in messages: claimed once, seen by those who see the conversation, gone with the message."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from estafette import conversations
from estafette.base.errors import Invalid
from estafette.files import Storage, open_storage
from estafette.main.access import may_fetch
from tests.files.site import upload
from tests.world import World


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(tmp_path)


async def put(world: World, storage: Storage, owner: UUID, name: str, content: bytes = b"some words") -> UUID:
    async def pieces() -> AsyncIterator[bytes]:
        yield content

    return (await upload(world.database, storage, owner, name, pieces())).id


async def test_several_files_come_with_a_message_and_stay_in_order(world: World, storage: Storage) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    ids = [await put(world, storage, world.ann.person_id, f"{n}.txt") for n in range(3)]
    sent = await world.say(world.ann, place, "", attachments=ids[::-1], key="k")
    assert [file.name for file in sent.attachments] == ["2.txt", "1.txt", "0.txt"]
    [_, read] = (await conversations.history(world.database, world.claire.person_id, place)).items
    assert read == sent
    assert await world.say(world.ann, place, "", attachments=ids[::-1], key="k") == sent


async def test_only_who_sees_the_conversation_may_fetch(world: World, storage: Storage) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    file = await put(world, storage, world.ann.person_id, "plan.txt")
    await world.say(world.ann, place, "See", attachments=[file])
    allowed = [await may_fetch(world.database, who.person_id, file) for who in (world.ann, world.claire, world.denis)]
    refused = [await may_fetch(world.database, who.person_id, file) for who in (world.ben, world.eva, world.root)]
    assert (allowed, refused) == (["asker"] * 3, [None] * 3)
    assert not await may_fetch(world.database, None, file)


async def test_anothers_upload_or_one_used_before_is_refused_and_nothing_is_saved(
    world: World, storage: Storage
) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    theirs = await put(world, storage, world.ben.person_id, "theirs.txt")
    used = await put(world, storage, world.ann.person_id, "used.txt")
    await world.say(world.ann, place, "First", attachments=[used])
    for file in (theirs, used):
        with pytest.raises(Invalid) as refused:
            await world.say(world.ann, place, "Again", attachments=[file])
        assert refused.value.fields[0].field == "attachments"
    assert (await conversations.conversation(world.database, world.ann.person_id, place)).last_ordinal == 2


async def test_the_files_of_a_deleted_message_are_gone_for_everyone(world: World, storage: Storage) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    file = await put(world, storage, world.ann.person_id, "secret.txt")
    sent = await world.say(world.ann, place, "See", attachments=[file])
    await conversations.delete_message(world.database, world.ann.person_id, place, sent.id)
    assert not await may_fetch(world.database, world.claire.person_id, file)


async def test_more_than_ten_files_are_refused(world: World, storage: Storage) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    ids = [await put(world, storage, world.ann.person_id, f"{n}.txt") for n in range(11)]
    with pytest.raises(Invalid):
        await world.say(world.ann, place, "Many", attachments=ids)
