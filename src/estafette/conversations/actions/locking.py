"""Changing a conversation: locked, so that its numbers have no gap and rights do not change meanwhile."""

from collections.abc import Sequence
from typing import Final, Literal
from uuid import UUID

import msgspec

from estafette.base import changes
from estafette.base.changes import Change, Hint
from estafette.base.database import Transaction
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models.changes import ChangeKind
from estafette.conversations.models.conversations import ConversationKind
from estafette.conversations.models.groups import MemberRole
from estafette.conversations.rules import live_topics
from estafette.conversations.store import conversations, messages, sends

THREAD: Final = "thread"
"""The feed of what stands below messages: its streams are the messages that threads begin with."""


class Locked(msgspec.Struct, frozen=True, kw_only=True):
    """A locked conversation: the `number` its next change takes, and who the person is in it.

    `role` is that of a member of a group or channel, None for who is not in it and in two-sided conversations. Rights
    are those of `place_id`, of which a thread is part; `root_id` is the message that a thread is below.
    """

    id: UUID
    kind: ConversationKind | Literal["thread"]
    number: int
    last_ordinal: int
    readers: tuple[UUID, ...]
    role: MemberRole | None
    members: int
    archived: bool
    place_id: UUID
    place_kind: ConversationKind
    root_id: UUID | None

    @property
    def topics(self) -> tuple[UUID, ...]:
        """Whom a change is told live."""
        return live_topics(self.kind, self.id, self.readers)


async def lock(transaction: Transaction, person_id: UUID, conversation_id: UUID) -> Locked:
    """Locks a conversation that a person may read, until the transaction ends; raises UnknownConversation."""
    await sends.lock(transaction, [conversation_id])
    # Looked up under the lock: whoever was removed before it is a stranger now.
    state = await conversations.viewer_state(transaction, conversation_id, person_id)
    if state is None:
        raise UnknownConversation
    return Locked(
        id=conversation_id,
        kind=state["kind"],
        number=state["head"] + 1,
        last_ordinal=state["last_ordinal"],
        readers=tuple(state["readers"]),
        role=state["role"],
        members=state["members"],
        archived=state["archived"],
        place_id=state["place_id"],
        place_kind=state["place_kind"],
        root_id=state["root_id"],
    )


async def take_number(transaction: Transaction, place: Locked, kind: ChangeKind, subject: UUID) -> None:
    """Stores a change of a locked conversation under its next number, and tells of it after the commit."""
    await take_numbers(transaction, place, kind, [subject])


async def take_numbers(transaction: Transaction, place: Locked, kind: ChangeKind, subjects: Sequence[UUID]) -> None:
    """As `take_number`, for many subjects at once, in their order."""
    last, now = place.number + len(subjects) - 1, transaction.clock.now()
    await messages.advance(transaction, place.id, last)
    await changes.append(
        transaction, [Change(place.id, place.number + step, kind, each, now) for step, each in enumerate(subjects)]
    )
    transaction.announce(*hints([(place.id, place.number - 1, last, place.topics)]))
    if place.root_id is not None:
        topics = live_topics(place.place_kind, place.place_id, place.readers)
        transaction.announce(line_hint(place.root_id, place.number - 1, last, topics))


def line_hint(root_id: UUID, after: int, until: int, topics: tuple[UUID, ...]) -> changes.Event:
    """The hint that what stands below a message is another; it takes no number of the conversation it stands in."""
    return Hint(THREAD, root_id, after, until, topics).event()


def hints(spans: Sequence[tuple[UUID, int, int, tuple[UUID, ...]]]) -> list[changes.Event]:
    """The hints of (conversation, after, until, topics)."""
    return [Hint("conversation", *span).event() for span in spans]
