"""Document D1 as its clients use it: a person who asks, an advertiser who looks, and the document's own schema."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from estafette import contact_requests
from estafette.accounts import SignedIn
from estafette.accounts.actions import profiles
from estafette.accounts.models.inputs import ProfileChanges
from estafette.contact_requests import Advert, NewAdvert
from tests.live.client import Json
from tests.processes import Site, new_token
from tests.world import sign_in

DOCUMENT: Final[Json] = json.loads(
    """
    {
        "$schema": "http://json-schema.org/draft/2019-09/schema#",
        "type": "object",
        "properties": {
            "ad": {
                "type": "string"
            },
            "advertiser": {
                "type": "string"
            },
            "profile": {
                "type": "string",
                "optional": true
            },
            "message": {
                "type": "string"
            },
            "starts_at": {
                "type": "string",
                "format": "date"
            }
        },
        "required": [
            "ad",
            "advertiser",
            "message",
            "starts_at"
        ],
        "additionalProperties": false
    }
    """
)
"""The schema as the document has it, word for word."""

PHONE: Final = "+33612345678"


class Asker:
    """Somebody who speaks the contract over HTTP."""

    def __init__(self, here: Site, who: SignedIn | None, token: str | None) -> None:
        self._here, self._token, self.who = here, token, who

    async def ask(
        self, method: str, path: str, *, json: object = None, data: bytes | None = None, **headers: str
    ) -> tuple[int, str, Any]:
        """Status, media type and JSON; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        url = f"{self._here.webs[0].url}/v1{path}"
        async with self._here.http.request(method, url, json=json, data=data, headers=sent) as answer:
            return answer.status, answer.content_type, await answer.json(content_type=None)

    async def leave(self, body: Json, **headers: str) -> Json:
        """A request that was stored."""
        status, kind, answer = await self.ask("POST", "/contact-requests", json=body, data=None, **headers)
        assert (status, kind) == (201, "application/json"), answer
        return answer

    async def refused(self, body: Json, **headers: str) -> dict[str, str]:
        """The wrong fields of a request that was not stored, each named once."""
        status, kind, answer = await self.ask("POST", "/contact-requests", json=body, data=None, **headers)
        assert (status, kind) == (422, "application/problem+json"), answer
        assert (answer["code"], answer["status"]) == ("invalid", 422)
        assert all(each["message"] for each in answer["errors"])
        found = {each["field"]: each["code"] for each in answer["errors"]}
        assert len(found) == len(answer["errors"])
        return found

    async def count(self, advertiser: object, query: str = "") -> int:
        status, _, answer = await self.ask("GET", f"/advertisers/{advertiser}/contact-requests/count{query}")
        assert status == 200, answer
        return answer["count"]

    async def groups(self, advertiser: object, query: str) -> dict[str, int]:
        """The parts of a count."""
        status, _, answer = await self.ask("GET", f"/advertisers/{advertiser}/contact-requests/count{query}")
        assert status == 200, answer
        assert sum(each["count"] for each in answer["groups"]) == answer["count"]
        return {each["key"]: each["count"] for each in answer["groups"]}

    async def listed(self, advertiser: object, query: str = "") -> list[Json]:
        status, _, answer = await self.ask("GET", f"/advertisers/{advertiser}/contact-requests{query}")
        assert status == 200, answer
        return answer["items"]


async def asker(here: Site, phone: str | None = PHONE) -> Asker:
    """A new person, with a phone number in the default contact profile."""
    who = await sign_in(here.world.database, f"{uuid4().hex}@example.com", "Ann")
    await profiles.change_profile(here.world.database, who, ProfileChanges(phone=phone))
    return Asker(here, who, await new_token(here.world, who))


async def member(here: Site, who: SignedIn) -> Asker:
    """Somebody of the world."""
    return Asker(here, who, await here.token(who))


def stranger(here: Site) -> Asker:
    """Who is not signed in."""
    return Asker(here, None, None)


async def new_advert(here: Site, reference: str | None = None, **details: Any) -> Advert:
    """An advert of the château."""
    world = here.world
    given = NewAdvert(title="Wedding reception", reference=reference, **details)
    return await contact_requests.add_advert(world.database, world.claire, world.chateau, given)


def body(advert: Advert, **changes: Any) -> Json:
    """All that the schema has but for the profile; what is changed to None is left out."""
    given: Json = {
        "ad": advert.reference,
        "advertiser": str(advert.partner_id),
        "message": "Is the orangery free in June?",
        "starts_at": in_days(3),
    }
    return {name: value for name, value in (given | changes).items() if value is not None}


def in_days(days: int) -> str:
    """A day counted from today, in UTC."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def uuid_of(text: str) -> UUID:
    """An id as the contract shows it."""
    found = UUID(text)
    assert str(found) == text
    return found
