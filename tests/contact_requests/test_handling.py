"""Handling contact requests: states, assignments and notes, each kept as a step with who and when."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from estafette import contact_requests
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid, NotFound
from estafette.contact_requests import ContactRequest, RequestChanges
from estafette.contact_requests.errors import UnknownRequest
from estafette.contact_requests.models.requests import STATES, RequestDetails
from tests.contact_requests.scene import Scene
from tests.notifications.people import bell, titles


async def change(scene: Scene, request: ContactRequest, who: SignedIn | None = None, **given: Any) -> RequestDetails:
    world = scene.world
    return await contact_requests.change_request(
        world.database, who or world.claire, request.partner_id, request.id, RequestChanges(**given)
    )


def steps(details: RequestDetails) -> list[tuple[Any, ...]]:
    """What was done, by whom, without what is empty."""
    assert [each.ordinal for each in details.steps] == list(range(1, len(details.steps) + 1))
    return [
        (
            each.kind,
            each.by.name,
            *(x for x in (each.state, each.assigned_to and each.assigned_to.name, each.text) if x),
        )
        for each in details.steps
    ]


async def test_states_move_freely_and_each_step_says_who_and_when(scene: Scene) -> None:
    made = await scene.ask()
    details = await scene.details(made.id)
    for state in (*STATES[1:], "new"):
        details = await change(scene, made, scene.world.denis, state=state)
        assert details.state == state
        assert details.changed_at == details.steps[-1].at >= made.created_at
    assert steps(details) == [("state", "Denis", state) for state in (*STATES[1:], "new")]
    again = await change(scene, made, state="new")
    assert len(again.steps) == 5, "what is so already is no step"
    assert (await scene.changes())[1:] == [("contact_request_changed", made.id)] * 5


async def test_who_left_it_hears_of_what_they_see_of_it_and_of_nothing_else(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    heard = [("contact_request_changed", made.id)]
    await change(scene, made, assigned_to=world.denis.person_id)
    await contact_requests.add_note(world.database, world.claire, world.chateau, made.id, "Rings at noon")
    assert await scene.changes(world.ann.person_id) == []
    await change(scene, made, state="seen")
    assert await scene.changes(world.ann.person_id) == heard
    await change(scene, made, state="spam")
    await change(scene, made, state="seen")
    assert await scene.changes(world.ann.person_id) == heard, "nobody is told that they were taken for spam"
    await contact_requests.open_conversation(world.database, world.claire, world.chateau, made.id, "Good morning")
    assert await scene.changes(world.ann.person_id) == heard * 2


async def test_a_request_is_given_to_a_member_and_to_nobody(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    details = await change(scene, made, assigned_to=world.denis.person_id)
    assert details.assigned_to is not None
    assert details.assigned_to.name == "Denis"
    details = await change(scene, made, assigned_to=None, state="seen")
    assert details.assigned_to is None
    assert steps(details) == [("assigned", "Claire", "Denis"), ("state", "Claire", "seen"), ("assigned", "Claire")]


async def test_it_is_given_to_members_only(scene: Scene) -> None:
    made = await scene.ask()
    for stranger in (scene.world.eva.person_id, scene.world.ann.person_id, scene.world.root.person_id, uuid4()):
        with pytest.raises(Invalid) as caught:
            await change(scene, made, assigned_to=stranger, state="done")
        assert [(each.field, each.code) for each in caught.value.fields] == [("assigned_to", "unknown")]
    assert (await scene.details(made.id)).state == "new"


async def test_notes_are_for_the_members_and_stay(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    details = await contact_requests.add_note(
        world.database, world.denis, world.chateau, made.id, "  Called.\nNobody there "
    )
    assert steps(details) == [("note", "Denis", "Called.\nNobody there")]
    for text, code in (
        ("", "required"),
        (" \n", "required"),
        ("\u3164", "required"),
        ("x" * 5_001, "too_long"),
        ("\0x", "forbidden_character"),
    ):
        with pytest.raises(Invalid) as caught:
            await contact_requests.add_note(world.database, world.denis, world.chateau, made.id, text)
        assert [(each.field, each.code) for each in caught.value.fields] == [("text", code)]


async def test_those_who_do_something_at_once_lose_nothing(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    await asyncio.gather(
        *(contact_requests.add_note(world.database, who, world.chateau, made.id, f"{number}")
          for number in range(5) for who in (world.claire, world.denis)),
        *(change(scene, made, state=state) for state in ("seen", "done")),
        *(scene.ask() for _ in range(5)),
    )  # fmt: skip
    details = await scene.details(made.id)
    assert len(details.steps) == 12
    assert details.repeats == 5
    assert sorted(each.text for each in details.steps if each.text) == sorted(["0", "1", "2", "3", "4"] * 2)


async def test_strangers_find_nothing_to_handle(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    for who in (world.ann, world.ben, world.eva):
        with pytest.raises(NotFound):
            await change(scene, made, who, state="done")
        with pytest.raises(NotFound):
            await contact_requests.add_note(world.database, who, world.chateau, made.id, "Mine")
    with pytest.raises(UnknownRequest):
        await contact_requests.change_request(
            world.database, world.eva, world.bakery, made.id, RequestChanges(state="done")
        )
    with pytest.raises(UnknownRequest):
        await scene.details(uuid4())


async def test_members_hear_of_a_new_request_until_somebody_has_looked_at_it(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    await world.react()
    for who in (world.claire, world.denis):
        assert await titles(world, who) == ["New contact request from Ann for “Wedding reception”"]
    assert await titles(world, world.eva) == await titles(world, world.ann) == []
    await change(scene, made, state="seen")
    for who in (world.claire, world.denis):
        assert await titles(world, who) == []
        assert [each.topic_id for each in await bell(world, who, unread=False)] == [made.id]


async def test_what_was_looked_at_before_it_was_told_is_not_told(scene: Scene) -> None:
    made = await scene.ask()
    await change(scene, made, state="seen")
    await scene.world.react()
    assert await titles(scene.world, scene.world.denis) == []


async def test_whoever_is_given_a_request_hears_of_it_but_not_of_what_they_take(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    denis = world.denis.person_id
    told = ["You now handle the request of Ann for “Wedding reception”"]
    await change(scene, made, assigned_to=denis)
    assert (await titles(world, world.denis), await titles(world, world.claire)) == (told, [])
    await change(scene, made, assigned_to=world.claire.person_id)
    assert (await titles(world, world.denis), await titles(world, world.claire)) == ([], [])
    await change(scene, made, assigned_to=denis)
    assert await titles(world, world.denis) == told
    await change(scene, made, state="done")
    assert await titles(world, world.denis) == []


async def test_the_details_say_what_else_the_person_has_asked_this_partner(scene: Scene) -> None:
    first = await scene.ask(advert=scene.tour)
    elsewhere, of_ben = await scene.ask(advert=scene.cake), await scene.ask(scene.world.ben)
    made = await scene.ask()
    others = (await scene.details(made.id)).others
    assert [(each.id, each.title, each.state) for each in others] == [(first.id, "Guided tour", "new")]
    assert {elsewhere.id, of_ben.id}.isdisjoint({each.id for each in others})


async def test_a_conversation_is_opened_once_and_linked_both_ways(scene: Scene) -> None:
    world = scene.world
    made, tour = await scene.ask(), await scene.ask(advert=scene.tour)

    async def answer(request: ContactRequest, text: str, who: SignedIn) -> UUID:
        opened = await contact_requests.open_conversation(world.database, who, world.chateau, request.id, text)
        assert opened.message.conversation_id == opened.conversation_id
        assert (opened.message.text, opened.message.party_id) == (text, world.chateau)
        return opened.conversation_id

    place = await answer(made, "The orangery is free.", world.denis)
    assert await answer(tour, "Every Sunday.", world.claire) == place
    assert (await world.write(world.ann, world.chateau, "Thank you!")).conversation.id == place
    details = await scene.details(made.id)
    assert (details.state, details.conversation_id) == ("in_progress", place)
    assert steps(details) == [("conversation", "Denis"), ("state", "Denis", "in_progress")]
    await change(scene, made, state="done")
    assert await answer(made, "One more thing.", world.denis) == place
    assert (await scene.details(made.id)).state == "done"


async def test_first_words_from_both_sides_at_once_meet_in_one_conversation(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    written, opened = await asyncio.gather(
        world.write(world.ann, world.chateau, "Are you there?"),
        contact_requests.open_conversation(world.database, world.claire, world.chateau, made.id, "We are here."),
    )
    assert written.conversation.id == opened.conversation_id


async def test_a_conversation_is_opened_by_those_who_speak_for_the_partner(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    for who in (world.root, world.eva, world.ann):
        with pytest.raises(NotFound):
            await contact_requests.open_conversation(world.database, who, world.chateau, made.id, "Hello")
    with pytest.raises(Invalid):
        await contact_requests.open_conversation(world.database, world.claire, world.chateau, made.id, " ")
    assert await world.database.fetchval("SELECT count(*) FROM conversations") == 0
