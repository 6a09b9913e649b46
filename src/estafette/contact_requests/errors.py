"""What can go wrong with contact requests."""

from estafette.base.errors import Conflict, NotFound


class UnknownAdvert(NotFound):
    """There is no such advert."""

    code = "unknown_advert"


class UnknownRequest(NotFound):
    """There is no such contact request."""

    code = "unknown_request"


class AdvertHasRequests(Conflict):
    """There are contact requests about this advert; make it inactive instead."""

    code = "advert_has_requests"
