"""What comes of a request: an answer, or why there is none."""

from collections.abc import Mapping

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What came back: any status, headers by lower-case names, the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class NotConnected(Exception):
    """There was no connection, so the request was certainly not sent."""


class NoAnswer(Exception):
    """The request was sent, at least in part, and no answer came: whether it had an effect is not known."""
