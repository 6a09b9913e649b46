"""The organisation's own people: Gina, Hugo and Ida, who chat in groups and channels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.conversations import Conversation, Draft, Message
from estafette.conversations.actions import groups, membership, viewing
from estafette.conversations.models.conversations import GroupLike
from estafette.conversations.models.groups import MemberRole, NewGroup
from tests.world import World, sign_in


@dataclass
class Staff:
    """Three employees, with the verbs that tests use most."""

    world: World
    gina: SignedIn
    hugo: SignedIn
    ida: SignedIn

    @property
    def database(self) -> Database:
        """That of the world."""
        return self.world.database

    async def group(self, owner: SignedIn, *members: SignedIn, name: str = "Lunch") -> UUID:
        """A group that the owner opens and invites the members to."""
        return await self._open(owner, members, NewGroup(kind="group", name=name))

    async def channel(self, owner: SignedIn, *members: SignedIn, name: str = "News", is_open: bool = True) -> UUID:
        """A channel, open to all employees unless told otherwise."""
        return await self._open(owner, members, NewGroup(kind="channel", name=name, is_open=is_open))

    async def _open(self, owner: SignedIn, members: Sequence[SignedIn], new: NewGroup) -> UUID:
        place = (await groups.open_group(self.database, owner, new)).id
        if members:
            await self.invite(owner, place, *members)
        return place

    async def invite(self, who: SignedIn, place: UUID, *people: SignedIn, role: MemberRole = "member") -> Conversation:
        """Lets people into a group or channel."""
        return await membership.invite(self.database, who, place, [each.person_id for each in people], role)

    async def say(self, who: SignedIn, place: UUID, text: str, **more: Any) -> Message:
        """Somebody says something."""
        draft = Draft(id=new_id(), conversation_id=place, person_id=who.person_id, text=text, **more)
        return await self.world.sender.send(draft)

    async def seen(self, who: SignedIn, place: UUID) -> GroupLike:
        """A group or channel as somebody sees it."""
        found = await viewing.conversation(self.database, who.person_id, place)
        assert isinstance(found, GroupLike)
        return found

    async def unread(self, who: SignedIn, place: UUID) -> int:
        """How much somebody has not read."""
        return (await viewing.conversation(self.database, who.person_id, place)).unread

    async def read(self, who: SignedIn, place: UUID, ordinal: int) -> int:
        """Somebody reads up to an ordinal; how much is left."""
        return (await conversations.mark_read(self.database, who.card, place, ordinal)).unread

    async def texts(self, who: SignedIn, place: UUID) -> list[str]:
        """What somebody reads there."""
        return [each.text for each in (await conversations.history(self.database, who.person_id, place)).items]


async def hire(world: World) -> Staff:
    """The three, new in the organisation."""
    return Staff(
        world=world,
        gina=await sign_in(world.database, "gina@example.com", "Gina", "employee"),
        hugo=await sign_in(world.database, "hugo@example.com", "Hugo", "employee"),
        ida=await sign_in(world.database, "ida@example.com", "Ida", "employee"),
    )
