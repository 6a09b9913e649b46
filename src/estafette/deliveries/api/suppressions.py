"""Suppressions over HTTP, for administrators."""

import base64
from typing import Annotated

import msgspec
from msgspec import Meta, structs

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.deliveries.actions import suppressions
from estafette.deliveries.api.inputs import dialled
from estafette.deliveries.models.messages import Channel
from estafette.deliveries.models.suppressions import NewSuppression, Suppression
from estafette.http import Cursor, Limit, Query, delete, get, post

TAGS = ["Suppressions"]

Beginning = Annotated[str, Meta(max_length=254), Query("How the recipient begins")]
_position = msgspec.json.Decoder(tuple[str, str])


class Suppressions(msgspec.Struct, frozen=True, kw_only=True):
    """A page of suppressions; `next` is the cursor of the page after it."""

    items: list[Suppression]
    next: str | None = None


@get("/suppressions", tags=TAGS, summary="Suppressions", operation_id="listSuppressions")
async def list_suppressions(
    database: Database,
    signed_in: SignedIn,
    channel: Channel | None = None,
    q: Beginning = "",
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Suppressions:
    """For administrators: who is not written to on which channel, and why."""
    found = await suppressions.list_suppressions(
        database, signed_in, channel=channel, begins=q.strip(), after=_read(cursor), limit=limit + 1
    )
    last = found[limit - 1] if len(found) > limit else None
    return Suppressions(items=found[:limit], next=None if last is None else _written(last))


@post("/suppressions", tags=TAGS, summary="Suppress a recipient", operation_id="addSuppression")
async def add_suppression(database: Database, signed_in: SignedIn, data: NewSuppression) -> Suppression:
    """For administrators. What waits for this recipient on this channel does not go out any more either."""
    recipient = dialled(signed_in, data.channel, data.recipient)
    return await suppressions.add_suppression(database, signed_in, structs.replace(data, recipient=recipient))


@delete(
    "/suppressions/{channel}/{recipient}",
    tags=TAGS,
    summary="Remove a suppression",
    operation_id="removeSuppression",
)
async def remove_suppression(database: Database, signed_in: SignedIn, channel: str, recipient: str) -> None:
    """For administrators: the recipient can be written to again."""
    await suppressions.remove_suppression(database, signed_in, channel, recipient)


def _written(last: Suppression) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((last.channel, last.recipient))).decode().rstrip("=")


def _read(cursor: str | None) -> tuple[str, str] | None:
    if cursor is None:
        return None
    try:
        position = _position.decode(base64.urlsafe_b64decode(cursor[:1_000] + "=" * (-len(cursor[:1_000]) % 4)))
    except (ValueError, msgspec.MsgspecError):
        raise invalid("cursor", "unknown") from None
    if "\0" in position[0] + position[1]:
        raise invalid("cursor", "unknown")
    return position
