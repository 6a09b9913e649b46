"""One small world: customers Ann and Ben, Claire and Denis of the château, Eva of the bakery, and Root."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from estafette import accounts, conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.conversations import Conversation, Draft, Message, Opened, Sender, StorefrontConversation
from estafette.conversations.actions.indexing import index_some_files
from estafette.conversations.models.conversations import DirectConversation
from estafette.main.reactions import reactions
from estafette.main.renderers import RENDERERS
from estafette.notifications import RenderContext
from estafette.notifications.actions.due_steps import run_due_steps
from estafette.worker import react_to_all

ORIGIN = "http://127.0.0.1:8000"
RENDER_CONTEXT = RenderContext(origin=ORIGIN, vault=Vault(bytes(32)))


@dataclass
class World:
    """Everybody by name, with the verbs that tests use most."""

    database: Database
    sender: Sender
    ann: SignedIn
    ben: SignedIn
    claire: SignedIn
    denis: SignedIn
    eva: SignedIn
    root: SignedIn
    chateau: UUID
    bakery: UUID

    async def write(self, who: SignedIn, partner: UUID, text: str, key: str | None = None) -> Opened:
        """A customer writes to a partner."""
        return await conversations.write_to_partner(self.database, self.sender, who, partner, text, (), key)

    async def say(
        self, who: SignedIn, conversation: UUID, text: str, key: str | None = None, attachments: Sequence[UUID] = ()
    ) -> Message:
        """Somebody says something in a conversation."""
        return await self.sender.send(
            Draft(
                id=new_id(),
                conversation_id=conversation,
                person_id=who.person_id,
                text=text,
                attachments=tuple(attachments),
                key=key,
            )
        )

    async def react(self) -> int:
        """Lets the worker do all that is due, and returns to how many changes."""
        count = await react_to_all(self.database, reactions(ORIGIN))
        while await index_some_files(self.database):
            pass
        return count

    async def run_due_steps(self) -> int:
        """Lets the worker take all steps of ladders that are due."""
        count = 0
        while some := await run_due_steps(self.database, RENDERERS, RENDER_CONTEXT):
            count += some
        return count


def counterpart(conversation: Conversation) -> str:
    """With whom a storefront or direct chat is."""
    assert isinstance(conversation, StorefrontConversation | DirectConversation)
    return conversation.counterpart.name


async def sign_in(database: Database, email: str, name: str, role: accounts.Role = "customer") -> SignedIn:
    """A new person, signed in by a token."""
    person = await accounts.add_person(database, email, name, (role,))
    return await again(database, person.id)


async def again(database: Database, person_id: UUID) -> SignedIn:
    """A person with the rights they have now."""
    scopes: tuple[accounts.Scope, ...] = ("read", "write", "admin")
    signed_in = await accounts.by_token(database, await accounts.create_token(database, person_id, "test", scopes))
    assert signed_in is not None
    return signed_in


async def make_world(database: Database) -> World:
    """The world, fresh."""
    ann = await sign_in(database, "ann@example.com", "Ann")
    ben = await sign_in(database, "ben@example.com", "Ben")
    claire = await sign_in(database, "claire@example.com", "Claire")
    denis = await sign_in(database, "denis@example.com", "Denis")
    eva = await sign_in(database, "eva@example.com", "Eva")
    root = await sign_in(database, "root@example.com", "Root", "administrator")
    chateau = (await accounts.make_partner(database, "Château de Vaux-le-Vicomte")).id
    bakery = (await accounts.make_partner(database, "Au Bon Pain")).id
    await accounts.add_member(database, chateau, claire.person_id, "owner")
    await accounts.add_member(database, chateau, denis.person_id, "member")
    await accounts.add_member(database, bakery, eva.person_id, "owner")
    return World(
        database=database,
        sender=Sender(database),
        ann=ann,
        ben=ben,
        claire=await again(database, claire.person_id),
        denis=await again(database, denis.person_id),
        eva=await again(database, eva.person_id),
        root=root,
        chateau=chateau,
        bakery=bakery,
    )
