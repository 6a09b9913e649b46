"""Handing over: recipients whose turn it is become deliveries, a small piece of a lane at a time, lanes in turn.

What is known of a client is looked at now: whether there is an address still, a refusal, quiet hours. A piece is one
transaction: its recipients are locked, and so is its communication, which nobody pauses or cancels in between.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from estafette import deliveries
from estafette.base.database import Database, Transaction
from estafette.communications.models.communications import Status
from estafette.communications.models.content import Channel
from estafette.communications.models.work import Addressee, Lane, WaitingRecipient, Work
from estafette.communications.models.writing import Write
from estafette.communications.rules import pace as throttle
from estafette.communications.rules.moments import quiet_until_now, useless_from
from estafette.communications.rules.windows import Window
from estafette.communications.store import counts, work
from estafette.communications.store import handing_over as store
from estafette.communications.store.handing_over import Handled, Place

PIECE: Final = 100
LOOK_BACK: Final = timedelta(seconds=10)
_BEGINNING: Final[Place] = (datetime(2000, 1, 1, tzinfo=UTC), UUID(int=0))
_URGENCY: Final = {"campaign": 2, "transactional": 1}
_STATUSES: Final[dict[str, Status]] = {
    "skipped": "SKIPPED",
    "cancelled": "CANCELLED",
    "expired": "EXPIRED",
    "suppressed": "SUPPRESSED",
}
"""What a recipient without a delivery is counted as."""


class LaneFeeder:
    """Hands over the recipients of one lane, as one worker does it."""

    def __init__(self, lane: Lane) -> None:
        self._id = lane.communication_id
        self._channel: Channel = lane.channel
        self._window = Window()
        # What was handed over leaves dead rows in the index, which are not to be passed again each time.
        self._after, self._since = _BEGINNING, datetime.min.replace(tzinfo=UTC)

    async def feed(self, database: Database, write: Write, queued: int) -> int:
        """Hands over what fits of those whose time has come; how many recipients it dealt with."""
        now = database.clock.now()
        if not timedelta(0) <= now - self._since < LOOK_BACK:
            self._after, self._since = _BEGINNING, now
        async with database.transaction() as transaction:
            locked = await work.lock_free(transaction, self._id)
            if locked is None or locked.state != "running":
                return 0
            per_minute = locked.schedule.per_minute
            bucket = throttle.refilled(await store.pace(transaction, self._id, self._channel), per_minute, now)
            room = min(PIECE, self._window.room(queued, per_minute, now))
            limit = room if per_minute is None else min(room, int(bucket.tokens))
            if limit <= 0:
                return 0
            due = await store.pick(transaction, self._id, self._channel, self._after, now, limit)
            if not due:
                return 0
            handled = await _Piece(transaction, locked, self._channel, write).handle(due)
            given = sum(each.delivery_id is not None for each in handled)
            await store.serve(transaction, self._id, self._channel, throttle.spent(bucket, given), now)
        self._after = due[-1].not_before, due[-1].client_id
        self._window.handed_over(given)
        return len(due)


class _Piece:
    """Some recipients of a lane on their way."""

    def __init__(self, transaction: Transaction, of: Work, channel: Channel, write: Write) -> None:
        self._transaction, self._work, self._write = transaction, of, write
        self._channel: Channel = channel
        self._now = transaction.clock.now()
        self._has_later = bool(of.later_channels(channel))

    async def handle(self, due: Sequence[WaitingRecipient]) -> list[Handled]:
        """Hands over whom it may, and stores what became of each."""
        known = await store.addressees(self._transaction, [each.client_id for each in due])
        addresses = [address for each in known.values() if (address := each.address(self._channel))]
        suppressed = await deliveries.suppressed(self._transaction, self._channel, addresses)
        handled: list[Handled] = []
        left: list[tuple[WaitingRecipient, Addressee]] = []
        for each in due:
            client = known.get(each.client_id)
            ended = self._without_delivery(each, client, suppressed)
            if ended is not None:
                handled.append(ended)
            elif client is not None:
                left.append((each, client))
        handled += await self._deliver(left)
        await store.store(self._transaction, self._work.id, self._channel, handled)
        moved = Counter[tuple[UUID, Channel, Status]]()
        key = self._work.id, self._channel
        for each in handled:
            if each.state != "waiting":
                moved[*key, "WAITING"] -= 1
            if each.state in _STATUSES:
                moved[*key, _STATUSES[each.state]] += 1
        await counts.add(self._transaction, moved)
        return handled

    def _without_delivery(
        self, each: WaitingRecipient, client: Addressee | None, suppressed: set[str]
    ) -> Handled | None:
        """What becomes of a recipient who gets nothing, or not now."""
        if client is None:
            return Handled(each.client_id, "cancelled", "erased", each.not_before)
        address = client.address(self._channel)
        if self._ends(each, client) <= self._now:
            return Handled(each.client_id, "expired", "expired", each.not_before)
        if address is None:
            return self._skipped(each, "skipped", "no_address")
        if self._channel in client.refused:
            return self._skipped(each, "skipped", "refused")
        if address in suppressed:
            return self._skipped(each, "suppressed", "suppressed")
        later = quiet_until_now(self._work, client.time_zone, self._now)
        return None if later is None else Handled(each.client_id, "waiting", None, later)

    async def _deliver(self, left: Sequence[tuple[WaitingRecipient, Addressee]]) -> list[Handled]:
        written = self._write(self._work, self._channel, [client for _, client in left], self._now) if left else []
        handled: list[Handled] = []
        ready: list[WaitingRecipient] = []
        news: list[deliveries.BatchDelivery] = []
        urgency = _URGENCY[self._work.kind]
        for (each, client), new in zip(left, written, strict=True):
            if isinstance(new, str):
                handled.append(self._skipped(each, "skipped", new))
            else:
                new = replace(new, urgency=urgency, expires_at=self._ends(each, client))
                ready.append(each)
                news.append(deliveries.BatchDelivery(each.client_id, new))
        step_at = self._now + timedelta(seconds=self._work.schedule.step_after) if self._has_later else None
        for each, id_ in zip(ready, await deliveries.hand_in(self._transaction, self._work.id, news), strict=True):
            if isinstance(id_, int):
                handled.append(Handled(each.client_id, "handed_over", None, each.not_before, step_at, id_))
            else:
                handled.append(self._skipped(each, "skipped", "not_deliverable"))
        return handled

    def _skipped(self, each: WaitingRecipient, state: str, reason: str) -> Handled:
        """Who cannot be reached this way may be by the next."""
        return Handled(each.client_id, state, reason, each.not_before, self._now if self._has_later else None)

    def _ends(self, each: WaitingRecipient, client: Addressee) -> datetime:
        ends = useless_from(self._work, client.time_zone)
        if self._work.mode == "ladder" and self._channel != self._work.channels[0]:
            # A later step has as much time as the first had.
            after = ends - (self._work.starts_at or self._work.created_at)
            return max(ends, each.not_before + min(after, timedelta(days=2)))
        return ends
