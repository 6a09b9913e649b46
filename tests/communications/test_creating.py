"""Scheduling: all is checked first, and what is wrong with anything leaves nothing behind."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from estafette.base.errors import Forbidden, Invalid
from estafette.communications.actions import creating, looking
from estafette.communications.models.audiences import (
    ClientsAudience,
    EveryoneAudience,
    SegmentAudience,
    SubscribersAudience,
)
from estafette.communications.models.content import Content, SmsText, Texts
from estafette.communications.models.schedules import QuietHours, Schedule
from tests.communications.planned import Plans
from tests.world import World

LONG_AGO = Schedule(local_time=datetime.fromisoformat("2001-01-01T08:00"))


@pytest_asyncio.fixture
async def plans(world: World) -> Plans:
    return await Plans(world).register(Zoe="+33612345678", Yves="+33612345679", NADA=None)


async def listed(plans: Plans, **asked: Any) -> list[str]:
    """The names that the list shows."""
    given: dict[str, Any] = {"states": (), "search": None, "since": None, "until": None, "cursor": None, "limit": 50}
    found = await looking.list_communications(plans.database, plans.root, **(given | asked))
    return [each.name for each in found.items]


async def refused(plans: Plans, *names: str, **changes: Any) -> list[tuple[str, str]]:
    """Field and code of all that is wrong; nothing is there afterwards."""
    with pytest.raises(Invalid) as caught:
        await plans.create(*names, **changes)
    assert await plans.database.fetchval("SELECT count(*) FROM communications") == 0
    assert await plans.database.fetchval("SELECT count(*) FROM client_lists") == 0
    return [(each.field, each.code) for each in caught.value.fields]


async def test_what_is_scheduled_is_found_as_it_was_said(plans: Plans) -> None:
    at = plans.database.clock.now() + timedelta(days=1)
    made = await plans.create("Zoe", "Yves", "Zoe", schedule=Schedule(send_at=at, per_minute=60))
    assert (made.state, made.send_at, made.starts_at, made.clients, made.revision) == ("scheduled", at, at, 2, 1)
    assert isinstance(made.audience, ClientsAudience)
    assert set(made.audience.ids) == {plans.clients["Zoe"], plans.clients["Yves"]}
    assert await looking.find(plans.database, plans.root, made.id) == made
    draft = await plans.create(name="", draft=True, channels=[], schedule=LONG_AGO)
    assert (draft.state, draft.name, draft.starts_at) == ("draft", "Opening", None)


async def test_ids_of_nobody_are_all_listed_and_nothing_is_scheduled(plans: Plans) -> None:
    strangers = [uuid4() for _ in range(12_000)]
    for unknown, told in ((strangers[:3], 3), (strangers, 1_000)):
        audience = ClientsAudience(ids=[unknown[0], plans.clients["Zoe"], *unknown[1:]])
        with pytest.raises(Invalid) as caught:
            await plans.create(audience=audience)
        (field,) = caught.value.fields
        assert (field.field, field.code) == ("audience.ids", "unknown_clients")
        assert field.told == {"count": len(unknown), "ids": [str(each) for each in unknown[:told]]}
    assert await plans.database.fetchval("SELECT count(*) FROM client_lists") == 0


async def test_what_does_not_go_together_is_named_by_its_field(plans: Plans) -> None:
    now = plans.database.clock.now()
    nobody = ClientsAudience(ids=[])
    assert await refused(plans, channels=[]) == [("channels", "required")]
    assert await refused(plans, channels=["sms", "sms"]) == [("channels", "channel_twice")]
    assert await refused(plans, mode="ladder") == [("channels", "ladder_too_short")]
    assert await refused(plans, mode="ladder", channels=["sms", "push"]) == [("channels", "push_in_ladder")]
    assert await refused(plans, channels=["push"]) == [("audience", "push_takes_no_clients")]
    assert await refused(plans, audience=SubscribersAudience()) == [("audience", "subscribers_get_push_alone")]
    assert await refused(plans, audience=nobody) == [("audience.ids", "required")]
    assert await refused(plans, audience=SegmentAudience(segment_id=uuid4())) == [("audience.segment_id", "unknown")]
    assert await refused(plans, kind="transactional") == [("audience", "transactional_to_one")]
    assert await refused(plans, audience=EveryoneAudience(), kind="transactional") == [
        ("audience", "transactional_to_one")
    ]
    assert await refused(plans, name="x" * 201) == [("name", "too_long")]
    assert await refused(
        plans,
        schedule=Schedule(send_at=now, local_time=datetime(2030, 1, 1, tzinfo=UTC), of_client=True, per_minute=0),
    ) == [
        ("schedule.local_time", "one_time_alone"),
        ("schedule.local_time", "time_with_zone"),
        ("schedule.per_minute", "out_of_range"),
    ]
    for nowhere in ("Mars/Base", "a\0b"):
        quiet = QuietHours(begin=time(22), end=time(8))
        assert await refused(plans, schedule=Schedule(zone=nowhere, quiet=quiet), draft=True) == [
            ("schedule.zone", "time_zone_unknown")
        ]
    noon = time(12)
    assert await refused(plans, schedule=Schedule(quiet=QuietHours(begin=noon, end=noon))) == [
        ("schedule.quiet", "quiet_hours_wrong")
    ]
    unstorable = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="a\0b"))})
    assert await refused(plans, content=unstorable) == [("content.texts.en.sms.text", "forbidden_character")]


async def test_a_time_that_is_past_by_more_than_a_minute_is_refused(plans: Plans) -> None:
    now = plans.database.clock.now()
    for late in (now - timedelta(seconds=61), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))):
        assert await refused(plans, schedule=Schedule(send_at=late)) == [("schedule.send_at", "time_past")]
    made = await plans.create(schedule=Schedule(send_at=now - timedelta(seconds=50)))
    assert made.state == "scheduled"


async def test_texts_are_checked_when_it_is_scheduled_and_not_in_a_draft(plans: Plans) -> None:
    def saying(text: str) -> Content:
        return Content(default_language="en", texts={"en": Texts(sms=SmsText(text=text))})

    field = "content.texts.en.sms.text"
    for text, wrong in (
        (" ", (field, "required")),
        ("{% if name %}", (field, "template_broken")),
        ("Hello {{ nobody_knows }}", (field, "variable_unknown")),
        ("Your number: {{ external_id }}", ("content", "variable_missing")),
    ):
        assert await refused(plans, content=saying(text)) == [wrong]
        await plans.create(content=saying(text), draft=True)
        await plans.database.execute("DELETE FROM communications")
        await plans.database.execute("DELETE FROM client_lists")
    assert await refused(plans, channels=["sms", "whatsapp"]) == [("content.texts.en.whatsapp", "required")]
    with pytest.raises(Invalid) as caught:
        await plans.create("Zoe", content=saying("{{ external_id }}"))
    assert caught.value.fields[0].told == {"variable": "external_id", "count": 1, "ids": [str(plans.clients["Zoe"])]}
    assert (await plans.create(content=saying("Hello {{ external_id | default: 'you' }}"))).state == "scheduled"


async def test_one_client_who_cannot_be_reached_is_an_error_and_in_a_campaign_it_is_not(plans: Plans) -> None:
    assert await refused(plans, "NADA", kind="transactional") == [("audience", "client_without_address")]
    await plans.database.execute("UPDATE clients SET refused = '{sms}' WHERE name = 'Zoe'")
    assert await refused(plans, "Zoe", kind="transactional") == [("audience", "client_refused")]
    assert (await plans.create("Zoe", "NADA")).state == "scheduled"
    assert (await plans.create("Yves", kind="transactional")).kind == "transactional"


async def test_the_list_is_by_time_and_finds_words_and_states(plans: Plans) -> None:
    now = plans.database.clock.now()
    for name, days in (("Été", 3), ("Hiver", 30)):
        await plans.create(name=name, schedule=Schedule(send_at=now + timedelta(days=days)))
    await plans.create(name="Now and then", draft=True)
    assert await listed(plans) == ["Hiver", "Été", "Now and then"]
    assert await listed(plans, search="ETE") == ["Été"]
    assert await listed(plans, states=("draft",)) == ["Now and then"]
    assert await listed(plans, since=now + timedelta(days=2), until=now + timedelta(days=10)) == ["Été"]
    first_of_all = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    last_of_all = datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14)))
    assert len(await listed(plans, since=first_of_all, until=last_of_all)) == 3
    first = await looking.list_communications(plans.database, plans.root, (), None, None, None, None, 2)
    assert await listed(plans, cursor=first.next) == ["Now and then"]


async def test_communications_are_for_those_with_the_role(plans: Plans, world: World) -> None:
    with pytest.raises(Forbidden):
        await creating.create(world.database, world.claire, plans.plan())
    with pytest.raises(Forbidden):
        await looking.list_communications(world.database, world.claire, (), None, None, None, None, 50)
