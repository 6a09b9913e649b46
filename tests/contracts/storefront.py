"""Document D5 as its clients use it: three requests, and whoever makes them."""

from typing import Any
from uuid import UUID, uuid4

from estafette import accounts
from estafette.accounts import SignedIn
from tests.live.client import Json
from tests.processes import Site, new_token
from tests.world import again, sign_in


class Person:
    """Somebody who speaks the contract over HTTP."""

    def __init__(self, here: Site, id_: UUID, token: str | None) -> None:
        self.id = str(id_)
        self._here, self._token = here, token

    async def ask(
        self, method: str, path: str = "", *, json: object = None, data: bytes | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        url = f"{self._here.webs[0].url}/api/messages{path}"
        async with self._here.http.request(method, url, json=json, data=data, headers=sent) as answer:
            assert answer.content_type == "application/json", (answer.status, await answer.text())
            return answer.status, await answer.json()

    async def say(self, content: str, *, key: str | None = None, **where: str) -> Json:
        """A message that was stored; `where` names partnerId or conversationId."""
        body = {"content": content, **where}
        keyed = self.ask("POST", json=body, Idempotency_Key=key) if key else self.ask("POST", json=body)
        status, answer = await keyed
        assert status == 201, answer
        return answer

    async def conversations(self) -> list[Json]:
        status, answer = await self.ask("GET")
        assert status == 200, answer
        return answer

    async def conversation(self, id_: str) -> Json:
        """One conversation out of the list."""
        [found] = [each for each in await self.conversations() if each["id"] == id_]
        return found

    async def messages(self, conversation: str, **query: object) -> list[Json]:
        text = "&".join(f"{name}={value}" for name, value in query.items())
        status, answer = await self.ask("GET", f"/{conversation}" + (f"?{text}" if text else ""))
        assert status == 200, answer
        return answer

    async def error(self, method: str, path: str = "", **request: Any) -> tuple[int, str]:
        """Status and text of a refusal, whose shape is checked."""
        status, answer = await self.ask(method, path, **request)
        assert answer.keys() == {"error"}, answer
        assert isinstance(answer["error"], str)
        assert answer["error"]
        return status, answer["error"]


async def customer(here: Site, name: str = "Somebody") -> Person:
    """Somebody new."""
    who = await sign_in(here.world.database, f"{uuid4().hex}@example.com", name)
    return await as_person(here, who)


async def as_person(here: Site, who: SignedIn) -> Person:
    return Person(here, who.person_id, await new_token(here.world, who))


def anonymous(here: Site) -> Person:
    return Person(here, uuid4(), None)


class Partner:
    """A partner with two members."""

    def __init__(self, id_: UUID, members: list[Person]) -> None:
        self.id, self.members = str(id_), members


async def partner(here: Site) -> Partner:
    """A partner that nobody has written to yet."""
    world = here.world
    id_ = (await accounts.make_partner(world.database, "Château de Vaux-le-Vicomte")).id
    members: list[Person] = []
    for name in ("Claire", "Denis"):
        who = await sign_in(world.database, f"{uuid4().hex}@example.com", name)
        await accounts.add_member(world.database, id_, who.person_id, "member" if members else "owner")
        members.append(await as_person(here, await again(world.database, who.person_id)))
    return Partner(id_, members)
