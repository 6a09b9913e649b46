"""Bearer tokens for programs."""

from uuid import UUID

from estafette.accounts.actions import tokens
from estafette.accounts.models.credentials import NewToken
from estafette.accounts.models.inputs import TokenRequest
from estafette.accounts.models.lists import Tokens
from estafette.accounts.models.people import SignedIn
from estafette.base.database import Database
from estafette.http import delete, get, post

TAGS = ["Tokens"]


@get("/tokens", tags=TAGS, summary="Your tokens", operation_id="listTokens")
async def list_tokens(database: Database, signed_in: SignedIn) -> Tokens:
    """Without their secrets, newest first."""
    return Tokens(items=list(await tokens.list_tokens(database, signed_in)))


@post("/tokens", tags=TAGS, summary="Make a token", operation_id="createToken", credentials=True)
async def create_token(database: Database, signed_in: SignedIn, data: TokenRequest) -> NewToken:
    """The answer is the only one that shows the token."""
    return await tokens.create_own_token(database, signed_in, data)


@delete("/tokens/{token_id}", tags=TAGS, summary="Revoke a token", operation_id="revokeToken")
async def revoke_token(database: Database, signed_in: SignedIn, token_id: UUID) -> None:
    """Who uses it is cut off at once."""
    await tokens.revoke_token(database, signed_in, token_id)


@get("/people/{person_id}/tokens", tags=TAGS, summary="A person's tokens", operation_id="listTokensOf")
async def list_tokens_of(database: Database, signed_in: SignedIn, person_id: UUID) -> Tokens:
    """For administrators."""
    return Tokens(items=list(await tokens.list_tokens_of(database, signed_in, person_id)))


@post(
    "/people/{person_id}/tokens",
    tags=TAGS,
    summary="Make a token of a service account",
    operation_id="createServiceToken",
    credentials=True,
)
async def create_service_token(
    database: Database, signed_in: SignedIn, person_id: UUID, data: TokenRequest
) -> NewToken:
    """For administrators. The answer is the only one that shows the token."""
    return await tokens.create_service_token(database, signed_in, person_id, data)


@delete(
    "/people/{person_id}/tokens/{token_id}",
    tags=TAGS,
    summary="Revoke a person's token",
    operation_id="revokeTokenOf",
)
async def revoke_token_of(database: Database, signed_in: SignedIn, person_id: UUID, token_id: UUID) -> None:
    """For administrators."""
    await tokens.revoke_token_of(database, signed_in, person_id, token_id)
