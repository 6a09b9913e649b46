"""Deliveries: messages that leave the server by SMS, MMS, e-mail and push, each once, and what became of them."""

from estafette.deliveries.actions.accepting import Acceptor
from estafette.deliveries.actions.batching import (
    batch_counts,
    batch_is_through,
    batch_queue_sizes,
    cancel_batch,
    end_waiting_deliveries,
    filled_in_batches,
    forget_words,
    hand_in,
    held_in_batch,
    hold_batch,
    late_in_batch,
    open_batch,
    put_back_batch,
    put_off_deliveries,
)
from estafette.deliveries.actions.broadcasts import (
    broadcast_counts,
    broadcast_reasons,
    cancel_broadcast,
    ended_broadcasts,
    pause_broadcast,
    resume_broadcast,
    start_broadcast,
    subscribers,
)
from estafette.deliveries.actions.calling_back import Callbacks
from estafette.deliveries.actions.cancelling import cancel
from estafette.deliveries.actions.ending import end_waiting
from estafette.deliveries.actions.ending_broadcasts import standing as broadcast_standing
from estafette.deliveries.actions.enqueuing import enqueue
from estafette.deliveries.actions.finding import count, counts, find, history, list_deliveries
from estafette.deliveries.actions.gateway_file import WrongGatewayFile, prepare_gateways, read_gateway_file
from estafette.deliveries.actions.gateways import make_gateway
from estafette.deliveries.actions.inbound import created_since, forget_inbound, inbound
from estafette.deliveries.actions.push import forget_ended_subscriptions
from estafette.deliveries.actions.reaching import browsers, carries, channels, suppressed
from estafette.deliveries.actions.receiving import Inbox
from estafette.deliveries.actions.receiving_messages import INBOUND_RECEIVED, end_incomplete, forget_raw
from estafette.deliveries.actions.suppressions import lift, suppress
from estafette.deliveries.actions.sweeping import forget_old_receipts
from estafette.deliveries.actions.text_messages import count_texts, list_texts
from estafette.deliveries.actions.unreadable import unreadable_gateways
from estafette.deliveries.actions.whatsapp_templates import check_template
from estafette.deliveries.actions.whatsapp_windows import forget_closed_windows
from estafette.deliveries.alphabet import Extent, extent, outside_gsm7
from estafette.deliveries.dispatch import broadcast_tally, run_dispatch, run_whatsapp_templates
from estafette.deliveries.models.batches import BATCHES, BatchCounts, BatchDelivery, HeldDelivery
from estafette.deliveries.models.broadcasts import (
    BroadcastContent,
    BroadcastOutcome,
    BroadcastReason,
    BroadcastText,
    NewBroadcast,
)
from estafette.deliveries.models.deliveries import Count, Delivery, DeliveryHistory, NewDelivery, PublicStatus
from estafette.deliveries.models.engine import GATEWAYS_CHANGED, TransportEnvironment
from estafette.deliveries.models.gateways import GatewayInput
from estafette.deliveries.models.inbound import Inbound, InboundChannel, InboundMessage, Told
from estafette.deliveries.models.messages import Channel, Options
from estafette.deliveries.models.suppressions import NewSuppression
from estafette.deliveries.rules.broadcasts import broadcast_faults, check_broadcast
from estafette.deliveries.rules.checking import check
from estafette.deliveries.rules.permissions import require_sender

__all__ = [
    "BATCHES",
    "GATEWAYS_CHANGED",
    "INBOUND_RECEIVED",
    "Acceptor",
    "BatchCounts",
    "BatchDelivery",
    "BroadcastContent",
    "BroadcastOutcome",
    "BroadcastReason",
    "BroadcastText",
    "Callbacks",
    "Channel",
    "Count",
    "Delivery",
    "DeliveryHistory",
    "Extent",
    "GatewayInput",
    "HeldDelivery",
    "Inbound",
    "InboundChannel",
    "InboundMessage",
    "Inbox",
    "NewBroadcast",
    "NewDelivery",
    "NewSuppression",
    "Options",
    "PublicStatus",
    "Told",
    "TransportEnvironment",
    "WrongGatewayFile",
    "batch_counts",
    "batch_is_through",
    "batch_queue_sizes",
    "broadcast_counts",
    "broadcast_faults",
    "broadcast_reasons",
    "broadcast_standing",
    "broadcast_tally",
    "browsers",
    "cancel",
    "cancel_batch",
    "cancel_broadcast",
    "carries",
    "channels",
    "check",
    "check_broadcast",
    "check_template",
    "count",
    "count_texts",
    "counts",
    "created_since",
    "end_incomplete",
    "end_waiting",
    "end_waiting_deliveries",
    "ended_broadcasts",
    "enqueue",
    "extent",
    "filled_in_batches",
    "find",
    "forget_closed_windows",
    "forget_ended_subscriptions",
    "forget_inbound",
    "forget_old_receipts",
    "forget_raw",
    "forget_words",
    "hand_in",
    "held_in_batch",
    "history",
    "hold_batch",
    "inbound",
    "late_in_batch",
    "lift",
    "list_deliveries",
    "list_texts",
    "make_gateway",
    "open_batch",
    "outside_gsm7",
    "pause_broadcast",
    "prepare_gateways",
    "put_back_batch",
    "put_off_deliveries",
    "read_gateway_file",
    "require_sender",
    "resume_broadcast",
    "run_dispatch",
    "run_whatsapp_templates",
    "start_broadcast",
    "subscribers",
    "suppress",
    "suppressed",
    "unreadable_gateways",
]
