"""Telling every process whose presence is another now; each reads it for those alone who look."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from msgspec import Struct

from estafette.base.bus import Event, events

PRESENCE: Final = "presence"


class PresenceChange(Struct, frozen=True):
    """Whose presence is another now."""

    people: tuple[UUID, ...]


def changed(people: Iterable[UUID]) -> list[Event]:
    """The events that say so, however many they are."""
    return events(PRESENCE, people, lambda some: {"people": some})
