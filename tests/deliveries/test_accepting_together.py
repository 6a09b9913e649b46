"""Accepting many at once: one statement and one commit for a batch, and each is told what became of it alone."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from estafette import deliveries
from estafette.base import quotas
from estafette.base.database import Database
from estafette.base.quotas import QuotaExceeded, Quotas, Used
from estafette.deliveries import Acceptor, Delivery
from estafette.deliveries.errors import DeliveryKeyReused
from estafette.deliveries.models.messages import Medium
from tests.deliveries import ANN, BEN, text_message
from tests.locks import until_somebody_waits

# Quotas count by days.
pytestmark = pytest.mark.usefixtures("noon")

PICTURES = (Medium(url="https://example.org/a.png", media_type="image/png"),)


async def used(database: Database) -> dict[object, Used]:
    return {**await quotas.used(database, [ANN, BEN], database.clock.now())}


async def test_a_lone_one_takes_one_statement_and_a_retry_does(database: Database) -> None:
    acceptor = Acceptor(database)
    for new in (text_message(), text_message(key="k"), text_message(key="k")):
        before = database.statements
        await acceptor.accept(new)
        assert database.statements - before == 1
    assert await deliveries.count(database, ANN) == 2


async def test_a_batch_takes_one_statement_however_many_come(database: Database) -> None:
    acceptor = Acceptor(database)
    before = database.statements
    owners = [ANN, BEN]
    await asyncio.gather(*(acceptor.accept(text_message(owner=owners[n % 2])) for n in range(200)))
    assert database.statements - before == 1
    assert await used(database) == {each: Used(deliveries=100, bytes=800) for each in owners}
    await asyncio.gather(*(acceptor.accept(text_message()) for _ in range(300)))
    # 200 are a batch.
    assert database.statements - before <= 4
    assert await deliveries.count(database, ANN) == 400


async def test_what_an_account_hands_over_is_numbered_in_its_order(database: Database) -> None:
    acceptor = Acceptor(database)
    owners = [ANN, BEN]
    made = await asyncio.gather(*(acceptor.accept(text_message(str(n), owner=owners[n % 2])) for n in range(20)))
    for mine in (made[0::2], made[1::2]):
        assert mine == sorted(mine, key=lambda each: each.id)


async def test_a_key_that_comes_twice_in_a_batch_is_one_delivery(database: Database) -> None:
    acceptor = Acceptor(database)
    before = database.statements
    texts = ("once", "once", "else", "once")
    outcomes = await asyncio.gather(
        *(acceptor.accept(text_message(each, key="k")) for each in texts), return_exceptions=True
    )
    assert database.statements - before == 1
    assert [type(each) for each in outcomes] == [Delivery, Delivery, DeliveryKeyReused, Delivery]
    assert outcomes[0] == outcomes[1] == outcomes[3]
    assert await deliveries.count(database, ANN) == 1
    assert await used(database) == {ANN: Used(deliveries=1, bytes=4)}


async def test_what_one_account_sends_is_in_one_batch_at_a_time_and_others_do_not_wait(database: Database) -> None:
    acceptor = Acceptor(database)
    await acceptor.accept(text_message())
    async with database.transaction() as transaction:
        await transaction.execute("SELECT FROM daily_usage FOR UPDATE")
        first = asyncio.create_task(acceptor.accept(text_message(key="k")))
        await until_somebody_waits(database)
        again = asyncio.create_task(acceptor.accept(text_message(key="k")))
        assert (await acceptor.accept(text_message(owner=BEN))).status == "CREATED"
        assert not first.done()
        assert not again.done()
    assert await first == await again
    assert await deliveries.count(database, ANN) == 2


async def test_a_key_that_is_committed_meanwhile_takes_nobody_along(database: Database) -> None:
    acceptor = Acceptor(database)
    async with database.transaction() as transaction:
        [first] = await deliveries.enqueue(transaction, [text_message(key="k")])
        batch = [
            asyncio.create_task(acceptor.accept(new))
            for new in (text_message("before", owner=BEN), text_message(key="k"), text_message("after"))
        ]
        await until_somebody_waits(database)
    before, again, after = [await each for each in batch]
    assert again == first
    assert (before.text, after.text) == ("before", "after")
    assert await deliveries.count(database, ANN) == 2
    # What the server itself sends is not counted, and what was there already neither.
    assert await used(database) == {ANN: Used(deliveries=1, bytes=5), BEN: Used(deliveries=1, bytes=6)}


async def test_two_processes_that_take_the_same_key_agree(database: Database) -> None:
    acceptors = [Acceptor(database) for _ in range(4)]
    made = await asyncio.gather(
        *(each.accept(text_message(key=f"k{number}")) for number in range(30) for each in acceptors)
    )
    assert await deliveries.count(database, ANN) == 30
    assert len({each.id for each in made}) == 30


async def test_one_bad_row_fails_alone(database: Database) -> None:
    acceptor = Acceptor(database)
    # No check looks at this one.
    bad = msgspec.structs.replace(text_message("bad"), owner_id="not an id")
    outcomes = await asyncio.gather(
        acceptor.accept(text_message("first")),
        acceptor.accept(text_message("good")),
        acceptor.accept(bad),
        acceptor.accept(text_message("good, too")),
        return_exceptions=True,
    )
    assert [isinstance(each, Exception) for each in outcomes] == [False, False, True, False]
    assert await deliveries.count(database, ANN) == 3


async def test_a_quota_that_is_reached_within_a_batch_refuses_the_rest_of_it(database: Database) -> None:
    limits = Quotas(deliveries=2)
    acceptor = Acceptor(database, limits)
    first = await acceptor.accept(text_message(key="first"))
    outcomes = await asyncio.gather(
        acceptor.accept(text_message(key="first")),
        acceptor.accept(text_message(key="second")),
        acceptor.accept(text_message(key="third")),
        acceptor.accept(text_message(owner=BEN)),
        acceptor.accept(text_message(key="third")),
        acceptor.accept(text_message(key="second")),
        return_exceptions=True,
    )
    kinds = [Delivery, Delivery, QuotaExceeded, Delivery, QuotaExceeded, Delivery]
    assert [type(each) for each in outcomes] == kinds
    assert outcomes[0] == first
    assert await used(database) == {ANN: Used(deliveries=2, bytes=16), BEN: Used(deliveries=1, bytes=8)}
    # Another process knows at once.
    with pytest.raises(QuotaExceeded):
        await Acceptor(database, limits).accept(text_message())
    assert await Acceptor(database, limits).accept(text_message(key="first")) == first
    database.clock.move(timedelta(days=1))
    await acceptor.accept(text_message(key="third"))


async def test_what_is_too_long_for_the_rest_of_the_day_takes_nothing_short_along(database: Database) -> None:
    acceptor = Acceptor(database, Quotas(bytes=100))
    lengths = (40, 101, 50, 20, 0, 10, 1)
    news = [msgspec.structs.replace(text_message("x" * each), channel="mms", media=PICTURES) for each in lengths]
    outcomes = await asyncio.gather(*map(acceptor.accept, news), return_exceptions=True)
    kinds = [Delivery, QuotaExceeded, Delivery, QuotaExceeded, Delivery, Delivery, QuotaExceeded]
    assert [type(each) for each in outcomes] == kinds
    assert await used(database) == {ANN: Used(deliveries=4, bytes=100)}
