"""Batches: deliveries that are held, put back, cancelled and counted together."""

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from estafette.deliveries.models.deliveries import NewDelivery, Status
from estafette.deliveries.models.messages import Channel

BATCHES: Final = UUID(int=0xBA)
"""The owner of all that belongs to a batch; who may see it is asked of whoever made the batch."""

HELD: Final = "held"
"""The lane of what waits while its batch is held; no gateway serves it."""


MOST_LATE: Final = 20_000
"""So much of a batch may wait for another attempt, or for a later time, before that holds up the rest of it."""


class BatchDelivery(msgspec.Struct, frozen=True):
    """A delivery of a batch, and for whom of it."""

    member: UUID
    new: NewDelivery


class HeldDelivery(msgspec.Struct, frozen=True):
    """A delivery that waits in a batch, by which channel and for whom."""

    id: int
    channel: Channel
    member: UUID


class LateDelivery(HeldDelivery, frozen=True):
    """A delivery that its gateways have not taken for a while, and when they are offered it next."""

    not_before: datetime


BatchCounts = dict[Channel, dict[Status, int]]
"""How many deliveries of a batch stand where."""
