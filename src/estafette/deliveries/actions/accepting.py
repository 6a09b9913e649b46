"""Accepting: what is handed over at the same time in one process is stored in one statement and one commit."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from datetime import datetime
from uuid import UUID

import asyncpg

from estafette.base.bus import event
from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem, Unavailable
from estafette.deliveries.actions import showing
from estafette.deliveries.alphabet import count_segments, encoding_of
from estafette.deliveries.errors import DeliveryKeyReused
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.models.engine import QUEUED
from estafette.deliveries.rules.checking import check, ends
from estafette.deliveries.store import accepting
from estafette.deliveries.store.accepting import Entry

BATCH = 200
WAITING = 5_000

Pending = tuple[NewDelivery, "asyncio.Future[Delivery]"]


class Acceptor:
    """Gathers the deliveries of one process: while one batch commits the next one fills, so a lone one never waits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Pending] = []
        self._storing: asyncio.Task[None] | None = None

    async def accept(self, new: NewDelivery) -> Delivery:
        """Stores a delivery and returns it; a retry with the same key returns the first one.

        Raises Invalid, DeliveryKeyReused, Unavailable; when the database is lost, the outcome is not known: retry with
        the key then.
        """
        new = check(new, self._database.clock.now())
        if len(self._waiting) >= WAITING:
            raise Unavailable
        answer: asyncio.Future[Delivery] = asyncio.get_running_loop().create_future()
        self._waiting.append((new, answer))
        if self._storing is None:
            # A context of its own: the batch must not join the transaction of the request that happened to start it.
            self._storing = asyncio.create_task(self._store_all(), context=Context())
        return await answer

    async def _store_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._store(batch)
        finally:
            self._storing = None
            # Only a loop that is shut down leaves somebody here.
            for _, answer in self._waiting:
                _answer(answer, Unavailable())
            self._waiting = []

    async def _store(self, batch: Sequence[Pending], *, again: bool = True) -> None:
        """Stores a batch in one transaction; what cannot be stored together is stored apart."""
        try:
            async with self._database.transaction() as transaction:
                outcomes = await accept_all(transaction, [new for new, _ in batch])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            if len(batch) > 1:
                # One row is bad: each gets a transaction of its own, so that it fails alone.
                for one in batch:
                    await self._store([one])
            elif again and isinstance(error, asyncpg.UniqueViolationError):
                # The same key was committed elsewhere meanwhile; now it can be seen.
                await self._store(batch, again=False)
            else:
                _answer(batch[0][1], error)
        except BaseException as error:
            for _, answer in batch:
                _answer(answer, error if isinstance(error, Exception) else Unavailable())
            if not isinstance(error, Exception):
                raise
        else:
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                _answer(answer, outcome)


async def accept_all(transaction: Transaction, news: Sequence[NewDelivery]) -> list[Delivery | Problem]:
    """Stores checked deliveries in the caller's transaction; each gets itself, its first one, or its problem."""
    now = transaction.clock.now()
    known: dict[tuple[UUID, str], tuple[Delivery, UUID | None]] = {}
    keys = list({(new.owner_id, new.key): None for new in news if new.key is not None})
    if keys:
        for row in await accepting.look(transaction, keys):
            known[row["owner_id"], row["key"]] = showing.delivery(row), row["only_gateway_id"]
    fresh: dict[int, Entry] = {}
    first_of: dict[tuple[UUID, str], int] = {}
    for place, new in enumerate(news):
        key = (new.owner_id, new.key) if new.key is not None else None
        if key is None or (key not in known and key not in first_of):
            fresh[place] = _entry(new, now)
            if key is not None:
                first_of[key] = place
    made: dict[int, Delivery] = {}
    if fresh:
        ids = await accepting.insert(transaction, list(fresh.values()), now)
        for (place, entry), id_ in zip(fresh.items(), ids, strict=True):
            made[place] = _delivery(id_, entry, now)
        lanes = {str(each.new.only_gateway_id or each.new.channel) for each in fresh.values()}
        transaction.announce(event(QUEUED, sorted(lanes)))
    outcomes: list[Delivery | Problem] = []
    for place, new in enumerate(news):
        if place in made:
            outcomes.append(made[place])
            continue
        key = new.owner_id, str(new.key)
        if key in known:
            first, only = known[key]
        else:
            first, only = made[first_of[key]], news[first_of[key]].only_gateway_id
        outcomes.append(first if only == new.only_gateway_id and _same(new, first) else DeliveryKeyReused())
    return outcomes


def _entry(new: NewDelivery, now: datetime) -> Entry:
    start = max(now, new.send_at or now)
    texts = new.channel in ("sms", "mms")
    return Entry(
        new,
        encoding_of(new.text) if texts else None,
        # Media make a message one, whatever its text.
        count_segments(new.text) if texts and not new.media else 1,
        start,
        ends(new, start),
    )


def _delivery(id_: int, entry: Entry, now: datetime) -> Delivery:
    new = entry.new
    return Delivery(
        id=id_,
        channel=new.channel,
        sender=new.sender,
        recipient=new.recipient,
        text=new.text,
        subject=new.subject,
        html=new.html,
        media=new.media,
        options=new.options,
        urgency=showing.URGENCIES[new.urgency],
        encoding=entry.encoding,
        segments=entry.segments,
        status="CREATED",
        public_status="CREATED",
        sequence=0,
        attempts=0,
        key=new.key,
        created_at=now,
        changed_at=now,
        send_at=entry.send_at,
        expires_at=entry.expires_at,
    )


def _same(new: NewDelivery, first: Delivery) -> bool:
    """Whether a retry asks for what was asked for at first."""
    return (
        (new.channel, new.sender, new.recipient, new.text) == (first.channel, first.sender, first.recipient, first.text)
        and (new.subject, new.html, new.media, new.options) == (first.subject, first.html, first.media, first.options)
        and showing.URGENCIES[new.urgency] == first.urgency
        and (new.send_at is None or max(new.send_at, first.created_at) == first.send_at)
        and (new.expires_at is None or new.expires_at == first.expires_at)
    )


def _answer(answer: "asyncio.Future[Delivery]", outcome: Delivery | Exception) -> None:
    # Whoever gave up waiting does not disturb the others.
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
