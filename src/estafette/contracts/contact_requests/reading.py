"""How a request is read: every field for itself, so that all that is wrong is named at once."""

import re
from datetime import date
from typing import Any, Final, cast
from uuid import UUID

import msgspec

from estafette.accounts import SignedIn
from estafette.base.errors import FieldError, invalid
from estafette.contact_requests import NewRequest
from estafette.contracts.contact_requests.errors import UnreadableRequest
from estafette.contracts.contact_requests.schema import SCHEMA

NAMES: Final = {"advert_id": "ad", "partner_id": "advertiser", "profile_id": "profile"}
"""What this contract calls the fields of a request."""

# What cannot be an id of ours is one that nobody has.
_NOBODY: Final = UUID(int=0)
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST: Final = 50


def read(body: bytes, who: SignedIn, neighbourhood: str, key: str | None) -> NewRequest:
    """What a body asks for, with the fields that cannot be read; raises UnreadableRequest for what is no JSON."""
    given = _object(body)
    wrong = [FieldError(name[:100], "unknown_field") for name in given if name not in SCHEMA["properties"]][:_MOST]
    wrong += [FieldError(_ours(name), "required") for name in SCHEMA["required"] if name not in given]
    texts: dict[str, str] = {}
    for name in SCHEMA["properties"]:
        value = given.get(name)
        if isinstance(value, str):
            texts[name] = value
        elif name in given:
            wrong.append(FieldError(_ours(name), "wrong_type"))
    starts_at = _date(texts.get("starts_at", ""))
    if "starts_at" in texts and starts_at is None:
        wrong.append(FieldError("starts_at", "date_invalid"))
    return NewRequest(
        person=who.card,
        parties=who.parties,
        neighbourhood=neighbourhood,
        partner_id=read_id(texts["advertiser"]) if "advertiser" in texts else None,
        advert_id=_id(texts.get("ad", "")),
        # No reference holds what PostgreSQL cannot store.
        reference=texts.get("ad", "").replace("\0", "\n"),
        profile_id=read_id(texts["profile"]) if "profile" in texts else None,
        message=texts.get("message", ""),
        starts_at=starts_at,
        key=key,
        wrong=tuple(wrong),
    )


def read_id(text: str) -> UUID:
    """An id, or that of nobody."""
    return _id(text) or _NOBODY


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableRequest from None
    if not isinstance(given, dict):
        raise invalid("body", "wrong_type")
    return cast("dict[str, Any]", given)


def _ours(name: str) -> str:
    return next((ours for ours, theirs in NAMES.items() if theirs == name), name)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
