"""One's own profile, password and contact profiles."""

from uuid import UUID

from estafette.accounts.actions import changing_passwords, contact_profiles, email_changes, profiles
from estafette.accounts.models.inputs import ContactProfileChanges, NewContactProfile, PasswordChange, ProfileChanges
from estafette.accounts.models.lists import ContactProfiles
from estafette.accounts.models.people import ContactProfile, Me, SignedIn
from estafette.base.database import Database
from estafette.http import delete, get, patch, post, put

TAGS = ["You"]


@get("/me", tags=TAGS, summary="Who you are", operation_id="getMe")
async def get_me(database: Database, signed_in: SignedIn) -> Me:
    """Your profile, your roles and the partners you act for."""
    return await profiles.me(database, signed_in)


@patch("/me", tags=TAGS, summary="Change your profile", operation_id="changeMe")
async def change_me(database: Database, signed_in: SignedIn, data: ProfileChanges) -> Me:
    """What is not mentioned stays. `picture` is an uploaded image; null removes it.

    Another `email` wants the `password` and a session, and waits as `pending_email` for its mailed link to be followed.
    """
    return await profiles.change_profile(database, signed_in, data)


@delete(
    "/me/pending-email",
    tags=TAGS,
    summary="Keep your e-mail address",
    operation_id="cancelEmailChange",
)
async def cancel_email_change(database: Database, signed_in: SignedIn) -> None:
    """Forgets the new address that waits to be confirmed."""
    await email_changes.cancel_change(database, signed_in)


@put(
    "/me/password",
    status=204,
    tags=TAGS,
    summary="Change your password",
    operation_id="changePassword",
    credentials=True,
)
async def change_password(database: Database, signed_in: SignedIn, data: PasswordChange) -> None:
    """Needs the present password; your other sessions and your tokens end, unless you keep them."""
    await changing_passwords.change_password(database, signed_in, data)


@get("/me/contact-profiles", tags=TAGS, summary="Your contact profiles", operation_id="listContactProfiles")
async def list_contact_profiles(database: Database, signed_in: SignedIn) -> ContactProfiles:
    """How you wish to be reached; the default one first."""
    return ContactProfiles(items=await contact_profiles.list_contact_profiles(database, signed_in))


@post("/me/contact-profiles", tags=TAGS, summary="Add a contact profile", operation_id="addContactProfile")
async def add_contact_profile(database: Database, signed_in: SignedIn, data: NewContactProfile) -> ContactProfile:
    """Another way to be reached, as the default one if you wish."""
    return await contact_profiles.add_contact_profile(database, signed_in, data)


@patch(
    "/me/contact-profiles/{profile_id}",
    tags=TAGS,
    summary="Change a contact profile",
    operation_id="changeContactProfile",
)
async def change_contact_profile(
    database: Database, signed_in: SignedIn, profile_id: UUID, data: ContactProfileChanges
) -> ContactProfile:
    """What is not mentioned stays; `is_default: true` makes it the default one."""
    return await contact_profiles.change_contact_profile(database, signed_in, profile_id, data)


@delete(
    "/me/contact-profiles/{profile_id}",
    tags=TAGS,
    summary="Delete a contact profile",
    operation_id="deleteContactProfile",
)
async def delete_contact_profile(database: Database, signed_in: SignedIn, profile_id: UUID) -> None:
    """The default one cannot be deleted."""
    await contact_profiles.delete_contact_profile(database, signed_in, profile_id)
