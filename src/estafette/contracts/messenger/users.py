"""People under `/v1/user/{userId}`: what they say of themselves, whether they are there, and whom they keep at hand."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec import UNSET

from estafette import accounts, presence
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.contracts.messenger.errors import error_body
from estafette.contracts.messenger.models import MessengerUser, MessengerUserChanges, UserStatus
from estafette.contracts.messenger.reading import read, read_id, require_own, told_here
from estafette.http import get, put

TAGS: Final = ["Contract D4"]


@get("/v1/user/{user_id}", errors=error_body, tags=TAGS, summary="An employee", operation_id="d4GetUser")
async def get_user(database: Database, signed_in: SignedIn, user_id: str) -> MessengerUser:
    """`{id, name, email, info, status}` of the caller, or of any other employee.

    The `status` is the one set by hand while it holds, else what is known: who is not connected is away.
    """
    if "employee" not in signed_in.roles:
        require_own(signed_in, user_id)
    with told_here():
        return await _user(database, signed_in, read_id(user_id))


@put("/v1/user/{user_id}", errors=error_body, tags=TAGS, summary="Change yourself", operation_id="d4ChangeUser")
async def change_user(database: Database, signed_in: SignedIn, user_id: str, body: bytes) -> MessengerUser:
    """Takes `{info, status}`: up to 500 characters, and `available`, `away` or `do_not_disturb`; or one of the two."""
    require_own(signed_in, user_id)
    wanted = read(body, MessengerUserChanges)
    with told_here():
        async with database.together():
            old = await _user(database, signed_in, signed_in.person_id)
            # What was said by an emoji and until a time stays so for who hands it back.
            if wanted.info not in (UNSET, old.info):
                await presence.put_info(database, signed_in, wanted.info)
            if wanted.status is not UNSET:
                await presence.put_status(database, signed_in, presence.StatusPut(status=wanted.status))
            return await _user(database, signed_in, signed_in.person_id)


@get(
    "/v1/user/{user_id}/contactList",
    errors=error_body,
    tags=TAGS,
    summary="Your contact list",
    operation_id="d4ListContacts",
)
async def list_contacts(database: Database, signed_in: SignedIn, user_id: str) -> list[MessengerUser]:
    """The colleagues of the caller's own list in its order, as users; those who left the organisation are left out."""
    require_own(signed_in, user_id)
    listed = await accounts.contact_list(database, signed_in)
    return await wire_users(database, [each.person for each in listed.items])


async def _user(database: Database, who: SignedIn, person_id: UUID) -> MessengerUser:
    return (await wire_users(database, [await accounts.colleague(database, who, person_id)]))[0]


async def wire_users(database: Database, people: Sequence[accounts.Colleague]) -> list[MessengerUser]:
    """Employees as the document shows them."""
    ids = [each.id for each in people]
    known = {each.id: each for each in await presence.presences(database, ids)}
    chosen = await presence.chosen_statuses(database, ids)
    return [
        MessengerUser(
            id=str(each.id),
            name=each.name,
            email=each.email,
            info=_info(known.get(each.id)),
            status=chosen.get(each.id) or _status(known.get(each.id)),
        )
        for each in people
    ]


def _info(found: presence.Presence | None) -> str:
    custom = found and found.custom
    return f"{custom.emoji} {custom.text}".strip() if custom else ""


def _status(found: presence.Presence | None) -> UserStatus:
    return found.status if found is not None and found.status != "offline" else "away"
