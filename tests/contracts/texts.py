"""Document D2 as its clients use it: three requests, and whoever makes them."""

from typing import Any
from uuid import UUID, uuid4

from estafette.accounts import Role
from tests.live.client import Json
from tests.processes import Site, new_token
from tests.world import sign_in

REQUEST: Json = {"message": "This is a message", "from": "Something", "to": 554899246868, "type": "SMS"}


class Program:
    """An account that speaks the contract over HTTP."""

    def __init__(self, here: Site, id_: UUID, token: str | None) -> None:
        self.id, self._here, self._token = id_, here, token

    async def ask(
        self, method: str, path: str = "", *, json: object = None, data: bytes | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON; header names are written with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        url = f"{self._here.webs[0].url}/messages{path}"
        async with self._here.http.request(method, url, json=json, data=data, headers=sent) as answer:
            assert answer.content_type == "application/json", (answer.status, await answer.text())
            return answer.status, await answer.json()

    async def send(self, *, key: str | None = None, **changes: object) -> Json:
        """A message that was taken: the document's own, but for what is named (`from_` for `from`)."""
        body = REQUEST | {name.rstrip("_"): value for name, value in changes.items()}
        keyed = self.ask("POST", json=body, Idempotency_Key=key) if key else self.ask("POST", json=body)
        status, answer = await keyed
        assert status == 200, answer
        return answer

    async def refusal(self, **request: Any) -> tuple[int, str]:
        """Status and text of a refusal, whose shape is checked."""
        status, answer = await self.ask("POST", **request)
        assert answer.keys() == {"error", "code"}, answer
        assert answer["code"] == status
        return status, answer["error"]


async def program(here: Site, role: Role = "service") -> Program:
    """A new account."""
    who = await sign_in(here.world.database, f"{uuid4().hex}@example.com", "Program", role)
    return Program(here, who.person_id, await new_token(here.world, who))


def nobody(here: Site) -> Program:
    """Who is not signed in."""
    return Program(here, uuid4(), None)
