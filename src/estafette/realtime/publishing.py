"""Publishing frames to the followers of topics: state that is not logged, such as typing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from estafette.base.bus import Event, events
from estafette.realtime.hub import FRAME


def frame_to(topics: Iterable[UUID], frame: Any) -> list[Event]:
    """The events that carry a finished frame to the followers of these topics, however many.

    Whoever follows several of more than a hundred topics may be told twice, which changes nothing: a frame can come
    twice at any time (docs/live-protocol.md).
    """
    return events(FRAME, topics, lambda some: {"topics": some, "frame": frame})
