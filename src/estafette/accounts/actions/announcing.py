"""Telling everyone that somebody is no longer quite who he was."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from estafette.accounts.models.people import ORGANISATION
from estafette.base.bus import event
from estafette.base.changes import advance, advance_all
from estafette.base.database import Transaction

IDENTITY: Final = "identity"
NAMED: Final = 100
"""More employees who change at the same time are not named: whoever is told reads anew what they see."""


def announce_identity(transaction: Transaction, person_id: UUID, session_id: UUID | None = None) -> None:
    """What is remembered of a person is out of date; with a session: that session has ended."""
    transaction.announce(event(IDENTITY, {"person": person_id, "session": session_id}), with_commit=True)


async def announce_profile(transaction: Transaction, person_id: UUID) -> None:
    """A person's name, picture, address or rights are others now."""
    announce_identity(transaction, person_id)
    await advance(transaction, person_id, "profile_changed", person_id)


async def announce_profiles(transaction: Transaction, people: Iterable[UUID]) -> None:
    """As `announce_profile`, for many."""
    told = sorted(people)
    for each in told:
        announce_identity(transaction, each)
    await advance_all(transaction, [(each, "profile_changed", each) for each in told])


async def announce_password(transaction: Transaction, person_id: UUID) -> None:
    """A person has another password now."""
    announce_identity(transaction, person_id)
    await advance(transaction, person_id, "password_changed", person_id)


async def announce_partner(transaction: Transaction, partner_id: UUID) -> None:
    """A storefront is another now."""
    await advance(transaction, partner_id, "partner_changed", partner_id)


async def announce_members(transaction: Transaction, partner_id: UUID, person_id: UUID) -> None:
    """A person came to a partner, left it or has another role there; both of them are told."""
    announce_identity(transaction, person_id)
    # In the one order in which streams are locked everywhere.
    for stream in sorted((partner_id, person_id)):
        await advance(transaction, stream, "members_changed", partner_id)


async def announce_invitations(transaction: Transaction, stream: UUID, invitations: Sequence[UUID]) -> None:
    """Invitations are to be mailed; the partner is told, or the administrator who invites."""
    await advance_all(transaction, [(stream, "invitation_requested", each) for each in invitations])


async def announce_withdrawal(transaction: Transaction, stream: UUID, invitation_id: UUID) -> None:
    """An invitation waits no more."""
    await advance(transaction, stream, "invitations_changed", invitation_id)


async def announce_departure(transaction: Transaction, person_id: UUID) -> None:
    """Somebody is no employee any more: deactivated, or without the role."""
    await advance(transaction, person_id, "left_organisation", person_id)


async def announce_joining(transaction: Transaction, partner_id: UUID, person_id: UUID) -> None:
    """A person has come to a partner who was not there before."""
    await advance(transaction, person_id, "joined_partner", partner_id)


async def announce_colleagues(transaction: Transaction, people: Iterable[UUID]) -> None:
    """Employees changed, came or went; all employees are told. Always the last of the streams that are locked."""
    told = sorted(people)
    if len(told) > NAMED:
        await advance(transaction, ORGANISATION, "colleagues_changed", ORGANISATION)
    else:
        await advance_all(transaction, [(ORGANISATION, "colleague_changed", each) for each in told])


async def announce_contacts(transaction: Transaction, owner_id: UUID, person_id: UUID) -> None:
    """Somebody's contact list is another now; only they are told."""
    await advance(transaction, owner_id, "contacts_changed", person_id)
