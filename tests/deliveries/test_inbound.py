"""What people write to us: stored once, whole, and announced."""

import asyncio
from datetime import timedelta
from typing import Any

from estafette import deliveries
from estafette.deliveries import Inbound
from estafette.deliveries.actions.receiving_messages import end_incomplete, forget_raw
from estafette.deliveries.models.inbound import InboundMessage, Segment
from estafette.deliveries.models.messages import Medium
from tests.deliveries.engine import Engine


def written(text: str = "Yes", **more: Any) -> InboundMessage:
    given: dict[str, Any] = {"body": text.encode(), "channel": "sms", "sender": "33639980001", "text": text}
    return InboundMessage(**(given | more))


def part(number: int, text: str, reference: int = 7) -> InboundMessage:
    return written(text, segment=Segment(reference=reference, number=number, of=2))


async def stored(engine: Engine) -> list[Inbound]:
    rows = await engine.database.fetch("SELECT id FROM inbound_messages ORDER BY id")
    found = await deliveries.inbound(engine.database, [row["id"] for row in rows])
    return [found[row["id"]] for row in rows]


async def test_a_message_is_kept_as_it_came_and_announced_with_its_commit(engine: Engine) -> None:
    await engine.told(written(media=(Medium(url="https://x/1"),)))
    [message] = await stored(engine)
    assert (message.sender, message.text, message.channel) == ("+33639980001", "Yes", "sms")
    due = await engine.database.fetch("SELECT kind, subject_id FROM pending_reactions WHERE kind = 'inbound_received'")
    assert [(row["kind"], row["subject_id"]) for row in due] == [(deliveries.INBOUND_RECEIVED, message.id)]
    assert await engine.database.fetchval("SELECT raw FROM inbound_messages") == b"Yes"


async def test_what_is_told_twice_is_one_message_and_what_is_said_again_later_another(engine: Engine) -> None:
    await asyncio.gather(*(engine.told(written(), written()) for _ in range(5)))
    assert len(await stored(engine)) == 1
    engine.database.clock.move(timedelta(minutes=11))
    await engine.told(written())
    assert len(await stored(engine)) == 2


async def test_a_message_with_a_name_is_known_for_ever(engine: Engine) -> None:
    await engine.told(written(provider_id="m1"), written("Yes", provider_id="m2"))
    engine.database.clock.move(timedelta(days=3))
    await engine.told(written("Yes!", provider_id="m1"))
    assert [each.text for each in await stored(engine)] == ["Yes", "Yes"]


async def test_it_says_which_delivery_it_answers(engine: Engine) -> None:
    made = await engine.sent("p1")
    await engine.told(written(answers=("unknown", "p1")))
    assert [each.delivery_id for each in await stored(engine)] == [made.id]


async def test_a_long_message_becomes_one_when_its_last_segment_is_there(engine: Engine) -> None:
    await engine.told(part(2, "world"), part(1, "other ", reference=8))
    assert await stored(engine) == []
    await asyncio.gather(engine.told(part(1, "Hello ")), engine.told(part(2, "ones", reference=8)))
    assert sorted(each.text for each in await stored(engine)) == ["Hello world", "other ones"]
    await engine.told(part(2, "world"))
    engine.database.clock.move(timedelta(hours=1, minutes=1))
    await end_incomplete(engine.database)
    assert len(await stored(engine)) == 2, "the repeated segment is no message"


async def test_of_a_long_message_that_stays_incomplete_there_is_what_came(engine: Engine) -> None:
    await engine.told(part(2, "STOP it"))
    engine.database.clock.move(timedelta(hours=1, minutes=1))
    await end_incomplete(engine.database)
    assert [each.text for each in await stored(engine)] == ["STOP it"]


async def test_after_thirty_days_only_what_it_says_is_left(engine: Engine) -> None:
    await engine.told(written())
    engine.database.clock.move(timedelta(days=31))
    await forget_raw(engine.database)
    assert await engine.database.fetchval("SELECT count(*) FROM inbound_messages WHERE raw IS NULL") == 1


async def test_what_cannot_be_stored_is_cut(engine: Engine) -> None:
    await engine.told(written("a\0b" * 20_000, sender="x" * 500, subject="s" * 5_000, body=b"\0" * 300_000))
    [message] = await stored(engine)
    assert len(message.text) < 20_000
    assert "\0" not in message.text
    assert len(message.sender) == 300
    assert await engine.database.fetchval("SELECT length(raw) FROM inbound_messages") == 262_144
