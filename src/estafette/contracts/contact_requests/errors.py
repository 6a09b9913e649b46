"""Errors of document D1: problem+json, as everywhere; only a body that is no JSON has one of its own."""

from estafette.base.errors import Malformed


class UnreadableRequest(Malformed):
    """The body is not valid JSON."""

    code = "unreadable_request"
