"""The operations of document D4."""

from typing import Final

from estafette import accounts
from estafette.accounts import Device, SignIn, WrongCredentials
from estafette.base.database import Database
from estafette.contracts.messenger import channels, searching, users
from estafette.contracts.messenger.errors import BadMessengerRequest, error_body
from estafette.contracts.messenger.models import Authorisation, Credentials
from estafette.contracts.messenger.reading import read
from estafette.http import post

TAGS: Final = ["Contract D4"]
MADE_FOR: Final = "Messenger"


@post(
    "/v1/auth",
    status=200,
    errors=error_body,
    credentials=True,
    tags=TAGS,
    summary="Sign in to the messenger",
    operation_id="d4Authorise",
)
async def authorise(database: Database, device: Device, body: bytes) -> Authorisation:
    """Takes `{email, password}`, gives a bearer token of one day, and 400 for anything wrong.

    Attempts are limited together with those to sign in. The newest 50 tokens of a person last.
    """
    given = read(body, Credentials)
    wanted = SignIn(email=given.email, password=given.password)
    try:
        token, me = await accounts.token_for_password(database, wanted, device, MADE_FOR)
    except WrongCredentials:
        raise BadMessengerRequest(reason="email and password do not belong together") from None
    return Authorisation(token.token, str(me.id))


ENDPOINTS = [
    authorise,
    users.get_user,
    users.change_user,
    users.list_contacts,
    channels.list_channels,
    channels.open_channel,
    channels.change_channel,
    channels.list_messages,
    searching.search,
]
