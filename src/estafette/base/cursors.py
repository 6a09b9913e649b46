"""Where the next page of a list begins, as a short opaque text."""

import base64
from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from estafette.base.errors import invalid

LONGEST: Final = 800
Position = TypeVar("Position")
_by_time = msgspec.json.Decoder(tuple[datetime, UUID])
_by_name = msgspec.json.Decoder(tuple[str, UUID])


def write_cursor(position: tuple[datetime, UUID] | tuple[str, UUID] | None) -> str | None:
    """The cursor of a position in a list ordered by time, or name, and id."""
    return None if position is None else base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The position by time that a cursor stands for; raises Invalid for a cursor that we have not given."""
    try:
        position = _decoded(cursor, _by_time)
        return None if position is None else (position[0].astimezone(UTC), position[1])
    except OverflowError:
        raise invalid("cursor", "unknown") from None


def read_name_cursor(cursor: str | None) -> tuple[str, UUID] | None:
    """The position by name that a cursor stands for; raises Invalid for a cursor that we have not given."""
    position = _decoded(cursor, _by_name)
    if position is not None and "\0" in position[0]:
        raise invalid("cursor", "unknown")
    return position


def _decoded(cursor: str | None, decoder: "msgspec.json.Decoder[Position]") -> Position | None:
    if cursor is None:
        return None
    try:
        return decoder.decode(base64.urlsafe_b64decode(cursor[:LONGEST] + "=" * (-len(cursor[:LONGEST]) % 4)))
    except (ValueError, msgspec.MsgspecError):
        raise invalid("cursor", "unknown") from None
