"""The demo is as it would have come about: who has not read something still has it before them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

import pytest_asyncio

from estafette import accounts, communications, conversations, deliveries, presence
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.conversations.actions import viewing
from estafette.main.database import open_database
from estafette.main.demo.loading import load_demo
from estafette.main.reactions import reactions
from estafette.main.transport_environment import transport_environment
from estafette.worker import react_to_all
from tests.prepared import loaded_demo
from tests.waiting import eventually
from tests.world import ORIGIN, again

NIL = UUID(int=0)


@dataclass
class Shown:
    """The demo as it was loaded."""

    settings: Settings
    dsn: str
    database: Database


@pytest_asyncio.fixture
async def demo() -> AsyncGenerator[Shown, None]:
    async with loaded_demo() as (settings, dsn), open_database(dsn, size=5) as database:
        yield Shown(settings, dsn, database)


async def test_what_the_members_of_the_demo_have_not_read_stays_unread(demo: Shown) -> None:
    database = demo.database
    await react_to_all(database, reactions(ORIGIN))
    claire = await accounts.find_by_email(database, "claire@chateau.example")
    assert claire is not None
    counts = await viewing.unread_counts(database, claire.id)
    assert sum(each.unread_messages for each in counts) == 2


async def test_what_leaves_the_demo_ends_in_every_way_that_it_can(demo: Shown) -> None:
    database, settings = demo.database, demo.settings
    await load_demo(settings, demo.dsn)  # a second start adds nothing
    ada = await accounts.find_by_email(database, "admin@example.com")
    assert ada is not None
    expected = ["DELIVERED"] * 4 + ["SENT", "SUPPRESSED", "SYSTEM_ERROR", "CREATED", "CANCELLED"]
    stop = asyncio.Event()
    work = asyncio.create_task(
        deliveries.run_dispatch(database, open_vault(settings.data), transport_environment(settings), stop)
    )

    async def statuses() -> list[str]:
        found = (await deliveries.list_deliveries(database, ada.id, limit=50)).items
        return [each.status for each in reversed(found)]

    async def all_have_ended() -> bool:
        return await statuses() == expected

    await eventually(all_have_ended)
    stop.set()
    await work
    written = [file.read_text() for file in settings.data.glob("folder-gateway/*/*.json")]
    assert sum('"urgency": 1' in each for each in written) == 6  # and one message of communications


async def test_communications_of_the_demo_show_every_state_they_can_be_in_and_why(demo: Shown) -> None:
    database = demo.database
    ada = await accounts.find_by_email(database, "admin@example.com")
    assert ada is not None
    listed = await communications.list_communications(
        database, await again(database, ada.id), (), None, None, None, None, 50
    )
    found = {each.name: each for each in listed.items}
    assert {(each.state, each.pause_reason) for each in found.values()} == {
        ("draft", None),
        ("scheduled", None),
        ("paused", "by_hand"),
        ("paused", "errors"),
        ("completed", None),
        ("cancelled", None),
    }
    assert {channel for each in found.values() for channel in each.channels} == {"email", "sms", "whatsapp", "push"}
    ladder = found["New opening hours"].totals
    assert ladder["sms"].keys() == {"DELIVERED", "OPERATOR_ERROR", "SKIPPED"}
    assert ladder["email"].keys() == {"SENT"}
    letter = found["Letter of the month"]
    assert letter.started_at is not None
    assert letter.ended_at is not None
    assert (letter.ended_at - letter.started_at).total_seconds() > 5 * 3600  # as the day goes around
    assert all(each.ended_at is None or each.ended_at <= database.clock.now() for each in listed.items)


async def test_answers_of_the_demo_stand_with_their_clients(demo: Shown) -> None:
    await react_to_all(demo.database, reactions(ORIGIN))
    rows = await demo.database.fetch(
        "SELECT meaning, client_id IS NULL AS unknown, communication_id IS NULL AS unasked FROM client_answers"
    )
    assert {row["meaning"] for row in rows} == {"message", "stop", "automatic"}
    assert [row["unknown"] for row in rows if row["unasked"]] == [True]


async def test_contact_requests_of_the_demo_stand_in_every_state(demo: Shown) -> None:
    database = demo.database
    rows = await database.fetch(
        "SELECT r.state, r.repeat_of IS NOT NULL AS repeats, r.conversation_id FROM contact_requests r "
        "JOIN adverts a ON a.id = r.advert_id WHERE a.reference IN ('mariage-orangerie', 'visite-guidee')"
    )
    assert {row["state"] for row in rows} == {"new", "seen", "in_progress", "done", "spam"}
    assert sum(row["repeats"] for row in rows) == 1
    assert sum(row["conversation_id"] is not None for row in rows) == 1
    counted = await database.fetchval("SELECT sum(count)::bigint FROM contact_request_counts WHERE advert_id = $1", NIL)
    assert counted == await database.fetchval("SELECT count(*) FROM contact_requests") == 18


async def test_sixty_colleagues_talk_in_channels_groups_and_two_by_two(demo: Shown) -> None:
    database = demo.database
    assert await database.fetchval("SELECT count(*) FROM directory_entries") == 60
    kinds = await database.fetch("SELECT kind, count(*) AS places FROM conversations GROUP BY kind")
    assert {row["kind"]: row["places"] for row in kinds}.items() >= {"channel": 12, "group": 4, "direct": 4}.items()
    assert await database.fetchval("SELECT max(members) FROM groups") == 60
    managed = "SELECT count(*) FROM employee_profiles WHERE manager_id IS NOT NULL AND title <> '' AND department <> ''"
    assert await database.fetchval(managed) == 59
    for what in ("messages WHERE pinned_at IS NOT NULL", "message_reactions", "mentions"):
        assert await database.fetchval(f"SELECT count(*) FROM {what}") > 5
    assert await database.fetchval("SELECT count(*) FROM conversations WHERE kind = 'thread'") == 2


async def test_who_signs_in_as_a_colleague_has_something_to_read(demo: Shown) -> None:
    for who in ("nora", "marta", "pavel"):
        person = await accounts.find_by_email(demo.database, f"{who}@meridian.example")
        assert person is not None
        signed_in = await again(demo.database, person.id)
        found, _ = await conversations.list_conversations(demo.database, signed_in, unread=True)
        assert len(found) >= 3, who


async def test_what_is_read_in_the_company_is_told_to_nobody_again(demo: Shown) -> None:
    await react_to_all(demo.database, reactions(ORIGIN))
    told = await demo.database.fetch(
        "SELECT DISTINCT p.email FROM notifications n JOIN people p ON p.id = n.person_id "
        "WHERE p.email LIKE '%@meridian.example' AND n.read_at IS NULL"
    )
    assert {row["email"].partition("@")[0] for row in told} <= {"nora", "marta", "pavel"}


async def test_colleagues_of_the_demo_show_themselves_and_say_where_they_are(demo: Shown) -> None:
    database = demo.database
    found = [await accounts.find_by_email(database, f"{who}@meridian.example") for who in ("nora", "molly", "lena")]
    nora, molly, lena = (each for each in found if each is not None)
    said = {each.id: each for each in await presence.presences(database, [nora.id, molly.id, lena.id])}
    assert nora.picture is not None
    assert molly.picture is None
    assert said[nora.id].custom is None
    holiday = said[molly.id].custom
    assert holiday is not None
    assert holiday.emoji == "🌴"
    assert said[lena.id].status == "do_not_disturb"
