"""What gateways tell: early, late, doubled, in pieces, or not at all."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, cast

import asyncpg
import msgspec
import pytest

from estafette import deliveries
from estafette.base.database import Database, open_pool
from estafette.deliveries import NewDelivery
from estafette.deliveries.actions.sweeping import forget_old_receipts, give_up_waiting, sweep
from estafette.deliveries.models.messages import Accepted, Receipt, Unknown
from tests.deliveries import ANN, add_gateway, text_message
from tests.deliveries.engine import Engine
from tests.deliveries.scripted import receipt

MAIL = NewDelivery(owner_id=ANN, channel="email", sender="", recipient="you@example.org", text="x", subject="s")


async def receipts_of(engine: Engine, id_: int) -> list[str | None]:
    return [each.status for each in (await deliveries.history(engine.database, ANN, id_)).receipts]


async def test_a_receipt_delivers(engine: Engine) -> None:
    made = await engine.sent("p")
    await engine.told(receipt("p"))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]
    assert await receipts_of(engine, made.id) == ["delivered"]


async def test_a_failed_one_says_whose_fault_it_was(engine: Engine) -> None:
    one, two = await engine.sent("p1"), await engine.sent("p2")
    await engine.told(receipt("p1", "failed", code="absent"), receipt("p2", "failed", kind="gateway"))
    assert await engine.changes(one.id) == [("SENT", None), ("OPERATOR_ERROR", "absent")]
    assert await engine.changes(two.id) == [("SENT", None), ("RECEIVER_ERROR", "undelivered")]


async def test_a_receipt_on_the_way_changes_nothing_and_is_kept(engine: Engine) -> None:
    made = await engine.sent("p")
    await engine.told(receipt("p", "accepted"))
    assert (await engine.find(made.id)).status == "SENT"
    await engine.told(receipt("p", "read"))
    assert (await engine.find(made.id)).status == "DELIVERED"
    assert await receipts_of(engine, made.id) == ["accepted", "read"]


async def test_a_doubled_receipt_counts_once(engine: Engine) -> None:
    made = await engine.sent("p")
    await engine.told(receipt("p"), receipt("p"))
    await asyncio.gather(*(engine.told(receipt("p")) for _ in range(20)))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]
    assert await receipts_of(engine, made.id) == ["delivered"]


async def test_two_that_say_the_same_in_other_words_count_once(engine: Engine) -> None:
    made = await engine.sent("p")
    await engine.told(receipt("p", number=1))
    await engine.told(receipt("p", number=2))
    await engine.told(receipt("p", "failed"))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]
    assert await receipts_of(engine, made.id) == ["delivered", "delivered", "failed"]


async def test_a_receipt_that_is_faster_than_the_answer_meets_its_delivery(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.told(receipt("p"))
    assert (await engine.find(made.id)).status == "CREATED"
    await engine.record((claimed, Accepted(provider_ids=("p",))))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]
    assert await receipts_of(engine, made.id) == ["delivered"]
    assert await engine.database.fetchval("SELECT count(*) FROM receipts WHERE look_at IS NOT NULL") == 0


async def test_a_receipt_that_missed_its_delivery_finds_it_in_the_next_sweep(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.told(receipt("p"))
    # As if both had been committed at the same moment, neither seeing the other.
    await engine.database.execute("UPDATE receipts SET look_at = NULL")
    await engine.record((claimed, Accepted(provider_ids=("p",))))
    await engine.database.execute("UPDATE receipts SET look_at = now() + interval '1 minute'")
    assert (await engine.find(made.id)).status == "SENT"
    await sweep(engine.database)
    assert (await engine.find(made.id)).status == "SENT"
    engine.database.clock.move(timedelta(minutes=2))
    await sweep(engine.database)
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]
    assert await receipts_of(engine, made.id) == ["delivered"]


async def test_nobody_looks_for_ever(engine: Engine) -> None:
    await engine.told(receipt("nobody's"))
    looks = 0
    while await engine.database.fetchval("SELECT look_at FROM receipts"):
        engine.database.clock.move(timedelta(minutes=30))
        await sweep(engine.database)
        looks += 1
        assert looks < 200
    assert looks == 144
    row: Any = await engine.database.fetchrow("SELECT delivery_id, matched_at FROM receipts")
    assert tuple(row) == (None, None)


async def test_a_long_message_is_delivered_when_all_its_segments_are(engine: Engine) -> None:
    made = await engine.sent("p1", "p2", "p3", new=text_message("a" * 400))
    await engine.told(receipt("p1"), receipt("p3"))
    assert (await engine.find(made.id)).status == "SENT"
    await engine.told(receipt("p2"))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]


async def test_the_first_segment_that_fails_decides(engine: Engine) -> None:
    made = await engine.sent("p1", "p2", new=text_message("a" * 200))
    await engine.told(receipt("p2", "failed", code="absent"))
    await engine.told(receipt("p1"))
    assert await engine.changes(made.id) == [("SENT", None), ("OPERATOR_ERROR", "absent")]


async def test_segments_may_bear_the_same_name(engine: Engine) -> None:
    made = await engine.sent("p", "p", new=text_message("a" * 200))
    await engine.told(receipt("p", number=1))
    # The same one once more says nothing of the other segment.
    await engine.told(receipt("p", number=1))
    assert (await engine.find(made.id)).status == "SENT"
    await engine.told(receipt("p", number=2))
    assert (await engine.find(made.id)).status == "DELIVERED"


async def test_receipts_of_all_segments_at_once_deliver_once(engine: Engine) -> None:
    names = [f"p{number}" for number in range(10)]
    made = await engine.sent(*names, new=text_message("a" * 1_500))
    await asyncio.gather(*(deliveries.Inbox(engine.database).hand_in(engine.gateway_id, [receipt(n)]) for n in names))
    assert await engine.changes(made.id) == [("SENT", None), ("DELIVERED", None)]


async def test_a_gateway_that_uses_its_names_again_means_the_newest_that_is_open(engine: Engine) -> None:
    old = await engine.sent("p")
    await engine.told(receipt("p", number=1))
    new = await engine.sent("p")
    await engine.told(receipt("p", "failed", number=2))
    assert (await engine.find(old.id)).status == "DELIVERED"
    assert (await engine.find(new.id)).status == "OPERATOR_ERROR"


async def test_names_of_two_gateways_do_not_meet(engine: Engine) -> None:
    made = await engine.sent("p")
    other = await add_gateway(engine.database)
    await engine.inbox.hand_in(other, [receipt("p")])
    assert (await engine.find(made.id)).status == "SENT"


async def test_a_mail_that_comes_back_was_not_delivered_after_all(engine: Engine) -> None:
    await engine.database.execute("UPDATE gateways SET channels = '{sms,email}'")
    mail, text = await engine.sent("m", new=MAIL), await engine.sent("t")
    await engine.told(receipt("m"), receipt("t"))
    await engine.told(receipt("m", "failed", code="bounced"), receipt("t", "failed"))
    await engine.told(receipt("m", number=3))
    assert await engine.changes(mail.id) == [("SENT", None), ("DELIVERED", None), ("OPERATOR_ERROR", "bounced")]
    assert await engine.changes(text.id) == [("SENT", None), ("DELIVERED", None)]


async def test_what_cannot_be_understood_or_believed_is_kept_with_its_fault(engine: Engine) -> None:
    made = await engine.sent("p")
    await engine.told(
        Receipt(body=b"\xff\x00 what?", fault="not a receipt"),
        Receipt(body=b"forged", provider_id="p", status="delivered", fault="signature"),
        Receipt(body=b"x" * 70_000, provider_id="q\0" * 400, status="failed", reason="\0\ud800", code="c" * 1_000),
    )
    rows = await engine.database.fetch("SELECT fault, look_at, length(body) AS size FROM receipts ORDER BY size")
    assert [(row["fault"], row["look_at"] is None, row["size"]) for row in rows] == [
        ("signature", True, 6),
        ("not a receipt", True, 8),
        (None, False, 65_536),
    ]
    assert (await engine.find(made.id)).status == "SENT"


async def test_what_could_not_be_stored_is_not_acknowledged(engine: Engine, dsn: str) -> None:
    made = await engine.sent("p")
    away = Database(await open_pool(dsn, size=1), engine.database.bus, engine.database.clock)
    await away.pool.close()
    inbox = deliveries.Inbox(away)
    with pytest.raises(asyncpg.InterfaceError):
        await inbox.hand_in(engine.gateway_id, [receipt("p")])
    away.pool = engine.database.pool
    # The gateway, which got no answer, tells again.
    await inbox.hand_in(engine.gateway_id, [receipt("p")])
    assert (await engine.find(made.id)).status == "DELIVERED"


async def test_one_receipt_that_cannot_be_stored_does_not_take_others_along(engine: Engine) -> None:
    good, odd = await engine.sent("good"), await engine.sent("odd")
    unstorable = msgspec.structs.replace(receipt("odd"), happened_at=cast("datetime", "yesterday"))
    answers = await asyncio.gather(
        engine.told(receipt("first")),
        engine.told(receipt("good")),
        engine.told(receipt("another"), unstorable),
        engine.told(receipt("odd", "failed", code="a\0b\udc80")),
        return_exceptions=True,
    )
    assert [answer is None for answer in answers] == [True, True, False, True]
    assert (await engine.find(good.id)).status == "DELIVERED"
    assert await engine.changes(odd.id) == [("SENT", None), ("OPERATOR_ERROR", "ab?")]
    # What was handed in together was not stored in part.
    assert await engine.database.fetchval("SELECT count(*) FROM receipts WHERE provider_id = 'another'") == 0


async def test_receipts_that_come_together_take_few_statements(engine: Engine) -> None:
    for _ in range(150):
        await engine.send()
    messages = (await engine.claim()).messages
    await engine.record(*((each, Accepted(provider_ids=(f"p{each.delivery_id}",))) for each in messages))
    before = engine.database.statements
    await asyncio.gather(*(engine.told(receipt(f"p{each.delivery_id}")) for each in messages))
    # The first one goes alone.
    assert engine.database.statements - before <= 20
    assert await engine.database.fetchval("SELECT count(*) FROM deliveries WHERE status = 'DELIVERED'") == 150
    rows = await deliveries.counts(engine.database, ANN, engine.database.clock.now())
    assert {row.status: row.count for row in rows} == {"SENT": 150, "DELIVERED": 150}


async def test_without_a_receipt_within_three_days_it_has_failed_and_a_late_one_still_counts(engine: Engine) -> None:
    made = await engine.sent("p")
    engine.database.clock.move(timedelta(hours=71))
    await give_up_waiting(engine.database)
    assert (await engine.find(made.id)).status == "SENT"
    engine.database.clock.move(timedelta(hours=2))
    await give_up_waiting(engine.database)
    await give_up_waiting(engine.database)
    await engine.told(receipt("p"))
    assert await engine.changes(made.id) == [("SENT", None), ("OPERATOR_ERROR", "no_receipt"), ("DELIVERED", None)]


async def test_a_gateway_that_gives_no_receipts_leaves_it_sent(engine: Engine) -> None:
    await engine.database.execute("UPDATE gateways SET receipts_expected = false")
    made = await engine.sent("p")
    engine.database.clock.move(timedelta(hours=100))
    await give_up_waiting(engine.database)
    assert (await engine.find(made.id)).status == "SENT"


async def test_what_stays_uncertain_for_three_days_is_said_to_be_unknown(engine: Engine) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    await engine.record((claimed, Unknown(reason="no answer")))
    assert (await engine.find(made.id)).public_status == "CREATED"
    engine.database.clock.move(timedelta(hours=73))
    await give_up_waiting(engine.database)
    await give_up_waiting(engine.database)
    found = await engine.find(made.id)
    assert (found.status, found.reason, found.public_status) == ("UNCERTAIN", "outcome_unknown", "SYSTEM_ERROR")
    assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt"), ("UNCERTAIN", "outcome_unknown")]


async def test_everybody_who_waited_in_vain_is_found_however_many_there_are(engine: Engine) -> None:
    for _ in range(12):
        await asyncio.gather(*(engine.send() for _ in range(200)))
        messages = (await engine.claim()).messages
        await engine.record(*((each, Accepted(provider_ids=(f"p{each.delivery_id}",))) for each in messages))
    engine.database.clock.move(timedelta(hours=73))
    await give_up_waiting(engine.database)
    assert await engine.database.fetchval("SELECT count(*) FROM deliveries WHERE reason = 'no_receipt'") == 2_400


async def test_receipts_are_kept_for_a_month(engine: Engine) -> None:
    await engine.sent("p")
    await engine.told(receipt("p", "accepted"))
    engine.database.clock.move(timedelta(days=29))
    await engine.told(receipt("p"))
    await forget_old_receipts(engine.database)
    assert await engine.database.fetchval("SELECT count(*) FROM receipts") == 2
    engine.database.clock.move(timedelta(days=2))
    await forget_old_receipts(engine.database)
    assert await engine.database.fetchval("SELECT status FROM receipts") == "delivered"


@pytest.mark.parametrize("early", [True, False])
async def test_what_was_taken_without_an_answer_is_found_by_the_name_that_we_gave_it(
    engine: Engine, early: bool
) -> None:
    made = await engine.send()
    [claimed] = (await engine.claim()).messages
    delivered = Receipt(body=b"1", provider_id="theirs", own_name="ours", status="delivered")
    if early:
        await engine.told(delivered)
    await engine.record((claimed, Unknown(reason="No answer came.", provider_ids=("ours",))))
    if not early:
        assert await engine.changes(made.id) == [("UNCERTAIN", "awaiting_receipt")]
        await engine.told(delivered)
    assert (await engine.changes(made.id))[-1] == ("DELIVERED", None)
    # A name that nobody has is no hindrance: it is known by its own id.
    other = await engine.sent("theirs too")
    await engine.told(Receipt(body=b"2", provider_id="theirs too", own_name="never stored", status="delivered"))
    assert (await engine.find(other.id)).status == "DELIVERED"
