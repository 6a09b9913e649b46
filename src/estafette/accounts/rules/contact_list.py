"""Where a contact stands after a change."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET

from estafette.accounts.models.contact_list import ContactPlace, ContactPut
from estafette.base.errors import invalid

MOST_CONTACTS: Final = 1_000


def check_position(given: ContactPut) -> None:
    """Raises Invalid for a place that no list has."""
    if given.position is not UNSET and not 0 <= given.position < MOST_CONTACTS:
        raise invalid("position", "out_of_range", min=0, max=MOST_CONTACTS - 1)


def placed(contacts: Sequence[ContactPlace], person_id: UUID, given: ContactPut) -> list[ContactPlace]:
    """The list with a colleague as given, favourites first; without a position newcomers of a part come to its end.

    Raises Invalid when the list would be too long.
    """
    old = next((each for each in contacts if each.person_id == person_id), None)
    if old is None and len(contacts) >= MOST_CONTACTS:
        raise invalid("person_id", "too_many", max=MOST_CONTACTS)
    was_favourite = old is not None and old.is_favourite
    is_favourite = was_favourite if given.is_favourite is UNSET else given.is_favourite
    part = [each for each in contacts if each.is_favourite == is_favourite]
    others = [each for each in contacts if each.is_favourite != is_favourite and each.person_id != person_id]
    stays = old is not None and old.is_favourite == is_favourite
    position = given.position
    if position is UNSET:
        position = part.index(old) if stays and old else len(part)
    part = [each for each in part if each.person_id != person_id]
    part.insert(position, ContactPlace(person_id=person_id, is_favourite=is_favourite))
    return part + others if is_favourite else others + part
