"""What people set of their presence by hand, and what is shown of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from estafette import presence
from estafette.accounts import SignedIn
from estafette.accounts.actions import streams
from estafette.base.errors import Forbidden, Invalid
from estafette.base.ids import new_id
from estafette.notifications.actions import settings as notification_settings
from estafette.notifications.models.settings import SettingsChanges
from estafette.presence.actions import looking, setting
from estafette.presence.models.presences import CustomStatusPut, LastSeenPut, PresenceRow, StatusPut
from estafette.presence.rules.showing import next_change, presence_at
from tests.accounts.people import codes
from tests.notifications.people import bell, mail_gateway, recipients, wait
from tests.presence.conftest import Staff
from tests.world import World, again

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def row(**how: Any) -> PresenceRow:
    return PresenceRow(person_id=UUID(int=1), **how)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ({}, "offline"),
        ({"is_active": True}, "available"),
        ({"is_active": False}, "away"),
        ({"is_active": False, "status": "available"}, "available"),
        ({"is_active": True, "status": "away"}, "away"),
        ({"is_active": True, "status": "away", "status_until": LATER}, "away"),
        ({"is_active": True, "status": "away", "status_until": NOW}, "available"),
        ({"status": "available"}, "offline"),
        ({"status": "do_not_disturb", "status_until": LATER}, "do_not_disturb"),
        ({"status": "do_not_disturb", "status_until": BEFORE}, "offline"),
    ],
)
def test_a_status_by_hand_counts_while_one_is_connected_and_do_not_disturb_always(
    stored: dict[str, Any], shown: str
) -> None:
    assert presence_at(row(**stored), NOW).status == shown


def test_what_ends_is_not_shown_any_more_and_the_first_end_is_known() -> None:
    both = row(status="away", status_until=LATER, custom_text="Lunch", custom_until=LATER + timedelta(hours=1))
    assert next_change(both, NOW) == LATER
    assert next_change(both, LATER) == LATER + timedelta(hours=1)
    assert next_change(row(), NOW) is None
    lunch = presence_at(both, LATER).custom
    assert lunch is not None
    assert lunch.text == "Lunch"
    assert presence_at(both, LATER + timedelta(hours=1)).custom is None


def test_last_seen_is_told_of_who_is_gone_and_does_not_hide_it() -> None:
    assert presence_at(row(last_seen_at=BEFORE), NOW).last_seen_at == BEFORE
    assert presence_at(row(last_seen_at=BEFORE, last_seen_hidden=True), NOW).last_seen_at is None
    assert presence_at(row(last_seen_at=BEFORE, is_active=False), NOW).last_seen_at is None


async def test_one_sees_what_one_set(staff: Staff) -> None:
    until = staff.database.clock.now() + timedelta(hours=2)
    own = await setting.put_status(staff.database, staff.gina, StatusPut(status="away", until=until))
    assert (own.status, own.chosen, own.until) == ("offline", "away", until)
    own = await setting.put_custom_status(staff.database, staff.gina, CustomStatusPut(emoji="🌴", text="On holiday"))
    assert own.custom
    assert (own.custom.emoji, own.custom.text, own.custom.until) == ("🌴", "On holiday", None)
    assert (await setting.put_last_seen(staff.database, staff.gina, LastSeenPut(hidden=True))).last_seen_hidden
    assert (await presence.chosen_statuses(staff.database, [staff.gina.person_id, staff.ida.person_id])) == {
        staff.gina.person_id: "away"
    }
    await setting.remove_custom_status(staff.database, staff.gina)
    own = await setting.put_status(staff.database, staff.gina, StatusPut(status=None))
    assert (own.chosen, own.custom, own.last_seen_hidden) == (None, None, True)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (CustomStatusPut(text="x" * 101), {"text": "too_long"}),
        (CustomStatusPut(text="\u202eholiday"), {"text": "forbidden_character"}),
        (CustomStatusPut(text="two\nlines"), {"text": "forbidden_character"}),
        (CustomStatusPut(text="\x00"), {"text": "forbidden_character"}),
        (CustomStatusPut(text=" \u200b "), {"text": "required"}),
        (CustomStatusPut(), {"text": "required"}),
        (CustomStatusPut(emoji="🌴" * 10_000), {"emoji": "not_an_emoji"}),
        (CustomStatusPut(emoji="<b>", text="x" * 101), {"emoji": "not_an_emoji", "text": "too_long"}),
        (CustomStatusPut(text="Lunch", until=BEFORE), {"until": "in_the_past"}),
        (CustomStatusPut(text="Lunch", until=NOW + timedelta(days=20_000)), {"until": "too_far_ahead"}),
    ],
)
async def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    staff: Staff, given: CustomStatusPut, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        await setting.put_custom_status(staff.database, staff.gina, given)
    assert codes(refusal.value) == wrong
    assert (await looking.own_presence(staff.database, staff.gina)).custom is None


async def test_a_status_ends_in_the_future_and_only_if_there_is_one(staff: Staff) -> None:
    now = staff.database.clock.now()
    for given, code in (
        (StatusPut(status="away", until=now), "in_the_past"),
        (StatusPut(status="away", until=now + timedelta(days=400)), "too_far_ahead"),
        (StatusPut(status=None, until=now + timedelta(hours=1)), "no_status_to_end"),
    ):
        with pytest.raises(Invalid) as refusal:
            await setting.put_status(staff.database, staff.gina, given)
        assert codes(refusal.value) == {"until": code}


async def test_info_has_more_room_and_one_line(staff: Staff) -> None:
    own = await presence.put_info(staff.database, staff.gina, "Back\nin\tMay")
    assert own.custom
    assert own.custom.text == "Back in May"
    await presence.put_info(staff.database, staff.gina, "x" * 500)
    with pytest.raises(Invalid) as refusal:
        await presence.put_info(staff.database, staff.gina, "x" * 501)
    assert codes(refusal.value) == {"info": "too_long"}
    assert (await presence.put_info(staff.database, staff.gina, "")).custom is None


async def test_presence_is_among_employees(staff: Staff) -> None:
    ids = f"{staff.gina.person_id},{staff.ann.person_id},{new_id()},{staff.gina.person_id}"
    found = await looking.find_presences(staff.database, staff.hugo, ids)
    assert [(each.id, each.status) for each in found.items] == [(staff.gina.person_id, "offline")]
    assert (await looking.find_presences(staff.database, staff.hugo, "")).items == []
    for wrong, code in (("nobody", "wrong_type"), (",".join(str(new_id()) for _ in range(201)), "too_many")):
        with pytest.raises(Invalid) as refusal:
            await looking.find_presences(staff.database, staff.hugo, wrong)
        assert codes(refusal.value) == {"people": code}
    database, ann = staff.database, staff.ann
    for asked in (
        looking.find_presences(database, ann, ids),
        looking.own_presence(database, ann),
        setting.put_status(database, ann, StatusPut(status="away")),
        setting.put_custom_status(database, ann, CustomStatusPut(text="Hello")),
        setting.remove_custom_status(database, ann),
        setting.put_last_seen(database, ann, LastSeenPut(hidden=True)),
        presence.put_info(database, ann, "Hello"),
    ):
        with pytest.raises(Forbidden):
            await asked


async def settled(world: World, who: SignedIn) -> tuple[bool, datetime | None]:
    found = await notification_settings.settings_of(world.database, who)
    return found.do_not_disturb, found.do_not_disturb_until


async def employed(world: World, who: SignedIn) -> SignedIn:
    """Somebody of the partner who belongs to the organisation, too."""
    await world.database.execute(
        "INSERT INTO role_grants (person_id, role, granted_at) VALUES ($1, 'employee', now())", who.person_id
    )
    return await again(world.database, who.person_id)


async def test_do_not_disturb_is_the_same_in_presence_and_in_the_settings_of_notifications(world: World) -> None:
    claire = await employed(world, world.claire)
    now = world.database.clock.now()
    until = now + timedelta(hours=1)
    await setting.put_status(world.database, claire, StatusPut(status="do_not_disturb", until=until))
    assert await settled(world, claire) == (True, until)
    off = SettingsChanges(do_not_disturb_until=None)
    await notification_settings.change_settings(world.database, claire, off)
    assert (await looking.own_presence(world.database, claire)).chosen is None
    await notification_settings.change_settings(world.database, claire, SettingsChanges(do_not_disturb_until=until))
    own = await looking.own_presence(world.database, claire)
    assert (own.status, own.until) == ("do_not_disturb", until)
    await setting.put_status(world.database, claire, StatusPut(status="do_not_disturb"))
    assert await settled(world, claire) == (True, None), "without an end"
    await setting.put_status(world.database, claire, StatusPut(status="away"))
    assert await settled(world, claire) == (False, None)
    await notification_settings.change_settings(world.database, claire, off)
    assert (await looking.own_presence(world.database, claire)).chosen == "away", "another status stays"
    told = await streams.own_changes(world.database, claire, 0, 100)
    assert [each.kind for each in told.changes].count("do_not_disturb_changed") == 5


async def test_do_not_disturb_holds_the_ladder_until_it_is_taken_back(world: World) -> None:
    await mail_gateway(world.database)
    claire = await employed(world, world.claire)
    await setting.put_status(world.database, claire, StatusPut(status="do_not_disturb"))
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, days=3)
    assert await recipients(world.database) == ["denis@example.com"]
    assert len(await bell(world, claire)) == 1, "the bell is silent, and shows it"
    await setting.put_status(world.database, claire, StatusPut(status=None))
    await world.react()
    await world.run_due_steps()
    assert await recipients(world.database) == ["denis@example.com", "claire@example.com"]
