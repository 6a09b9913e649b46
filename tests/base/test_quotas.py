"""What one person may store in a day, and the room that the disk keeps."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from estafette import contact_requests, conversations, deliveries, files
from estafette.base import quotas
from estafette.base.database import Database
from estafette.base.disk import Disk, DiskFull
from estafette.base.errors import Invalid, Problem
from estafette.base.images.process import Pictures
from estafette.base.quotas import QuotaExceeded, Quotas, Used
from estafette.contact_requests import Acceptor, ContactRequest
from estafette.conversations import Sender
from tests.contact_requests.scene import make_scene
from tests.deliveries import text_message
from tests.files.site import in_pieces
from tests.world import World

# They count by days.
pytestmark = pytest.mark.usefixtures("noon")


async def used(world: World) -> Used | None:
    return (await quotas.used(world.database, [world.ann.person_id], world.database.clock.now())).get(
        world.ann.person_id
    )


async def test_what_is_said_is_counted_with_what_stores_it(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "été", key="k")).conversation.id
    before = world.database.statements
    await world.say(world.ann, place, "Hello")
    alone = world.database.statements - before
    assert await used(world) == Used(messages=2, bytes=10)
    # A retry stores nothing and counts nothing; what is refused neither.
    await world.write(world.ann, world.chateau, "été", key="k")
    assert await used(world) == Used(messages=2, bytes=10)
    assert alone == 1


async def test_who_has_said_enough_today_says_the_rest_tomorrow_and_others_go_on(world: World) -> None:
    world.sender = Sender(world.database, Quotas(messages=3))
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    outcomes = await asyncio.gather(*(world.say(world.ann, place, str(n)) for n in range(5)), return_exceptions=True)
    refused = [each for each in outcomes if isinstance(each, QuotaExceeded)]
    assert len(refused) == 3
    assert 0 < refused[0].retry_after <= 86_400
    await world.say(world.claire, place, "Bonjour")
    await world.write(world.ben, world.chateau, "Hello")
    world.database.clock.move(timedelta(days=1))
    assert (await world.say(world.ann, place, "Good morning")).text == "Good morning"


async def test_texts_count_by_their_bytes(world: World) -> None:
    world.sender = Sender(world.database, Quotas(bytes=1_000))
    place = (await world.write(world.ann, world.chateau, "é" * 300)).conversation.id
    with pytest.raises(QuotaExceeded):
        await world.say(world.ann, place, "é" * 300)
    await world.say(world.ann, place, "é" * 200)


async def test_an_edit_counts_as_much_as_a_message_does(world: World) -> None:
    said = (await world.write(world.ann, world.chateau, "été")).message
    most = Quotas(messages=2)

    async def edit(text: str) -> conversations.Message:
        return await conversations.edit_message(
            world.database, world.ann.person_id, said.conversation_id, said.id, text, most
        )

    await edit("été")
    assert await used(world) == Used(messages=1, bytes=5), "what says the same is no edit"
    await edit("Hello")
    assert await used(world) == Used(messages=2, bytes=10)
    with pytest.raises(QuotaExceeded):
        await edit("Good morning")
    assert (await edit("Hello")).text == "Hello"
    world.database.clock.move(timedelta(days=1))
    assert (await edit("Good morning")).text == "Good morning"


async def test_contact_requests_are_counted_among_the_messages(world: World) -> None:
    scene = await make_scene(world)
    place = (await world.write(world.ann, world.chateau, "1")).conversation.id
    acceptor = Acceptor(world.database, Quotas(messages=3))
    asked = [scene.new(message="été", key="first"), scene.new(message="été", key="first"), scene.new(), scene.new()]
    outcomes: list[ContactRequest | BaseException] = await asyncio.gather(
        *(acceptor.accept(each) for each in asked), return_exceptions=True
    )
    kinds = ["ContactRequest", "ContactRequest", "ContactRequest", "QuotaExceeded"]
    assert [type(each).__name__ for each in outcomes] == kinds
    assert await scene.stored() == 2
    assert await used(world) == Used(messages=3, bytes=1 + 5 + len(scene.new().message))
    # A retry stores nothing, what is wrong is told first, and others go on.
    assert await acceptor.accept(asked[0])
    assert await scene.stored() == 2
    with pytest.raises(Invalid):
        await acceptor.accept(scene.new(message="x" * 5_001))
    await acceptor.accept(scene.new(world.ben))
    world.sender = Sender(world.database, Quotas(messages=3))
    with pytest.raises(QuotaExceeded):
        await world.say(world.ann, place, "Hello")
    world.database.clock.move(timedelta(days=1))
    await acceptor.accept(scene.new())


async def test_who_answers_a_contact_request_says_a_message(world: World) -> None:
    scene = await make_scene(world)
    first, second = await scene.ask(), await scene.ask(world.ben)

    async def answer(request: ContactRequest) -> object:
        return await contact_requests.open_conversation(
            world.database, world.claire, world.chateau, request.id, "Good morning", Quotas(messages=1)
        )

    await answer(first)
    with pytest.raises(QuotaExceeded):
        await answer(second)
    assert [each.kind for each in (await scene.details(second.id)).steps] == []
    world.database.clock.move(timedelta(days=1))
    await answer(second)


async def test_of_many_uploads_at_once_only_those_pass_that_have_room(world: World, tmp_path: Path) -> None:
    uploader = files.Uploader(world.database, files.open_storage(tmp_path), Pictures(), Quotas(bytes=10_000))

    async def upload(size: int) -> files.File | BaseException:
        return await uploader.upload(world.ann.person_id, "a.txt", in_pieces(b"a" * size), announced=size)

    outcomes = await asyncio.gather(*(upload(4_000) for _ in range(5)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in outcomes) == ["File", "File", *["QuotaExceeded"] * 3]
    assert await used(world) == Used(bytes=8_000)
    with pytest.raises(QuotaExceeded):
        await upload(2_001)
    await upload(2_000)


async def test_what_was_not_kept_is_not_counted(world: World, tmp_path: Path) -> None:
    uploader = files.Uploader(world.database, files.open_storage(tmp_path), Pictures())
    for _ in range(2):
        await uploader.upload(world.ann.person_id, "a.txt", in_pieces(b"a" * 500), "key")
    assert await used(world) == Used(bytes=500)


async def test_deliveries_have_a_quota_of_their_own(database: Database) -> None:
    acceptor = deliveries.Acceptor(database, Quotas(deliveries=2))
    outcomes: list[deliveries.Delivery | Problem | BaseException] = await asyncio.gather(
        *(acceptor.accept(text_message()) for _ in range(3)), return_exceptions=True
    )
    assert [type(each).__name__ for each in outcomes] == ["Delivery", "Delivery", "QuotaExceeded"]
    with pytest.raises(QuotaExceeded):
        await acceptor.accept(text_message())


def with_free(free: int) -> Callable[[Path], int]:
    return lambda _: free


async def test_uploads_leave_the_reserve_free_and_messages_use_it_up_to_a_tenth(world: World, tmp_path: Path) -> None:
    first = (await world.write(world.ann, world.chateau, "1")).message
    place = first.conversation_id
    low, full = Disk(tmp_path, 1_000, with_free(900)), Disk(tmp_path, 1_000, with_free(90))
    uploader = files.Uploader(world.database, files.open_storage(tmp_path), Pictures(), Quotas(disk=low))
    with pytest.raises(DiskFull):
        await uploader.upload(world.ann.person_id, "a.txt", in_pieces(b"a"))
    world.sender = Sender(world.database, Quotas(disk=low))
    await world.say(world.ann, place, "2")
    world.sender = Sender(world.database, Quotas(disk=full))
    with pytest.raises(DiskFull):
        await world.say(world.ann, place, "3")
    with pytest.raises(DiskFull):
        await conversations.edit_message(world.database, world.ann.person_id, place, first.id, "4", Quotas(disk=full))
    scene = await make_scene(world)
    asked = await scene.ask()
    with pytest.raises(DiskFull):
        await contact_requests.open_conversation(
            world.database, world.claire, world.chateau, asked.id, "5", Quotas(disk=full)
        )
    await Acceptor(world.database, Quotas(disk=low)).accept(scene.new())
    with pytest.raises(DiskFull):
        await Acceptor(world.database, Quotas(disk=full)).accept(scene.new())


async def test_old_counts_go(world: World) -> None:
    await world.write(world.ann, world.chateau, "1")
    world.database.clock.move(timedelta(days=quotas.KEPT_DAYS + 1))
    await quotas.forget_old(world.database)
    assert await world.database.fetchval("SELECT count(*) FROM daily_usage") == 0
