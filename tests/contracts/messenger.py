"""Document D4 as its clients use it: who signs in, their chats, and what they are refused."""

from typing import Any
from uuid import UUID, uuid4

from estafette import accounts, conversations
from estafette.accounts import Role, SignedIn
from estafette.base.ids import new_id
from estafette.conversations import Draft
from tests.live.client import Json
from tests.processes import Site, new_token
from tests.world import again

PASSWORD = "correct horse battery"


class Colleague:
    """Somebody who speaks the contract over HTTP, each path below `/v1/user/` and their own id."""

    def __init__(self, here: Site, who: SignedIn, token: str | None) -> None:
        self.id, self.who = str(who.person_id), who
        self._here, self._token = here, token

    async def ask(
        self, method: str, path: str, *, json: object = None, data: bytes | None = None, **headers: str
    ) -> tuple[int, Any]:
        """Status and JSON; header names are written with underscores, a path that begins with `/v1` is whole."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._token is not None:
            sent["Authorization"] = f"Bearer {self._token}"
        url = self._here.webs[0].url + (path if path.startswith("/v1") else f"/v1/user/{self.id}{path}")
        async with self._here.http.request(method, url, json=json, data=data, headers=sent) as answer:
            assert answer.content_type == "application/json", (answer.status, await answer.text())
            return answer.status, await answer.json()

    async def gets(self, path: str) -> Any:
        """What is found there."""
        status, answer = await self.ask("GET", path)
        assert status == 200, answer
        return answer

    async def becomes(self, **wanted: object) -> Json:
        """What they are after a change."""
        status, answer = await self.ask("PUT", "", json=wanted)
        assert status == 200, answer
        return answer

    async def opens(self, nameof: str, *contacts: "Colleague", **more: object) -> Json:
        """A chat that was opened."""
        body = {"nameof": nameof, "user": self.id, "contacts": [each.id for each in contacts], "status": "active"}
        status, answer = await self.ask("POST", "/channel", json=body | more)
        assert status == 200, answer
        return answer

    async def changes(self, channel: str, **wanted: object) -> Json:
        """A chat that was changed."""
        status, answer = await self.ask("PUT", f"/channel/{channel}", json=wanted)
        assert status == 200, answer
        return answer

    async def error(self, method: str, path: str, **request: Any) -> tuple[int, str]:
        """Status and text of a refusal, whose shape is checked."""
        status, answer = await self.ask(method, path, **request)
        assert answer.keys() == {"error"}, answer
        assert isinstance(answer["error"], str)
        assert answer["error"]
        return status, answer["error"]

    async def says(self, channel: str, text: str) -> UUID:
        """Says something, which the document leaves to the native interface; the id of the message."""
        draft = Draft(id=new_id(), conversation_id=UUID(channel), person_id=self.who.person_id, text=text)
        return (await self._here.world.sender.send(draft)).id

    async def deletes(self, channel: str, message: UUID) -> None:
        """Takes back what they said."""
        await conversations.delete_message(self._here.world.database, self.who.person_id, UUID(channel), message)


async def colleague(here: Site, name: str = "Somebody", role: Role = "employee") -> Colleague:
    """Somebody new, with a token that lasts."""
    who = await with_password(here, name, role)
    return Colleague(here, who, await new_token(here.world, who))


async def with_password(here: Site, name: str = "Somebody", role: Role = "employee") -> SignedIn:
    """Somebody new, who can sign in."""
    database = here.world.database
    person = await accounts.add_person(database, f"{uuid4().hex}@example.com", name, (role,), PASSWORD)
    return await again(database, person.id)


async def signs_in(here: Site, email: str, password: str = PASSWORD, **headers: str) -> tuple[int, Any]:
    """Status and JSON of the document's first request."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"email": email, "password": password}
    async with here.http.post(f"{here.webs[0].url}/v1/auth", json=body, headers=sent) as answer:
        assert answer.content_type == "application/json", await answer.text()
        return answer.status, await answer.json()
