"""Communications in tests: a small register, and plans that are right unless a test says otherwise."""

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.clients import NewClient, add_clients
from estafette.communications.actions import creating
from estafette.communications.models.audiences import Audience, ClientsAudience
from estafette.communications.models.communications import Communication, NewCommunication
from estafette.communications.models.content import Content, EmailText, SmsText, Texts
from tests.world import World

HELLO = Content(
    default_language="en",
    texts={
        "en": Texts(sms=SmsText(text="We open at eight."), email=EmailText(subject="Opening", text="At **eight**."))
    },
)
SAID = {"default_language": "en", "texts": {"en": {"sms": {"text": "We open at eight."}}}}


class Plans:
    """A register with some clients, and the verbs that tests use most; Root does it all."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.database: Database = world.database
        self.root: SignedIn = world.root
        self.clients: dict[str, UUID] = {}

    async def register(self, **phones: str | None) -> "Plans":
        """Clients by name, with their numbers; all have an address such as zoe@example.com, but who is in capitals."""
        new = [
            NewClient(name=name, phone=phone, email=None if name.isupper() else f"{name.lower()}@example.com")
            for name, phone in phones.items()
        ]
        await add_clients(self.database, self.root, new)
        rows = await self.database.fetch("SELECT id, name FROM clients")
        self.clients = {row["name"]: row["id"] for row in rows}
        return self

    def to(self, *names: str) -> Audience:
        """Clients by their names; everybody without any."""
        return ClientsAudience(ids=[self.clients[each] for each in names or self.clients])

    def plan(self, *names: str, **changes: Any) -> NewCommunication:
        """A text message to clients, at once."""
        plan = NewCommunication(name="Opening", channels=["sms"], content=HELLO, audience=self.to(*names))
        return replace(plan, **changes)

    async def create(self, *names: str, **changes: Any) -> Communication:
        """Schedules it."""
        return await creating.create(self.database, self.root, self.plan(*names, **changes))
