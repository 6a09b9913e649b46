"""Topics of a person: what they may read and are told live."""

from collections.abc import Sequence
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Queries
from estafette.conversations.store import memberships


async def topics_of(queries: Queries, person: SignedIn) -> frozenset[UUID]:
    """The parties that a person acts for and, for employees, their groups and channels and the organisation."""
    return await memberships.topics_of(queries, person.person_id) if "employee" in person.roles else person.parties


async def members_among(queries: Queries, conversation_id: UUID, people: Sequence[UUID]) -> set[UUID]:
    """Those of some people who are in a group or channel and may read it."""
    return await memberships.members_among(queries, conversation_id, people)
