"""The run of messages around the first one of a day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from estafette import accounts, conversations
from estafette.base.dates import start_of_day
from estafette.conversations import UnknownConversation
from tests.conversations.staff import Staff
from tests.http import WebServer

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


async def said_on(staff: Staff, place: UUID, *days: int) -> None:
    """A message at noon of each of these days after the first, one of them."""
    for day in days:
        said = await staff.say(staff.gina, place, f"Day {day}")
        await staff.database.execute(
            "UPDATE messages SET created_at = $2 WHERE id = $1", said.id, NOON + timedelta(days=day)
        )


async def first(staff: Staff, place: UUID, day: date, zone: str = "UTC") -> tuple[int | None, list[int]]:
    """Around which ordinal, and what stands there."""
    found = await conversations.history(
        staff.database, staff.gina.person_id, place, since=start_of_day(day, zone), limit=4
    )
    return found.around, [each.ordinal for each in found.items]


async def test_a_day_leads_to_its_first_message_or_the_next_one(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    assert await first(staff, place, date(2026, 3, 10)) == (0, []), "nothing was said yet"
    await said_on(staff, place, 0, 1, 1, 1, 5, 5, 9)
    assert await first(staff, place, date(2026, 3, 11)) == (2, [1, 2, 3, 4])
    assert await first(staff, place, date(2026, 3, 12)) == (5, [4, 5, 6, 7])
    assert (await first(staff, place, date(2020, 1, 1)))[0] == 1
    assert (await first(staff, place, date(2030, 1, 1)))[0] == 7, "nothing is after it: the last one"
    for odd in (date.min, date.max):
        assert (await first(staff, place, odd))[0] in (1, 7)


async def test_a_day_is_that_of_the_persons_zone(staff: Staff) -> None:
    place = await staff.group(staff.gina)
    await said_on(staff, place, 0, 1)
    # At noon in Greenwich the next day has begun on Kiritimati.
    assert (await first(staff, place, date(2026, 3, 11), "Pacific/Kiritimati"))[0] == 1
    assert (await first(staff, place, date(2026, 3, 11), "America/Sao_Paulo"))[0] == 2


async def test_what_is_no_date_is_refused_by_its_name(staff: Staff, web_server: WebServer) -> None:
    place = await staff.group(staff.gina)
    await said_on(staff, place, 0, 5)
    token = await accounts.create_token(staff.database, staff.gina.person_id, "test", ("read",))
    async with web_server.client(token) as gina:
        path = f"/api/v1/conversations/{place}/messages"
        assert (await gina.get(path, params={"date": "2026-03-12"})).json()["around"] == 2
        for wrong in ("yesterday", "2026-13-01", "2026-02-30", "9" * 10_000, ""):
            answer = await gina.get(path, params={"date": wrong})
            assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
            assert [each["field"] for each in answer.json()["errors"]] == ["date"]
    with pytest.raises(UnknownConversation):
        await conversations.history(staff.database, staff.hugo.person_id, place, since=NOON)
