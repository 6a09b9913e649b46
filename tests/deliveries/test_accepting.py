"""Accepting deliveries."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from estafette import deliveries
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.deliveries import Acceptor, NewDelivery
from estafette.deliveries.errors import DeliveryKeyReused, TooLateToCancel, UnknownDelivery
from estafette.deliveries.models.messages import Medium, Options
from estafette.deliveries.store import pages
from tests.deliveries import ANN, BEN, text_message


async def test_what_was_accepted_is_found_as_it_was_told(database: Database) -> None:
    new = text_message("Olá!", key="k1", urgency=0)
    made = await Acceptor(database).accept(new)
    assert (made.status, made.public_status, made.sequence, made.attempts) == ("CREATED", "CREATED", 0, 0)
    assert (made.text, made.recipient, made.key, made.urgency) == ("Olá!", "+33612345678", "k1", "urgent")
    assert (made.encoding, made.segments) == ("ucs2", 1)
    assert made.expires_at - made.created_at == timedelta(hours=48)
    assert await deliveries.find(database, ANN, made.id) == made
    told = await deliveries.history(database, ANN, made.id)
    assert (told.delivery, told.changes, told.attempts, told.receipts) == (made, (), (), ())
    assert told.next_attempt_at == made.send_at == made.created_at


async def test_every_channel_keeps_what_belongs_to_it(database: Database) -> None:
    acceptor = Acceptor(database)
    mail = NewDelivery(
        owner_id=ANN,
        channel="email",
        sender="us@example.org",
        recipient="you@example.org",
        text="Hello",
        html="<p>Hello</p>",
        subject="A word",
        options=Options(unsubscribe_url="https://example.org/u", reply_to="back@example.org"),
    )
    pictures = (Medium(url="https://example.org/a.png", media_type="image/png"), Medium(url="http://example.org/b"))
    mms = NewDelivery(owner_id=ANN, channel="mms", sender="", recipient="+33612345678", text="", media=pictures)
    push = NewDelivery(
        owner_id=ANN, channel="push", sender="", recipient=str(uuid4()), text="Hi", options=Options(url="/", topic="t")
    )
    made = await asyncio.gather(*(acceptor.accept(each) for each in (mail, mms, push)))
    for new, one in zip((mail, mms, push), made, strict=True):
        found = await deliveries.find(database, ANN, one.id)
        assert found == one
        for field in ("channel", "sender", "recipient", "text", "html", "subject", "options", "media"):
            assert getattr(found, field) == getattr(new, field)
    validities = [one.expires_at - one.send_at for one in made]
    assert validities == [timedelta(days=5), timedelta(hours=48), timedelta(hours=24)]
    assert made[0].encoding is None


async def test_a_retry_with_the_same_key_gets_the_first_delivery(database: Database) -> None:
    acceptor = Acceptor(database)
    first = await acceptor.accept(text_message(key="once"))
    assert await acceptor.accept(text_message(key="once")) == first
    together = await asyncio.gather(*(acceptor.accept(text_message("twice", key="twice")) for _ in range(20)))
    assert len({each.id for each in together}) == 1
    assert await deliveries.count(database, ANN) == 2


@pytest.mark.parametrize(
    "other", [{"text": "Else"}, {"to": "+33612345679"}, {"urgency": 2}, {"only_gateway_id": uuid4()}]
)
async def test_a_key_is_good_for_one_message(database: Database, other: dict[str, Any]) -> None:
    acceptor = Acceptor(database)
    await acceptor.accept(text_message(key="k"))
    with pytest.raises(DeliveryKeyReused):
        await acceptor.accept(text_message(key="k", **other))
    together = await asyncio.gather(
        acceptor.accept(text_message(key="l")),
        acceptor.accept(text_message(key="l", **other)),
        return_exceptions=True,
    )
    assert [type(each) for each in together] == [deliveries.Delivery, DeliveryKeyReused]


async def test_keys_of_two_accounts_do_not_meet(database: Database) -> None:
    acceptor = Acceptor(database)
    mine = await acceptor.accept(text_message(key="k"))
    yours = await acceptor.accept(text_message("Another", key="k", owner=BEN))
    assert mine.id != yours.id


async def test_another_account_sees_nothing(database: Database) -> None:
    made = await Acceptor(database).accept(text_message())
    for look in (deliveries.find, deliveries.history, deliveries.cancel):
        with pytest.raises(UnknownDelivery):
            await look(database, BEN, made.id)
    assert (await deliveries.list_deliveries(database, BEN, limit=10)).items == []
    assert (await deliveries.find(database, ANN, made.id)).status == "CREATED"


@pytest.mark.parametrize("id_", [0, -1, 2**63, 2**80])
async def test_an_id_that_cannot_be_is_unknown(database: Database, id_: int) -> None:
    with pytest.raises(UnknownDelivery):
        await deliveries.find(database, ANN, id_)


async def test_the_list_goes_back_page_by_page_and_can_be_narrowed(database: Database) -> None:
    acceptor = Acceptor(database)
    made = [await acceptor.accept(text_message(f"text {number}")) for number in range(5)]
    mail = await acceptor.accept(
        NewDelivery(owner_id=ANN, channel="email", sender="", recipient="a@example.org", text="x", subject="100%_sure")
    )
    await deliveries.cancel(database, ANN, made[1].id)

    async def ids(limit: int = 10, **given: Any) -> list[int]:
        return [each.id for each in (await deliveries.list_deliveries(database, ANN, limit=limit, **given)).items]

    newest_first = [mail.id, *(each.id for each in reversed(made))]
    assert await ids() == newest_first
    assert await ids(limit=2) == newest_first[:2]
    assert await ids(limit=2, before=newest_first[1]) == newest_first[2:4]
    assert await ids(channel="email") == [mail.id]
    assert await ids(status="CANCELLED") == [made[1].id]
    assert await ids(status="CREATED", channel="sms") == [made[4].id, made[3].id, made[2].id, made[0].id]
    assert await ids(q="TEXT 3") == [made[3].id]
    assert await ids(q="100%_s") == [mail.id]
    assert await ids(q="100_%s") == []
    assert await ids(q="\\") == []
    assert await ids(gateway_id=uuid4()) == []


async def test_a_search_looks_at_a_bounded_stretch_and_goes_on_from_there(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "STRETCH", 3)
    acceptor = Acceptor(database)
    made = [(await acceptor.accept(text_message(f"text {number}"))).id for number in range(8)]
    for number in (0, 5):
        await deliveries.cancel(database, ANN, made[number])

    async def walk(**given: Any) -> tuple[list[int], int]:
        found: list[int] = []
        before, count = None, 0
        while count == 0 or before:
            page = await deliveries.list_deliveries(database, ANN, limit=2, before=before, **given)
            found += [each.id for each in page.items]
            before, count = page.next, count + 1
        return found, count

    first = await deliveries.list_deliveries(database, ANN, limit=2, q="text 1")
    assert (first.items, first.next) == ([], made[5])
    assert await walk(q="text 1") == ([made[1]], 3)
    assert await walk(q="text 1", channel="sms") == ([made[1]], 3)
    assert (await walk(q="text 1", status="CREATED"))[0] == [made[1]]
    assert (await walk(status="CANCELLED"))[0] == [made[5], made[0]]
    assert (await walk(status="SENT"))[0] == []
    assert (await walk())[0] == (await walk(channel="sms"))[0] == list(reversed(made))


async def test_what_is_counted_is_what_was_accepted_by_channel(database: Database) -> None:
    acceptors = [Acceptor(database) for _ in range(4)]
    mail = NewDelivery(owner_id=BEN, channel="email", sender="", recipient="a@example.org", text="x", subject="x")
    await asyncio.gather(
        *(acceptors[n % 4].accept(text_message(str(n), key=str(n // 2))) for n in range(0, 40, 2)),
        *(acceptors[n % 4].accept(text_message(str(n), key=str(n // 2))) for n in range(0, 40, 2)),
        *(acceptors[n % 4].accept(mail) for n in range(7)),
    )
    assert await deliveries.count(database, ANN) == await deliveries.count_texts(database, ANN) == 20
    assert (await deliveries.count(database, BEN), await deliveries.count_texts(database, BEN)) == (7, 0)


async def test_a_cancelled_delivery_does_not_go_out_and_cancelling_twice_does_no_harm(database: Database) -> None:
    made = await Acceptor(database).accept(text_message())
    cancelled = await deliveries.cancel(database, ANN, made.id)
    assert (cancelled.status, cancelled.public_status, cancelled.sequence) == ("CANCELLED", "SYSTEM_ERROR", 1)
    assert await deliveries.cancel(database, ANN, made.id) == cancelled
    assert await database.fetchval("SELECT count(*) FROM delivery_queue") == 0
    [change] = (await deliveries.history(database, ANN, made.id)).changes
    assert (change.ordinal, change.status, change.at) == (1, "CANCELLED", cancelled.changed_at)
    [count] = await deliveries.counts(database, ANN, made.created_at)
    assert (count.gateway_id, count.status, count.count) == (None, "CANCELLED", 1)
    assert await deliveries.counts(database, BEN, made.created_at) == []
    assert await deliveries.counts(database, None, made.created_at) == [count]


async def test_what_is_being_submitted_cannot_be_cancelled(database: Database) -> None:
    made = await Acceptor(database).accept(text_message())
    await database.execute("UPDATE delivery_queue SET dispatcher_id = gen_random_uuid()")
    with pytest.raises(TooLateToCancel):
        await deliveries.cancel(database, ANN, made.id)


async def test_a_wrong_delivery_is_not_stored_and_every_wrong_field_is_named(database: Database) -> None:
    with pytest.raises(Invalid) as caught:
        await Acceptor(database).accept(text_message("", to="0612", html="<p>"))
    assert {(each.field, each.code) for each in caught.value.fields} == {
        ("to", "phone_invalid"),
        ("text", "required"),
        ("html", "not_for_channel"),
    }
    assert await deliveries.count(database, ANN) == 0
