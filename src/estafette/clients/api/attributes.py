"""Attributes of clients over HTTP."""

from typing import Final

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients.actions import attributes
from estafette.clients.models.attributes import Attribute, AttributeChanges, Attributes, NewAttribute
from estafette.http import delete, get, patch, post

TAGS: Final = ["Clients"]


@get("/client-attributes", tags=TAGS, summary="Attributes of clients", operation_id="listClientAttributes")
async def list_attributes(database: Database, signed_in: SignedIn) -> Attributes:
    """What this organisation wishes to know of its clients, in the order in which it is shown."""
    return Attributes(items=await attributes.list_attributes(database, signed_in))


@post("/client-attributes", tags=TAGS, summary="Add an attribute of clients", operation_id="addClientAttribute")
async def add_attribute(database: Database, signed_in: SignedIn, data: NewAttribute) -> Attribute:
    """For administrators; at most 50. Key and kind are for good."""
    return await attributes.add_attribute(database, signed_in, data)


@patch(
    "/client-attributes/{key}",
    tags=TAGS,
    summary="Change an attribute of clients",
    operation_id="changeClientAttribute",
)
async def change_attribute(database: Database, signed_in: SignedIn, key: str, data: AttributeChanges) -> Attribute:
    """For administrators. A choice that is taken away stays with the clients who have it until they are changed."""
    return await attributes.change_attribute(database, signed_in, key, data)


@delete(
    "/client-attributes/{key}",
    tags=TAGS,
    summary="Remove an attribute of clients",
    operation_id="removeClientAttribute",
)
async def remove_attribute(database: Database, signed_in: SignedIn, key: str) -> None:
    """For administrators. Its values are taken away from all clients; segments that ask for it say so."""
    await attributes.remove_attribute(database, signed_in, key)
