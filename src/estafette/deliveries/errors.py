"""What can go wrong with deliveries."""

from estafette.base.errors import Conflict, Forbidden, NotFound


class UnknownDelivery(NotFound):
    """There is no such delivery."""

    code = "unknown_delivery"


class UnknownGateway(NotFound):
    """There is no such gateway."""

    code = "unknown_gateway"


class UnknownSubscription(NotFound):
    """There is no such subscription."""

    code = "unknown_subscription"


class MayNotSend(Forbidden):
    """Only service accounts and administrators may send messages."""

    code = "may_not_send"


class TooLateToCancel(Conflict):
    """This message has gone out already."""

    code = "too_late_to_cancel"


class DeliveryKeyReused(Conflict):
    """This idempotency key was used for another message."""

    code = "delivery_key_reused"


class ManagedElsewhere(Conflict):
    """This gateway comes from the settings file; change it there."""

    code = "managed_elsewhere"


class CallbackRefused(Forbidden):
    """This callback is not signed as the gateway would sign it."""

    code = "callback_refused"


class NewsNotOffered(Conflict):
    """This organisation sends no news by notification."""

    code = "news_not_offered"
