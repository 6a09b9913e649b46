"""Adverts: registered, changed and taken away by the partner's members, looked at by everybody."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from msgspec import UNSET

from estafette import contact_requests
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid, NotFound
from estafette.contact_requests import Advert, AdvertChanges, NewAdvert
from estafette.contact_requests.actions import advertising, adverts
from estafette.contact_requests.errors import AdvertHasRequests, UnknownAdvert
from tests.contact_requests.scene import Scene


async def listed(scene: Scene, visitor: SignedIn | None = None, **given: Any) -> list[Advert]:
    world = scene.world
    return (await adverts.list_adverts(world.database, visitor, world.chateau, **given)).items


async def change(scene: Scene, advert: Advert, who: SignedIn | None = None, **given: Any) -> Advert:
    world = scene.world
    return await advertising.change_advert(
        world.database, who or world.claire, world.chateau, advert.id, AdvertChanges(**given)
    )


def fields(error: Invalid) -> dict[str, str]:
    return {each.field: each.code for each in error.fields}


async def test_everybody_sees_active_adverts_and_members_all_of_them(scene: Scene) -> None:
    world = scene.world
    await change(scene, scene.tour, active=False)
    await scene.ask()
    for visitor in (None, world.ann, world.eva):
        for everything in (False, True):
            [found] = await listed(scene, visitor, everything=everything)
            assert (found.id, found.requests) == (scene.wedding.id, UNSET)
    inside = await listed(scene, world.denis, everything=True)
    assert [(each.id, each.active, each.requests) for each in inside] == [
        (scene.tour.id, False, 0),
        (scene.wedding.id, True, 1),
    ]
    with pytest.raises(UnknownAdvert):
        await adverts.advert(world.database, world.ann, world.chateau, scene.tour.id)
    assert (await adverts.advert(world.database, world.claire, world.chateau, scene.tour.id)).active is False
    with pytest.raises(UnknownAdvert):
        await adverts.advert(world.database, None, world.bakery, scene.wedding.id)
    with pytest.raises(NotFound):
        await adverts.list_adverts(world.database, None, uuid4())


async def test_adverts_come_page_by_page_and_are_found_by_their_words(scene: Scene) -> None:
    world = scene.world
    made = [
        await contact_requests.add_advert(
            world.database, world.claire, world.chateau, NewAdvert(title=f"Soirée {number}", reference=f"S-{number}")
        )
        for number in range(5)
    ]
    first = await adverts.list_adverts(world.database, None, world.chateau, q="soiree", limit=3)
    rest = await adverts.list_adverts(world.database, None, world.chateau, q="soiree", cursor=first.next, limit=3)
    assert [each.id for each in (*first.items, *rest.items)] == [each.id for each in reversed(made)]
    assert rest.next is None
    assert [each.id for each in await listed(scene, q="s-3")] == [made[3].id]
    assert await listed(scene, q="100%") == []


async def test_without_a_reference_an_advert_is_called_by_its_id(scene: Scene) -> None:
    assert scene.tour.reference == str(scene.tour.id)
    assert (await change(scene, scene.tour, reference="tour")).reference == "tour"
    for name in ("tour", str(scene.tour.id)):
        found = await contact_requests.named_advert(scene.world.database, scene.world.claire, scene.world.chateau, name)
        assert found == scene.tour.id


async def test_a_reference_is_taken_once_by_a_partner(scene: Scene) -> None:
    world = scene.world
    with pytest.raises(Invalid) as caught:
        await change(scene, scene.tour, reference="wedding")
    assert fields(caught.value) == {"reference": "reference_taken"}
    outcomes = await asyncio.gather(
        *(contact_requests.add_advert(world.database, world.claire, world.chateau, NewAdvert(title="A", reference="a"))
          for _ in range(3)),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(type(each).__name__ for each in outcomes) == ["Advert", "Invalid", "Invalid"]
    await contact_requests.add_advert(world.database, world.eva, world.bakery, NewAdvert(title="A", reference="a"))


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"title": " "}, {"title": "required"}),
        ({"title": "\u200b", "reference": "\u2800"}, {"title": "required", "reference": "required"}),
        ({"title": "x" * 161}, {"title": "too_long"}),
        ({"title": "two\nlines"}, {"title": "forbidden_character"}),
        ({"title": "txt\u202etxt"}, {"title": "forbidden_character"}),
        ({"reference": ""}, {"reference": "required"}),
        ({"reference": "x" * 101}, {"reference": "too_long"}),
        ({"link": "javascript:alert(1)"}, {"link": "link_invalid"}),
        ({"link": "https://user:secret@example.org"}, {"link": "link_invalid"}),
        ({"link": "https://"}, {"link": "link_invalid"}),
        ({"link": "https://example.org/a b"}, {"link": "link_invalid"}),
        ({"link": "https://example.org/" + "x" * 2_000}, {"link": "too_long"}),
        (
            {"title": "", "reference": "", "link": "x"},
            {"title": "required", "reference": "required", "link": "link_invalid"},
        ),
        ({"picture": uuid4()}, {"picture": "unknown_file"}),
    ],
)
async def test_what_is_wrong_with_an_advert_is_named(scene: Scene, given: Any, wrong: dict[str, str]) -> None:
    world = scene.world
    with pytest.raises(Invalid) as caught:
        await change(scene, scene.wedding, **given)
    assert fields(caught.value) == wrong
    with pytest.raises(Invalid) as caught:
        await contact_requests.add_advert(
            world.database, world.claire, world.chateau, NewAdvert(**{"title": "A"} | given)
        )
    assert fields(caught.value) == wrong
    assert (await adverts.advert(world.database, None, world.chateau, scene.wedding.id)).title == "Wedding reception"


async def test_a_link_may_be_left_out_and_taken_away(scene: Scene) -> None:
    assert (await change(scene, scene.wedding, link=" https://example.org/wedding?a=1#top ")).link == (
        "https://example.org/wedding?a=1#top"
    )
    assert (await change(scene, scene.wedding, title="Ball")).link is not None
    assert (await change(scene, scene.wedding, link="")).link is None


async def test_an_advert_goes_only_when_nobody_has_asked_about_it(scene: Scene) -> None:
    world = scene.world
    await scene.ask()
    with pytest.raises(AdvertHasRequests):
        await advertising.delete_advert(world.database, world.claire, world.chateau, scene.wedding.id)
    await advertising.delete_advert(world.database, world.claire, world.chateau, scene.tour.id)
    assert [each.id for each in await listed(scene, world.claire, everything=True)] == [scene.wedding.id]
    with pytest.raises(UnknownAdvert):
        await advertising.delete_advert(world.database, world.claire, world.chateau, scene.tour.id)


async def test_who_asks_while_the_advert_goes_is_stored_or_told(scene: Scene) -> None:
    world = scene.world
    deleting = advertising.delete_advert(world.database, world.claire, world.chateau, scene.tour.id)
    outcomes = await asyncio.gather(*(scene.ask(advert=scene.tour) for _ in range(3)), deleting, return_exceptions=True)
    refused = [each for each in outcomes[:3] if isinstance(each, Invalid)]
    if outcomes[3] is None:
        assert await scene.stored() == 0
    else:
        assert isinstance(outcomes[3], AdvertHasRequests)
    assert await scene.counted() == await scene.stored() == 3 - len(refused)


async def test_strangers_register_and_change_nothing(scene: Scene) -> None:
    world = scene.world
    for who in (world.ann, world.eva):
        with pytest.raises(NotFound):
            await contact_requests.add_advert(world.database, who, world.chateau, NewAdvert(title="Mine"))
        with pytest.raises(NotFound):
            await change(scene, scene.wedding, who, title="Mine")
        with pytest.raises(NotFound):
            await advertising.delete_advert(world.database, who, world.chateau, scene.tour.id)
    with pytest.raises(UnknownAdvert):
        await advertising.change_advert(
            world.database, world.eva, world.bakery, scene.wedding.id, AdvertChanges(title="Mine")
        )


async def test_what_changes_about_adverts_is_told_to_the_members(scene: Scene) -> None:
    await change(scene, scene.tour, active=False)
    kinds = await scene.world.database.fetch(
        "SELECT subject_id FROM changes WHERE stream_id = $1 AND kind = 'adverts_changed' ORDER BY number",
        scene.world.chateau,
    )
    told: list[UUID] = [row["subject_id"] for row in kinds]
    assert told == [scene.wedding.id, scene.tour.id, scene.tour.id]
