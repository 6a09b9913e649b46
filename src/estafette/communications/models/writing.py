"""What those who hand over need of those who know how to write."""

from collections.abc import Callable, Sequence
from datetime import datetime

from estafette.communications.models.content import Channel
from estafette.communications.models.work import Addressee, Work
from estafette.deliveries import NewDelivery

Write = Callable[[Work, Channel, Sequence[Addressee], datetime], Sequence[NewDelivery | str]]
"""Writes to clients on a channel, in their order: what goes out to each, or a stable code why nothing can be said."""
