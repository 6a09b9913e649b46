"""What is unread: last ordinal, less what was read, own messages and deleted ones after it; exact whatever happens."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.bus import Event
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.conversations.actions import editing, membership, opening, own_settings, unread_marks, viewing
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models.conversations import UnreadChats
from tests.conversations.staff import Staff, hire
from tests.world import World, make_world


async def test_a_deleted_message_counts_for_nobody_in_no_kind(staff: Staff) -> None:
    storefront = (await staff.world.write(staff.world.ann, staff.world.chateau, "One")).conversation.id
    direct = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    group = await staff.group(staff.gina, staff.hugo)
    for place, author, reader in (
        (storefront, staff.world.ann, staff.world.claire),
        (direct, staff.gina, staff.hugo),
        (group, staff.gina, staff.hugo),
    ):
        for text in ("Two", "Three"):
            said = await staff.say(author, place, text)
        before = await staff.unread(reader, place)
        await editing.delete_message(staff.database, author.person_id, place, said.id)
        assert await staff.unread(reader, place) == before - 1
        [listed] = [
            each for each in (await conversations.list_conversations(staff.database, reader))[0] if each.id == place
        ]
        assert listed.unread == before - 1
        assert await staff.read(reader, place, said.ordinal) == 0


async def test_sending_reads_nothing_and_own_messages_are_not_unread(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    await staff.say(staff.gina, place, "One")
    await staff.say(staff.hugo, place, "Two")
    await staff.say(staff.gina, place, "Three")
    assert await staff.unread(staff.hugo, place) == 2
    assert await staff.read(staff.hugo, place, 1) == 1
    assert await staff.read(staff.hugo, place, 3) == 0
    assert await staff.read(staff.hugo, place, 2) == 0, "it never moves back"
    assert await staff.unread(staff.gina, place) == 1


async def test_who_joins_begins_with_nothing_unread_and_what_comes_later_counts(staff: Staff) -> None:
    place = await staff.channel(staff.gina)
    await staff.say(staff.gina, place, "Before")
    await membership.join(staff.database, staff.hugo, place)
    assert await staff.unread(staff.hugo, place) == 0
    await staff.say(staff.gina, place, "After")
    assert await staff.unread(staff.hugo, place) == 1


async def test_a_mark_that_races_with_own_messages_leaves_the_count_exact(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    for n in range(5):
        await staff.say(staff.gina, place, f"{n}")
        await asyncio.gather(
            *(staff.say(staff.hugo, place, f"mine {n} {m}") for m in range(5)),
            *(staff.read(staff.hugo, place, ordinal) for ordinal in (n, 2 * n, 1000)),
        )
    await staff.read(staff.hugo, place, 1000)
    assert await staff.unread(staff.hugo, place) == 0
    await staff.say(staff.gina, place, "One more")
    assert await staff.unread(staff.hugo, place) == 1


async def test_mentions_are_counted_until_they_are_read_and_not_when_they_are_deleted(staff: Staff) -> None:
    place = await staff.channel(staff.gina, staff.hugo)
    first = await staff.say(staff.gina, place, "@Hugo look", mentions=(staff.hugo.person_id,))
    assert first.mentions == [staff.hugo.person_id]
    await staff.say(staff.gina, place, "Nothing to see")
    last = await staff.say(staff.gina, place, "@Hugo again", mentions=(staff.hugo.person_id, staff.hugo.person_id))
    assert (await staff.seen(staff.hugo, place)).mentioned == 2
    await editing.delete_message(staff.database, staff.gina.person_id, place, last.id)
    assert (await staff.seen(staff.hugo, place)).mentioned == 1
    await staff.read(staff.hugo, place, 2)
    assert (await staff.seen(staff.hugo, place)).mentioned == 0


async def test_who_is_not_in_it_is_not_mentioned(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await staff.say(
        staff.gina, place, "Hello", mentions=(staff.ida.person_id, staff.world.ann.person_id, staff.hugo.person_id)
    )
    assert said.mentions == [staff.hugo.person_id]
    [found] = (await conversations.history(staff.database, staff.hugo.person_id, place)).items
    assert found == said


async def test_chats_are_counted_beside_storefronts_and_of_muted_ones_the_mentions_alone(staff: Staff) -> None:
    await staff.world.write(staff.gina, staff.world.chateau, "A table for eight")
    direct = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    group, muted = await staff.group(staff.gina, staff.hugo), await staff.channel(staff.hugo, staff.gina)
    await own_settings.set_level(staff.database, staff.gina.person_id, muted, "nothing")
    for place in (direct, group, muted):
        await staff.say(staff.hugo, place, "@Gina", mentions=(staff.gina.person_id,))
    await staff.say(staff.hugo, group, "One more")
    await staff.say(staff.hugo, muted, "Not heard")
    found = await viewing.unread_chats(staff.database, staff.gina)
    assert found == UnreadChats(unread_conversations=3, unread_messages=4, mentioned=2)
    await own_settings.set_put_away(staff.database, staff.gina.person_id, direct, away=True)
    found = await viewing.unread_chats(staff.database, staff.gina)
    assert found == UnreadChats(unread_conversations=2, unread_messages=3, mentioned=2)
    [customer] = await viewing.unread_counts(staff.database, staff.gina.person_id)
    assert (customer.side, customer.unread_messages) == ("customer", 0)
    assert await viewing.unread_chats(staff.database, staff.world.ann) is None


async def test_ten_thousand_mentions_are_refused_and_nothing_is_stored(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    with pytest.raises(Invalid) as refused:
        await staff.say(staff.gina, place, "Hello", mentions=(staff.hugo.person_id,) * 10_000)
    assert [(each.field, each.code) for each in refused.value.fields] == [("mentions", "too_many")]
    assert (await staff.seen(staff.gina, place)).last_ordinal == 0


async def test_what_is_marked_unread_is_so_for_that_person_alone_until_they_read_on(
    staff: Staff,
) -> None:
    storefront = (await staff.world.write(staff.world.ann, staff.world.chateau, "One")).conversation.id
    direct = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
    group = await staff.group(staff.gina, staff.hugo)
    for place, author, reader in (
        (storefront, staff.world.ann, staff.world.claire),
        (direct, staff.gina, staff.hugo),
        (group, staff.gina, staff.hugo),
    ):
        last = await staff.say(author, place, "Two")
        await staff.read(reader, place, last.ordinal)
        before = await viewing.conversation(staff.database, reader.person_id, place)
        marked = await unread_marks.mark_unread(staff.database, reader.person_id, place)
        assert marked == replace(before, marked_unread=True), "what was read stays read"
        for unread in (True, False):
            listed, _ = await conversations.list_conversations(staff.database, reader, unread=unread)
            assert (place in [each.id for each in listed]) is unread
        assert not (await viewing.conversation(staff.database, author.person_id, place)).marked_unread
        assert await unread_marks.unmark_unread(staff.database, reader.person_id, place) == before
        await unread_marks.mark_unread(staff.database, reader.person_id, place)
        assert await staff.read(reader, place, last.ordinal) == 0
        assert await viewing.conversation(staff.database, reader.person_id, place) == before


async def test_what_is_marked_unread_counts_as_a_conversation_and_as_no_message(staff: Staff) -> None:
    storefront = (await staff.world.write(staff.world.ann, staff.world.chateau, "One")).conversation.id
    await staff.read(staff.world.claire, storefront, 1)
    group = await staff.group(staff.gina, staff.hugo)
    await unread_marks.mark_unread(staff.database, staff.world.claire.person_id, storefront)
    await unread_marks.mark_unread(staff.database, staff.hugo.person_id, group)
    sides = await viewing.unread_counts(staff.database, staff.world.claire.person_id)
    assert [(each.unread_conversations, each.unread_messages) for each in sides if each.side != "customer"] == [(1, 0)]
    assert await viewing.unread_chats(staff.database, staff.hugo) == UnreadChats(1, 0, 0)


async def test_a_mark_is_told_to_ones_own_devices_only_and_is_gone_for_who_comes_back(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    place = await staff.group(staff.gina, staff.hugo)
    last = await staff.say(staff.gina, place, "Hello")
    await staff.read(staff.hugo, place, last.ordinal)
    monkeypatch.setattr(staff.database.bus, "publish", lambda *events: told.extend(events))
    await unread_marks.mark_unread(staff.database, staff.hugo.person_id, place)
    await unread_marks.mark_unread(staff.database, staff.hugo.person_id, place)
    await staff.read(staff.hugo, place, last.ordinal)
    frames = [bytes(each.data).decode() for each in told if each.kind == "frame"]
    assert [frame.count("unread_mark") for frame in frames] == [1, 1]
    assert all(str(staff.hugo.person_id) in frame and str(staff.gina.person_id) not in frame for frame in frames)
    monkeypatch.undo()
    await unread_marks.mark_unread(staff.database, staff.hugo.person_id, place)
    await membership.leave(staff.database, staff.hugo, place)
    with pytest.raises(UnknownConversation):
        await unread_marks.mark_unread(staff.database, staff.hugo.person_id, place)
    await staff.invite(staff.gina, place, staff.hugo)
    assert not (await viewing.conversation(staff.database, staff.hugo.person_id, place)).marked_unread


@dataclass
class Model:
    """What a place should look like, kept the naive way."""

    kind: str
    place: UUID
    said: list[tuple[str, bool]] = field(default_factory=list)
    """Who said each message, and whether it was deleted."""
    read: dict[str, int] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)

    def unread(self, who: str) -> int:
        """What somebody has not read."""
        return sum(author != who and not gone for author, gone in self.said[self.read[who] :])


PEOPLE = ("gina", "hugo", "ida")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("read"), st.sampled_from(PEOPLE), st.integers(0, 12)),
        st.tuples(st.just("mark"), st.sampled_from(PEOPLE)),
        st.tuples(st.just("delete"), st.integers(0, 11)),
        st.tuples(st.just("come"), st.sampled_from(("hugo", "ida"))),
        st.tuples(st.just("go"), st.sampled_from(("hugo", "ida"))),
    ),
    max_size=25,
)


async def test_unread_is_what_a_naive_count_says_in_every_kind_with_members_coming_and_going(
    database: Database,
) -> None:
    staff = await hire(await make_world(database))

    async def play(kind: str, steps: list[tuple[Any, ...]]) -> None:
        model = await begin(staff, kind)
        for step in steps:
            await take(staff, model, step)
        for who in sorted(model.members):
            person: SignedIn = getattr(staff, who)
            seen = await viewing.conversation(staff.database, person.person_id, model.place)
            assert seen.unread == model.unread(who), (kind, who, steps)
            assert seen.marked_unread == (who in model.marked), (kind, who, steps)
            found = await viewing.changes_after(staff.database, person.person_id, model.place, 0, 1000)
            assert [each.number for each in found.changes] == list(range(1, found.head + 1))
        for who in set(PEOPLE) - model.members:
            with pytest.raises(UnknownConversation):
                await viewing.conversation(staff.database, getattr(staff, who).person_id, model.place)

    await asyncio.to_thread(examples, asyncio.get_running_loop(), play)


def examples(loop: asyncio.AbstractEventLoop, play: Any) -> None:
    """Lets hypothesis choose, in a thread, what is played in the loop of the test."""

    @given(kind=st.sampled_from(["direct", "group", "channel"]), steps=STEPS)
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def run(kind: str, steps: list[tuple[Any, ...]]) -> None:
        asyncio.run_coroutine_threadsafe(play(kind, steps), loop).result()

    run()


async def begin(staff: Staff, kind: str) -> Model:
    if kind == "direct":
        place = (await opening.open_direct(staff.database, staff.gina, staff.hugo.person_id)).id
        model = Model(kind, place, members={"gina", "hugo"})
        # The pair has one chat for ever: what earlier examples left is read.
        last = (await viewing.conversation(staff.database, staff.gina.person_id, place)).last_ordinal
        for who in model.members:
            await staff.read(getattr(staff, who), place, last)
            model.read[who] = last
        model.said = [("", True)] * last
        return model
    place = await (staff.group(staff.gina) if kind == "group" else staff.channel(staff.gina, is_open=False))
    return Model(kind, place, members={"gina"}, read={"gina": 0})


async def take(staff: Staff, model: Model, step: tuple[Any, ...]) -> None:
    match step:
        case ("say", who) if who in model.members:
            await staff.say(getattr(staff, who), model.place, f"{len(model.said) + 1}")
            model.said.append((who, False))
        case ("read", who, ordinal) if who in model.members:
            await staff.read(getattr(staff, who), model.place, ordinal)
            model.read[who] = max(model.read[who], min(ordinal, len(model.said)))
            model.marked.discard(who)
        case ("mark", who) if who in model.members:
            await unread_marks.mark_unread(staff.database, getattr(staff, who).person_id, model.place)
            model.marked.add(who)
        case ("delete", at) if at < len(model.said) and not model.said[at][1]:
            author = model.said[at][0]
            if author in model.members:
                history = await conversations.history(staff.database, staff.gina.person_id, model.place, limit=200)
                message = next(each.id for each in history.items if each.ordinal == at + 1)
                await editing.delete_message(staff.database, getattr(staff, author).person_id, model.place, message)
                model.said[at] = author, True
        case ("come", who) if model.kind != "direct" and who not in model.members:
            await staff.invite(staff.gina, model.place, getattr(staff, who))
            model.members.add(who)
            model.read[who] = len(model.said)
        case ("go", who) if model.kind != "direct" and who in model.members:
            await membership.leave(staff.database, getattr(staff, who), model.place)
            model.members.discard(who)
            model.marked.discard(who)
        case _:
            pass


async def test_the_same_key_twice_in_one_batch_is_one_message(staff: Staff) -> None:
    place = await staff.group(staff.gina, staff.hugo)
    said = await asyncio.gather(*(staff.say(staff.gina, place, "once", key="k") for _ in range(5)))
    assert len({each.id for each in said}) == 1
    assert (await staff.seen(staff.hugo, place)).last_ordinal == 1


async def test_a_storefront_counts_for_its_sides_as_before(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.claire, place, "Good day")
    await world.say(world.denis, place, "Good day, too")
    assert (await viewing.conversation(world.database, world.ann.person_id, place)).unread == 2
    assert (await viewing.conversation(world.database, world.denis.person_id, place)).unread == 1
