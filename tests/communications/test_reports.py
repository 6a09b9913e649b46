"""What became of it: each recipient and step, reasons, minutes, tables; and what failed is sent again, once."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
import pytest_asyncio

from estafette.base.errors import Conflict, Invalid, NotFound
from estafette.base.vault import Vault
from estafette.communications.actions import exporting, looking, reporting, resending
from estafette.communications.actions.telling import note_progress
from estafette.communications.models.communications import Communication, Status
from estafette.communications.models.schedules import Schedule
from estafette.communications.rules.preferences import PreferenceLinks
from tests.communications.scene import REFUSED, Scene
from tests.world import World

Found = tuple[str | None, str, str | None]
"""Name, status and address."""
PHONES = {"Zoe": "+33612345601", "Yves": "+33612345602", "NADA": None}


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    made = await Scene(world).begin()
    await made.register(**PHONES)
    return made


async def sent(scene: Scene, *refused: str, **changes: object) -> Communication:
    """A communication that is over: the gateway has refused it for some."""
    made = await scene.create(**changes)
    await scene.work()
    while claimed := await scene.claim():
        for each in claimed:
            if any(
                PHONES.get(name, name) == each.recipient or f"{name.lower()}@" in each.recipient for name in refused
            ):
                await scene.engine.record((each, REFUSED))
            else:
                await scene.accept(each)
        await scene.work()
    assert await scene.state(made.id) == "completed"
    return made


async def found(
    scene: Scene, of: Communication, status: Status | None = None
) -> list[tuple[str | None, str, str | None]]:
    """Name, status and address of recipients, page by page."""
    some: list[tuple[str | None, str, str | None]] = []
    cursor: str | None = None
    while True:
        page = await reporting.list_recipients(scene.database, scene.root, of.id, None, status, cursor, 1)
        some += [(each.client, each.status, each.address) for each in page.items]
        if page.next is None:
            return some
        cursor = page.next


async def test_each_recipient_tells_where_it_stands(scene: Scene) -> None:
    made = await sent(scene, "Yves")
    everybody = await found(scene, made)
    assert sorted(everybody, key=str) == [
        ("NADA", "SKIPPED", None),
        ("Yves", "OPERATOR_ERROR", "+33612345602"),
        ("Zoe", "SENT", "+33612345601"),
    ]
    for status in ("SKIPPED", "OPERATOR_ERROR", "SENT"):
        assert await found(scene, made, status) == [each for each in everybody if each[1] == status]
    assert await found(scene, made, "UNCERTAIN") == []
    counted = await reporting.failures(scene.database, scene.root, made.id)
    assert {(each.status, each.reason, each.count) for each in counted.items} == {
        ("OPERATOR_ERROR", "bad_destination", 1),
        ("SKIPPED", "no_address", 1),
    }
    yves = await reporting.recipient(scene.database, scene.root, made.id, scene.clients["Yves"], "sms")
    assert yves.text == "Hello Yves"
    assert [(each.status, each.reason) for each in yves.steps] == [
        ("CREATED", None),
        ("OPERATOR_ERROR", "bad_destination"),
    ]
    with pytest.raises(NotFound):
        await reporting.recipient(scene.database, scene.root, made.id, scene.clients["Yves"], "email")


async def test_a_client_is_told_of_everything_that_it_was_sent(scene: Scene) -> None:
    first, second = await sent(scene, name="First"), await sent(scene, name="Second", channels=["sms", "email"])
    zoe = scene.clients["Zoe"]
    page = await reporting.received(scene.database, scene.root, zoe, None, 2)
    rest = await reporting.received(scene.database, scene.root, zoe, page.next, 2)
    assert [(each.name, each.channel, each.status) for each in (*page.items, *rest.items)] == [
        ("Second", "sms", "SENT"),
        ("Second", "email", "SENT"),
        ("First", "sms", "SENT"),
    ]
    assert {page.items[0].communication_id, rest.items[0].communication_id} == {first.id, second.id}
    with pytest.raises(NotFound):
        await reporting.received(scene.database, scene.root, uuid4(), None, 50)


async def test_nobody_who_reads_a_letter_can_choose_in_the_name_of_its_client(scene: Scene) -> None:
    made = await sent(scene, channels=["email"])
    zoe = scene.clients["Zoe"]
    links = PreferenceLinks("https://talk.example.com", Vault(b"k" * 32))
    link = links.links_for(made.id, "email", [zoe], scene.database.clock.now())[zoe].page
    await scene.database.execute("UPDATE deliveries SET text = $1", f"Hello\nUnsubscribe: {link}\n")
    details = await reporting.recipient(scene.database, scene.root, made.id, zoe, "email")
    page = await reporting.received(scene.database, scene.root, zoe, None, 2)
    read = "Hello\nUnsubscribe: https://talk.example.com/preferences/…\n"
    assert [details.text, page.items[0].text] == [read, read]


async def test_tables_hold_every_recipient_and_no_formula(scene: Scene) -> None:
    await scene.database.execute("UPDATE clients SET name = '=cmd|calc' WHERE name = 'Yves'")
    made = await sent(scene)
    pieces = await exporting.export_csv(scene.database, scene.root, made.id, None, None)
    text = b"".join([each async for each in pieces]).decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text))
    assert (heads[0], len(rows)) == ("Client id", 3)
    assert "'=cmd" in text
    book = await exporting.export_workbook(scene.database, scene.root, made.id, "sms", "SENT")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join([each async for each in book]))).worksheets[0]
    assert {str(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)} == {"Zoe", "=cmd|calc"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


async def test_how_it_went_on_is_kept_while_something_changes(scene: Scene) -> None:
    made = await scene.create("Zoe")
    await scene.work()
    assert (await note_progress(scene.database), await note_progress(scene.database)) == (1, 0)
    await scene.accept(*await scene.claim())
    scene.database.clock.move(timedelta(seconds=30))
    await scene.work()
    assert await note_progress(scene.database) == 1
    scene.database.clock.move(timedelta(seconds=30))
    assert await note_progress(scene.database) == 0
    told = await reporting.timeline(scene.database, scene.root, made.id)
    assert [each.totals for each in told.items] == [{"sms": {"CREATED": 1}}, {"sms": {"SENT": 1}}]
    assert [each.state for each in told.states] == ["scheduled", "preparing", "running", "completed"]


async def test_what_failed_is_sent_again_once_to_those_whom_nothing_reached(scene: Scene) -> None:
    made = await sent(scene, "Yves")
    again = await resending.resend_failed(scene.database, scene.root, made.id, None)
    assert (again.state, again.clients, again.channels, again.resend_of) == ("scheduled", 1, ["sms"], made.id)
    with pytest.raises(Conflict) as caught:
        await resending.resend_failed(scene.database, scene.root, made.id, None)
    assert caught.value.code == "nothing_failed"
    with pytest.raises(Conflict) as early:
        await resending.resend_failed(scene.database, scene.root, again.id, None)
    assert early.value.code == "communication_not_ended"
    await scene.work()
    assert {each.recipient for each in await scene.claim()} == {PHONES["Yves"]}


async def test_where_several_channels_failed_one_of_them_is_named(scene: Scene) -> None:
    made = await sent(scene, "Yves", channels=["sms", "email"])
    with pytest.raises(Invalid) as caught:
        await resending.resend_failed(scene.database, scene.root, made.id, None)
    assert [(each.field, each.told) for each in caught.value.fields] == [("channel", {"channels": ["email", "sms"]})]
    again = await resending.resend_failed(scene.database, scene.root, made.id, "email")
    assert (await looking.find(scene.database, scene.root, again.id)).channels == ["email"]
    # One is left, which needs no name.
    assert (await resending.resend_failed(scene.database, scene.root, made.id, None)).channels == ["sms"]


async def test_what_expired_before_its_turn_is_sent_again_with_what_failed(scene: Scene) -> None:
    made = await scene.create(schedule=Schedule(per_minute=1, expires_after=60))
    await scene.work()
    (first,) = await scene.claim()
    await scene.accept(first)
    scene.database.clock.move(timedelta(minutes=2))
    await scene.work()
    assert sorted(each[1] for each in await found(scene, made)) == ["EXPIRED", "SENT", "SKIPPED"]
    again = await resending.resend_failed(scene.database, scene.root, made.id, None)
    await scene.work()
    phones = {each for each in PHONES.values() if each}
    assert {each.recipient for each in await scene.claim()} == phones - {first.recipient}
    assert again.clients == 1
