"""What can go wrong in notifications."""

from estafette.base.errors import NotFound


class UnsubscribeLinkUnknown(NotFound):
    """This link ends no e-mails."""

    code = "unsubscribe_link_unknown"
