"""Where the next page of a list begins, as a short opaque text."""

import base64
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from estafette.base.errors import invalid

_decoder = msgspec.json.Decoder(tuple[datetime, UUID])


def write_cursor(position: tuple[datetime, UUID] | None) -> str | None:
    """The cursor of a position in a list ordered by time and id."""
    return None if position is None else base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The position that a cursor stands for; raises Invalid for a cursor that we have not given."""
    if cursor is None:
        return None
    try:
        at, id_ = _decoder.decode(base64.urlsafe_b64decode(cursor[:200] + "=" * (-len(cursor[:200]) % 4)))
        return at.astimezone(UTC), id_
    except (ValueError, OverflowError, msgspec.MsgspecError):
        raise invalid("cursor", "unknown") from None
