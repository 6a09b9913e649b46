"""What can go wrong with webhooks."""

from estafette.base.errors import NotFound


class UnknownWebhook(NotFound):
    """There is no such webhook."""

    code = "unknown_webhook"
