"""Accepting: what is handed over at the same time in one process is stored in one statement and one commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from estafette.base.bus import event
from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem
from estafette.base.group_commit import GroupCommit, in_a_transaction
from estafette.base.quotas import Known, Quotas, Used
from estafette.deliveries.actions import showing
from estafette.deliveries.alphabet import count_segments, encoding_of
from estafette.deliveries.errors import DeliveryKeyReused
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.models.engine import QUEUED
from estafette.deliveries.rules.checking import check, ends
from estafette.deliveries.store import accepting
from estafette.deliveries.store.accepting import Entry, weight


class Acceptor:
    """Accepts the deliveries of one process, many in one commit."""

    def __init__(self, database: Database, limits: Quotas | None = None) -> None:
        self._database = database
        self._quotas = limits or Quotas()
        self._group = GroupCommit(in_a_transaction(database, partial(accept_all, limits=self._quotas, usage=Known())))

    async def accept(self, new: NewDelivery) -> Delivery:
        """Stores a delivery and returns it; a retry with the same key returns the first one.

        Raises Invalid, DeliveryKeyReused, QuotaExceeded, DiskFull, Unavailable; when the database is lost, the outcome
        is not known: retry with the key then.
        """
        self._quotas.check_disk()
        return await self._group.put(check(new, self._database.clock.now()))


async def accept_all(
    transaction: Transaction, news: Sequence[NewDelivery], limits: Quotas | None = None, usage: Known | None = None
) -> list[Delivery | Problem]:
    """Stores checked deliveries in the caller's transaction; each gets itself, its first one, or its problem.

    Without `limits` they are not counted and none is refused: what the server itself has to say is never too much.
    """
    now = transaction.clock.now()
    known: dict[tuple[UUID, str], tuple[Delivery, UUID | None]] = {}
    keys = list({(new.owner_id, new.key): None for new in news if new.key is not None})
    if keys:
        for row in await accepting.find_by_keys(transaction, keys):
            known[row["owner_id"], row["key"]] = showing.delivery(row), row["only_gateway_id"]
    fresh: dict[int, Entry] = {}
    first_of: dict[tuple[UUID, str], int] = {}
    for index, new in enumerate(news):
        key = (new.owner_id, new.key) if new.key is not None else None
        if key is None or (key not in known and key not in first_of):
            fresh[index] = _entry(new, now)
            if key is not None:
                first_of[key] = index
    used = usage.today(now) if usage is not None else {}
    refused = _over_quota(fresh, limits, used, now) if limits is not None else {}
    fresh = {index: entry for index, entry in fresh.items() if index not in refused}
    made: dict[int, Delivery] = {}
    if fresh:
        ids, totals = await accepting.insert(transaction, list(fresh.values()), now, counted=limits is not None)
        used.update(totals)
        for (index, entry), id_ in zip(fresh.items(), ids, strict=True):
            made[index] = _delivery(id_, entry, now)
        lanes = {str(each.new.only_gateway_id or each.new.channel) for each in fresh.values()}
        transaction.announce(event(QUEUED, sorted(lanes)))
    outcomes: list[Delivery | Problem] = []
    for index, new in enumerate(news):
        if index in made:
            outcomes.append(made[index])
            continue
        key = new.owner_id, str(new.key)
        if (first_index := index if index in refused else first_of.get(key, -1)) in refused:
            outcomes.append(refused[first_index])
            continue
        if key in known:
            first, only = known[key]
        else:
            first, only = made[first_of[key]], news[first_of[key]].only_gateway_id
        outcomes.append(first if only == new.only_gateway_id and _same(new, first) else DeliveryKeyReused())
    return outcomes


def _over_quota(
    fresh: Mapping[int, Entry], limits: Quotas, known: Mapping[UUID, Used], now: datetime
) -> dict[int, Problem]:
    """Those that their owners may not hand over any more today."""
    used = dict(known)
    refused: dict[int, Problem] = {}
    for index, entry in fresh.items():
        problem = limits.count(used, entry.new.owner_id, Used(deliveries=1, bytes=weight(entry.new)), now)
        if problem is not None:
            refused[index] = problem
    return refused


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
