"""What people hand in. A field that is UNSET was not mentioned and stays as it is."""

from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, field

from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.models.people import MemberRole, Role, Scope
from estafette.base.languages import Language


class SignUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A customer introduces himself."""

    name: str
    email: str
    password: str
    language: Language | None = None
    time_zone: str | None = None


class SetUp(SignUp, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first administrator comes in, with the code that was printed at the start."""

    code: str


class SignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who has been here before."""

    email: str
    password: str


class PasswordResetRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who does not know his password any more."""

    email: str


class PasswordReset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the link in the mail ends with, and the password from now on."""

    secret: str
    password: str


class EmailConfirmation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the link in the mail ends with."""

    secret: str


class EmailReversal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the link in the mail to the old address ends with."""

    secret: str


class InvitationSecret(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the link in the mail of an invitation ends with."""

    secret: str


class AdministratorInvitation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose mailbox is to get an invitation to administrate."""

    email: str


class EmployeeInvitations(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to work here: addresses as they are pasted, and the language of the mails to newcomers."""

    addresses: str
    language: Language | None = None


class InvitedRegistration(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who was invited and has no password yet introduces himself."""

    secret: str
    name: str
    password: str
    language: Language | None = None
    time_zone: str | None = None


class PasswordChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password until now, the one from now on, and whether what the old one gave ends with it."""

    current: str
    new: str
    end_sessions: bool = True
    end_tokens: bool = True


class ProfileChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person changes about himself; another e-mail address wants the password."""

    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    picture: UUID | UnsetType | None = UNSET
    password: str | UnsetType = UNSET


class NewContactProfile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another way to be reached."""

    label: str
    email: str | None = None
    phone: str | None = None
    is_default: bool = False


class ContactProfileChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about a contact profile; the default one is changed by making another the default."""

    label: str | UnsetType = UNSET
    email: str | UnsetType | None = UNSET
    phone: str | UnsetType | None = UNSET
    is_default: bool | UnsetType = UNSET


class TokenRequest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a new token is called, may do, and for how many days."""

    name: str
    scopes: list[Scope]
    expires_in_days: int | None = None


class NewPerson(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody whom an administrator adds; without a password nobody can sign in as him yet."""

    name: str
    email: str
    password: str | None = None
    roles: list[Role] = field(default_factory=lambda: ["customer"])
    language: Language = "en"
    phone: str | None = None


class PersonChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an administrator changes about a person."""

    name: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType | None = UNSET
    language: Language | UnsetType = UNSET
    roles: list[Role] | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: str | UnsetType = UNSET


class NewPartner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A partner that an administrator adds, and who owns it."""

    name: str
    owner_email: str | None = None


class PartnerChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What changes about a storefront; an empty confirmation text brings the default one back."""

    name: str | UnsetType = UNSET
    tagline: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    picture: UUID | UnsetType | None = UNSET
    cover: UUID | UnsetType | None = UNSET
    city: str | UnsetType | None = UNSET
    website: str | UnsetType | None = UNSET
    time_zone: str | UnsetType = UNSET
    opening_hours: list[OpeningSpan] | UnsetType = UNSET
    confirmation_texts: dict[Language, str | None] | UnsetType = UNSET


class MemberPut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to be a member of a partner, and as what; the language is that of an invitation to a newcomer."""

    email: str
    role: MemberRole
    language: Language | None = None
