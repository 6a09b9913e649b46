"""Accounts: people, their roles and credentials, partners and their members.

`by_session` and `by_token` tell who makes a request. Verbs without a `SignedIn` ask nobody for permission: they are for
the command line, demo data and other capabilities. Published views: person_cards, party_cards, acting_parties,
employees.
"""

from estafette.accounts.actions.announcing import IDENTITY
from estafette.accounts.actions.contact_list import contact_list
from estafette.accounts.actions.directory import change_employee_profile, colleague, former_colleagues, search_directory
from estafette.accounts.actions.identity import by_session, by_token
from estafette.accounts.actions.importing import import_people
from estafette.accounts.actions.invitations import CarriesMail, forget_ended_invitations, issue_invitation
from estafette.accounts.actions.known_devices import forget_unused_devices
from estafette.accounts.actions.links import forget_ended_links, issue_link
from estafette.accounts.actions.members import add_member
from estafette.accounts.actions.partners import (
    confirmation,
    list_partners,
    make_partner,
    partner,
    partner_exists,
    partner_places,
    partners_from,
)
from estafette.accounts.actions.password_tokens import token_for_password
from estafette.accounts.actions.people import find_by_email, person_language
from estafette.accounts.actions.phones import read_phone
from estafette.accounts.actions.profiles import change_profile
from estafette.accounts.actions.reaching import contact_profiles, contacts, member_ids, partner_zones
from estafette.accounts.actions.registration import add_person
from estafette.accounts.actions.sessions import forget_ended_sessions
from estafette.accounts.actions.showing import is_picture_of_person, is_public_picture
from estafette.accounts.actions.signing_up import setup_code
from estafette.accounts.actions.tokens import create_token
from estafette.accounts.errors import SessionNeeded, WrongCredentials
from estafette.accounts.models.colleagues import Colleague, EmployeeProfileChanges
from estafette.accounts.models.contact_list import ContactList, ListedContact
from estafette.accounts.models.contacts import Contact
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import ProfileChanges, SignIn
from estafette.accounts.models.invitations import IssuedInvitation
from estafette.accounts.models.links import IssuedLink
from estafette.accounts.models.partners import Confirmation, Member, OpeningSpan, PartnerCard, Storefront
from estafette.accounts.models.people import (
    ORGANISATION,
    Card,
    ContactProfile,
    Me,
    MemberRole,
    Membership,
    Person,
    Role,
    Scope,
    SignedIn,
)
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.imports import language_named
from estafette.accounts.rules.people import email, email_key, phone_in, time_zone
from estafette.accounts.rules.permissions import require_employee, require_insider, require_owner
from estafette.accounts.rules.words import folded, line

__all__ = [
    "IDENTITY",
    "ORGANISATION",
    "Card",
    "CarriesMail",
    "Colleague",
    "Confirmation",
    "Contact",
    "ContactList",
    "ContactProfile",
    "Device",
    "EmployeeProfileChanges",
    "Form",
    "IssuedInvitation",
    "IssuedLink",
    "ListedContact",
    "Me",
    "Member",
    "MemberRole",
    "Membership",
    "OpeningSpan",
    "PartnerCard",
    "Person",
    "ProfileChanges",
    "Role",
    "Scope",
    "SessionNeeded",
    "SignIn",
    "SignedIn",
    "Storefront",
    "Wrong",
    "WrongCredentials",
    "add_member",
    "add_person",
    "by_session",
    "by_token",
    "change_employee_profile",
    "change_profile",
    "colleague",
    "confirmation",
    "contact_list",
    "contact_profiles",
    "contacts",
    "create_token",
    "email",
    "email_key",
    "find_by_email",
    "folded",
    "forget_ended_invitations",
    "forget_ended_links",
    "forget_ended_sessions",
    "forget_unused_devices",
    "former_colleagues",
    "import_people",
    "is_picture_of_person",
    "is_public_picture",
    "issue_invitation",
    "issue_link",
    "language_named",
    "line",
    "list_partners",
    "make_partner",
    "member_ids",
    "partner",
    "partner_exists",
    "partner_places",
    "partner_zones",
    "partners_from",
    "person_language",
    "phone_in",
    "read_phone",
    "require_employee",
    "require_insider",
    "require_owner",
    "search_directory",
    "setup_code",
    "time_zone",
    "token_for_password",
]
