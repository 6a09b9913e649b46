"""Accepting contact requests: stored, counted and to be told of in one commit, or not at all."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from estafette import contact_requests
from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.base.errors import FieldError, Invalid, TooMany
from estafette.base.idempotency import KeyReused
from estafette.contact_requests import Acceptor, AdvertChanges, ContactRequest, accept_all
from estafette.contact_requests.actions import advertising
from tests.browsers import session_of
from tests.contact_requests.scene import PHONES, Scene, other_profile
from tests.locks import until_somebody_waits

# They count by days.
pytestmark = pytest.mark.usefixtures("noon")


async def test_a_request_is_stored_with_the_persons_address_and_number_as_they_were(scene: Scene) -> None:
    world = scene.world
    made = await scene.ask()
    assert (made.name, made.email, made.phone) == ("Ann", "ann@example.com", PHONES["ann"])
    assert (made.state, made.repeat_of, made.assigned_to, made.conversation_id) == ("new", None, None, None)
    assert (made.advert.id, made.advert.reference, made.advert.title) == (
        scene.wedding.id,
        "wedding",
        "Wedding reception",
    )
    assert made.partner.name == "Château de Vaux-le-Vicomte"
    # An administrator's word about an address is believed at once.
    changed = PersonChanges(name="Anna", email="anna@example.com", phone="+33699999999")
    session = await session_of(world.database, world.root.person_id)
    root = msgspec.structs.replace(world.root, session_id=session, token_id=None)
    await people.change_person(world.database, root, world.ann.person_id, changed)
    details = await scene.details(made.id)
    assert (details.name, details.email, details.phone) == ("Ann", "ann@example.com", PHONES["ann"])
    assert details.person.name == "Anna"
    assert (details.message, details.starts_at, details.created_at) == (made.message, made.starts_at, made.created_at)


async def test_with_it_come_its_count_its_change_and_what_is_due(scene: Scene) -> None:
    made = await scene.ask()
    assert await scene.counted() == 1
    assert await scene.changes() == [("contact_requested", made.id)]
    due = await scene.world.database.fetch("SELECT subject_id FROM pending_reactions WHERE kind = 'contact_requested'")
    assert [row["subject_id"] for row in due] == [made.id]


async def test_another_of_the_persons_profiles_is_used_when_it_is_named(scene: Scene) -> None:
    work = await other_profile(scene.world, scene.world.ann, "ann@work.example", "+33611111111")
    made = await scene.ask(profile_id=work)
    assert (made.profile_id, made.email, made.phone) == (work, "ann@work.example", "+33611111111")
    assert (await scene.ask()).email == "ann@example.com"


def fields(error: Invalid) -> dict[str, str]:
    found = {each.field: each.code for each in error.fields}
    assert len(found) == len(error.fields)
    return found


async def refusal(scene: Scene, **details: Any) -> dict[str, str]:
    """The wrong fields of a request, of which nothing was stored."""
    with pytest.raises(Invalid) as caught:
        await scene.ask(**details)
    assert await scene.stored() == 0
    assert await scene.counted() == 0
    assert await scene.changes() == []
    return fields(caught.value)


async def test_each_broken_rule_is_named(scene: Scene) -> None:
    world, today = scene.world, scene.today
    mail_only = await other_profile(world, world.ann, "ann@work.example", None)
    phone_only = await other_profile(world, world.ann, None, "+33611111111")
    bens = await other_profile(world, world.ben, "ben@work.example", "+447700900124")
    retired = await contact_requests.add_advert(
        world.database, world.claire, world.chateau, contact_requests.NewAdvert(title="Ball", active=False)
    )
    assert await refusal(scene, advert_id=uuid4()) == {"advert_id": "unknown"}
    assert await refusal(scene, advert=retired) == {"advert_id": "unknown"}
    assert await refusal(scene, advert=scene.cake, partner_id=world.chateau) == {"advert_id": "unknown"}
    assert await refusal(scene, partner_id=uuid4()) == {"partner_id": "unknown"}
    assert await refusal(scene, who=world.denis) == {"partner_id": "own_partner", "phone": "required"}
    assert await refusal(scene, profile_id=bens) == {"profile_id": "unknown"}
    assert await refusal(scene, profile_id=uuid4()) == {"profile_id": "unknown"}
    assert await refusal(scene, profile_id=mail_only) == {"phone": "required"}
    assert await refusal(scene, profile_id=phone_only) == {"email": "required"}
    assert await refusal(scene, message="x" * 5_001) == {"message": "too_long"}
    assert await refusal(scene, message="nul \0") == {"message": "forbidden_character"}
    assert await refusal(scene, starts_at=today - timedelta(days=2)) == {"starts_at": "out_of_range"}
    assert await refusal(scene, starts_at=today.replace(year=today.year + 2, day=28) + timedelta(days=5)) == {
        "starts_at": "out_of_range"
    }


async def test_all_wrong_fields_are_named_at_once(scene: Scene) -> None:
    wrong = (FieldError("colour", "unknown_field"),)
    found = await refusal(
        scene,
        advert_id=uuid4(),
        partner_id=uuid4(),
        profile_id=uuid4(),
        message="x" * 6_000,
        starts_at=scene.today - timedelta(days=9),
        wrong=wrong,
    )
    assert found == {
        "advert_id": "unknown",
        "partner_id": "unknown",
        "profile_id": "unknown",
        "message": "too_long",
        "starts_at": "out_of_range",
        "colour": "unknown_field",
    }


async def test_the_message_may_be_missing_and_the_day_may_be_yesterday(scene: Scene) -> None:
    assert (await scene.ask(message="")).message == ""
    assert (await scene.ask(message="\u200b\u3164")).message == ""
    await scene.ask(starts_at=scene.today - timedelta(days=1), message="x" * 5_000)


async def test_an_advert_is_found_by_its_reference_at_its_partner_alone(scene: Scene) -> None:
    world = scene.world
    made = await scene.ask(advert_id=None, reference="wedding", partner_id=world.chateau)
    assert made.advert.id == scene.wedding.id
    with pytest.raises(Invalid) as caught:
        await scene.ask(advert_id=None, reference="wedding", partner_id=world.bakery)
    assert fields(caught.value) == {"advert_id": "unknown"}


async def test_a_repeat_within_a_day_is_marked_and_counted_not_lost(scene: Scene) -> None:
    clock = scene.world.database.clock
    first = await scene.ask()
    again = await scene.ask(message="Hello?")
    about_another, of_another = await scene.ask(advert=scene.tour), await scene.ask(scene.world.ben)
    clock.move(timedelta(hours=23))
    third = await scene.ask()
    assert (first.repeat_of, again.repeat_of, third.repeat_of) == (None, first.id, first.id)
    assert (about_another.repeat_of, of_another.repeat_of) == (None, None)
    clock.move(timedelta(hours=23))
    assert (await scene.ask()).repeat_of == first.id, "it goes on as long as no day is without one"
    clock.move(timedelta(hours=25))
    assert (await scene.ask()).repeat_of is None
    assert (await scene.details(first.id)).repeats == 3
    assert await scene.counted() == 7


async def test_repeats_that_come_together_in_two_processes_have_one_first(scene: Scene) -> None:
    acceptors = [Acceptor(scene.world.database) for _ in range(4)]
    made = await asyncio.gather(*(each.accept(scene.new()) for each in acceptors for _ in range(3)))
    firsts = [each.id for each in made if each.repeat_of is None]
    assert len(firsts) == 1
    assert {each.repeat_of for each in made} == {None, firsts[0]}


async def test_a_retry_with_the_same_key_gets_the_first_answer(scene: Scene) -> None:
    first = await scene.ask(key="once")
    assert await scene.ask(key="once") == first
    together = await asyncio.gather(*(scene.ask(key="twice") for _ in range(20)))
    assert len({each.id for each in together}) == 1
    # A retry is judged by the first one: that it could not be left any more does not matter.
    await advertising.change_advert(
        scene.world.database, scene.world.claire, scene.world.chateau, scene.wedding.id, AdvertChanges(active=False)
    )
    scene.world.database.clock.move(timedelta(days=30))
    assert (await scene.ask(key="once", starts_at=first.starts_at)).id == first.id
    assert await scene.counted() == await scene.stored() == 2


@pytest.mark.parametrize("other", [{"message": "Else"}, {"starts_at": None}, {"advert_id": uuid4()}])
async def test_a_key_is_good_for_one_request(scene: Scene, other: dict[str, Any]) -> None:
    await scene.ask(key="k")
    changed: dict[str, Any] = {"key": "k"} | other
    with pytest.raises(KeyReused):
        await scene.ask(**changed)
    also_changed: dict[str, Any] = other | {"key": "l"}
    outcomes = await asyncio.gather(scene.ask(key="l"), scene.ask(**also_changed), return_exceptions=True)
    assert [type(each) for each in outcomes] == [ContactRequest, KeyReused]
    assert (await scene.ask(scene.world.ben, key="k")).person.id == scene.world.ben.person_id


async def test_counts_are_right_however_many_processes_store_at_once(scene: Scene) -> None:
    world = scene.world
    acceptors = [Acceptor(world.database) for _ in range(4)]
    news = [
        scene.new(who, advert, key=f"{number} {advert.title}")
        for number in range(5)
        for who in (world.ann, world.ben)
        for advert in (scene.wedding, scene.tour, scene.cake)
    ]
    # Each twice, by two processes.
    made = await asyncio.gather(
        *(acceptors[(n + twice) % 4].accept(each) for n, each in enumerate(news) for twice in range(2))
    )
    assert len({each.id for each in made}) == await scene.stored() == 30
    assert await scene.counted("ad") == {str(scene.wedding.id): 10, str(scene.tour.id): 10}
    assert await scene.counted() == 20
    assert await scene.counted("day") == {scene.today.isoformat(): 20}
    for partner, count in ((world.chateau, 20), (world.bakery, 10)):
        kinds = [kind for kind, _ in await scene.changes(partner)]
        assert kinds == ["contact_requested"] * count
    gaps = await world.database.fetch(
        "SELECT stream_id FROM changes GROUP BY stream_id HAVING count(*) <> max(number) OR min(number) <> 1"
    )
    assert gaps == []


async def test_a_transaction_that_fails_leaves_nothing(scene: Scene) -> None:
    database = scene.world.database
    before = await everything(scene)

    async def fail_in_the_end() -> None:
        async with database.transaction() as transaction:
            made = await accept_all(transaction, [scene.new(), scene.new(scene.world.ben, key="k")])
            assert [type(each) for each in made] == [ContactRequest, ContactRequest]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_in_the_end()
    assert await everything(scene) == before


async def everything(scene: Scene) -> dict[str, int]:
    """How many rows there are of all that accepting writes."""
    tables = (
        "contact_requests",
        "contact_request_counts",
        "changes",
        "pending_reactions",
        "rate_limits",
        "notifications",
    )
    found = {table: await scene.world.database.fetchval(f"SELECT count(*) FROM {table}") for table in tables}
    found["heads"] = await scene.world.database.fetchval("SELECT sum(head)::bigint FROM streams")
    found["requests"] = await scene.world.database.fetchval("SELECT sum(requests)::bigint FROM adverts")
    return found


async def test_what_comes_together_is_stored_in_few_statements(scene: Scene) -> None:
    database = scene.world.database
    before = database.statements
    await asyncio.gather(
        *(scene.ask(who, neighbourhood=str(n)) for n in range(15) for who in (scene.world.ann, scene.world.ben))
    )
    # The first one goes alone, the others in one batch.
    assert database.statements - before <= 2 * 10
    assert await scene.counted() == 30


async def test_one_bad_row_fails_alone(scene: Scene) -> None:
    bad = msgspec.structs.replace(scene.new(), message="half \ud800 of a pair")
    worse = msgspec.structs.replace(scene.new(), person=msgspec.structs.replace(scene.world.ann.card, id="no id"))  # type: ignore[arg-type]
    outcomes = await asyncio.gather(
        *(scene.acceptor.accept(each) for each in (scene.new(), bad, scene.new(scene.world.ben), worse, scene.new())),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes][:3] == [ContactRequest, Invalid, ContactRequest]
    assert isinstance(outcomes[3], asyncpg.DataError)
    assert isinstance(outcomes[4], ContactRequest)
    assert await scene.counted() == await scene.stored() == 3


async def test_an_advert_that_goes_away_meanwhile_is_unknown(scene: Scene) -> None:
    world = scene.world
    async with world.database.pool.acquire() as connection, connection.transaction():
        # Another process holds the stream of the château, and then takes the advert away.
        await connection.execute("SELECT FROM streams WHERE id = $1 FOR UPDATE", world.chateau)
        asking = asyncio.create_task(scene.ask(advert=scene.tour))
        await until_somebody_waits(world.database)
        await connection.execute("DELETE FROM adverts WHERE id = $1", scene.tour.id)
    with pytest.raises(Invalid) as caught:
        await asking
    assert fields(caught.value) == {"advert_id": "unknown"}
    assert await scene.stored() == 0


async def test_a_person_leaves_so_many_in_an_hour_and_in_a_day(scene: Scene) -> None:
    database = scene.world.database
    outcomes = await asyncio.gather(*(scene.ask() for _ in range(30)), return_exceptions=True)
    assert sum(isinstance(each, ContactRequest) for each in outcomes) == 20
    refused = [each for each in outcomes if isinstance(each, TooMany)]
    assert len(refused) == 10
    assert all(3_500 < each.retry_after <= 3_600 for each in refused)
    assert await scene.counted() == await scene.stored() == 20
    await scene.ask(scene.world.ben)

    async def an_hour_later() -> None:
        await database.execute("UPDATE rate_limits SET ends_at = now() WHERE bucket NOT LIKE '%:day:%'")

    for _ in range(2):
        await an_hour_later()
        for _ in range(20):
            await scene.ask()
    await an_hour_later()
    with pytest.raises(TooMany) as caught:
        await scene.ask()
    assert caught.value.retry_after > 80_000
    # What was refused takes nobody's place, and neither does a retry of what was stored.
    assert await database.fetchval("SELECT sum(count) FROM rate_limits WHERE bucket LIKE '%:day:%'") == 61


async def test_an_address_leaves_so_many_in_an_hour_whoever_asks(scene: Scene) -> None:
    database, person = scene.world.database, scene.world.ann.person_id

    async def ask(number: int) -> ContactRequest:
        # Another person each time, with a profile like Ann's.
        other = UUID(int=person.int + number)
        await database.execute(
            "INSERT INTO people (id, name, name_key, email, email_key, language, time_zone, created_at) "
            "VALUES ($1, 'N', 'n', $1::uuid::text, $1::uuid::text, 'en', 'UTC', now())",
            other,
        )
        await database.execute(
            "INSERT INTO contact_profiles (id, person_id, label, email, phone, is_default, created_at) "
            "VALUES ($1, $1, 'Default', 'n@example.com', '+33612345678', true, now())",
            other,
        )
        card = msgspec.structs.replace(scene.world.ann.card, id=other)
        return await scene.ask(person=card)

    outcomes = await asyncio.gather(*(ask(number) for number in range(1, 131)), return_exceptions=True)
    assert sum(isinstance(each, ContactRequest) for each in outcomes) == 120
    assert sum(isinstance(each, TooMany) for each in outcomes) == 10
    await scene.ask(neighbourhood="198.51.100.1")
    assert await scene.counted() == await scene.stored() == 121


async def test_what_is_wrong_costs_nobody_a_place(scene: Scene) -> None:
    for _ in range(25):
        with pytest.raises(Invalid):
            await scene.ask(advert_id=uuid4())
    await scene.ask()
