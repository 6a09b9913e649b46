"""The native HTTP interface of deliveries: each handler decodes, calls one verb, encodes."""

from typing import Any, Final

from estafette.deliveries.api import broadcasts, callbacks, deliveries, gateways, push, suppressions, whatsapp

ENDPOINTS: Final[list[Any]] = [
    deliveries.send_delivery,
    deliveries.preview,
    deliveries.list_deliveries,
    deliveries.count_deliveries,
    deliveries.get_delivery,
    deliveries.cancel_delivery,
    gateways.list_gateways,
    gateways.add_gateway,
    gateways.list_kinds,
    gateways.get_gateway,
    gateways.change_gateway,
    gateways.remove_gateway,
    gateways.try_gateway,
    callbacks.take_callback,
    callbacks.take_callback_from_url,
    suppressions.list_suppressions,
    suppressions.add_suppression,
    suppressions.remove_suppression,
    push.get_key,
    push.list_subscriptions,
    push.subscribe,
    push.unsubscribe,
    push.try_subscription,
    whatsapp.list_templates,
    whatsapp.refresh_templates,
    broadcasts.get_broadcast_key,
    broadcasts.subscribe,
    broadcasts.unsubscribe,
    broadcasts.count_subscribers,
    broadcasts.get_settings,
    broadcasts.put_settings,
]
