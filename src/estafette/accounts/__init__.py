"""Accounts: people, their roles and credentials, partners and their members.

Verbs to come, as other capabilities may rely on them (all async):
    by_session(database, token: str) -> SignedIn | None           one statement
    by_token(database, token: str) -> SignedIn | None             one statement
    setup_code(database) -> str | None
    add_person(database, email, name, roles=("customer",), password=None, *, language="en", time_zone="UTC",
               phone=None) -> Person
    find_by_email(queries, email) -> Person | None
    create_token(database, person_id, name, scopes=("read", "write"), expires_days=None) -> str
    make_partner(database, name, **all that a storefront has) -> Storefront
    add_member(database, partner_id, person_id, role="member") -> None
    partner(queries, partner_id) -> Storefront                    raises NotFound
    confirmation(queries, partner_id) -> Confirmation             raises NotFound
    person_language(queries, person_id) -> Language               English for an unknown id
    is_public_picture(queries, file_id, visitor: UUID | None = None) -> bool
"""

from typing import Final

from estafette.accounts.models.partners import Confirmation, Storefront
from estafette.accounts.models.people import Card, Me, MemberRole, Membership, Person, Role, Scope, SignedIn

IDENTITY: Final = "identity"

__all__ = [
    "IDENTITY",
    "Card",
    "Confirmation",
    "Me",
    "MemberRole",
    "Membership",
    "Person",
    "Role",
    "Scope",
    "SignedIn",
    "Storefront",
]
