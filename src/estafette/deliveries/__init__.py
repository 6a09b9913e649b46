"""Deliveries: messages that leave the house by SMS, MMS, e-mail and push, each once, and what became of them."""

from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.actions.cancelling import cancel
from estafette.deliveries.actions.finding import count, counts, find, list_deliveries, story
from estafette.deliveries.models.deliveries import Count, Delivery, DeliveryStory, NewDelivery
from estafette.deliveries.rules.checking import check

__all__ = [
    "Acceptor",
    "Count",
    "Delivery",
    "DeliveryStory",
    "NewDelivery",
    "cancel",
    "check",
    "count",
    "counts",
    "find",
    "list_deliveries",
    "story",
]
