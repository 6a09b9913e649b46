"""Storing: deliveries that are handed over become rows and places in the queue, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from estafette.base.bus import Event, event
from estafette.base.database import Queries
from estafette.base.errors import Problem
from estafette.base.group_commit import HeldUp
from estafette.base.quotas import Quotas, exceeded
from estafette.deliveries.actions import showing
from estafette.deliveries.alphabet import count_segments, encoding_of
from estafette.deliveries.errors import DeliveryKeyReused
from estafette.deliveries.models.deliveries import Delivery, NewDelivery
from estafette.deliveries.models.engine import QUEUED
from estafette.deliveries.rules.checking import ends
from estafette.deliveries.store import accepting
from estafette.deliveries.store.accepting import Entry


class Stored(msgspec.Struct, frozen=True):
    """What became of each delivery, and the events that tell of them once they are committed."""

    outcomes: list[Delivery | Problem | HeldUp]
    events: list[Event]


async def store(queries: Queries, news: Sequence[NewDelivery], now: datetime, limits: Quotas | None) -> Stored:
    """Stores checked deliveries in one statement, a transaction of its own where the caller has none open.

    Without `limits` they are not counted. `HeldUp` are those that have no room in the day of their owner beside all
    before them, of which some may have been refused.
    """
    entries: list[Entry] = []
    places: list[int] = []
    by_key: dict[tuple[UUID, str], int] = {}
    for new in news:
        place = by_key.setdefault((new.owner_id, new.key), len(entries)) if new.key is not None else len(entries)
        if place == len(entries):
            entries.append(entry(new, now))
        places.append(place)
    rows = await accepting.accept(
        queries,
        entries,
        now,
        counted=limits is not None,
        most_deliveries=limits.deliveries if limits else 0,
        most_bytes=limits.bytes if limits else 0,
    )
    outcomes = [_outcome(new, entries[place], rows[place], now) for new, place in zip(news, places, strict=True)]
    made = [entry.new for entry, row in zip(entries, rows, strict=True) if row["made_id"] is not None]
    lanes = {str(each.only_gateway_id or each.channel) for each in made}
    return Stored(outcomes, [event(QUEUED, sorted(lanes))] if lanes else [])


def _outcome(new: NewDelivery, entry: Entry, row: Any, now: datetime) -> Delivery | Problem | HeldUp:
    """What became of one that is an entry, or has the key of one."""
    if row["made_id"] is not None:
        first, only = _delivery(row["made_id"], entry, now), entry.new.only_gateway_id
        if new is entry.new:
            return first
    elif row["id"] is not None:
        first, only = showing.delivery(row), row["only_gateway_id"]
    else:
        return HeldUp.LANE if row["fits"] else exceeded(now)
    return first if only == new.only_gateway_id and _same(new, first) else DeliveryKeyReused()


def entry(new: NewDelivery, now: datetime) -> Entry:
    """A checked delivery with what follows from it."""
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
