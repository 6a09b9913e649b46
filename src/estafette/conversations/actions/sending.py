"""Sending: what is said at the same time in one process is stored in one statement and one commit."""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

import asyncpg

from estafette.base.database import Database
from estafette.base.errors import Problem
from estafette.base.group_commit import GroupCommit, HeldUp
from estafette.base.quotas import Quotas
from estafette.conversations.actions.appending import append, store
from estafette.conversations.errors import ConversationBusy
from estafette.conversations.models.messages import Draft, Message
from estafette.conversations.rules import check_message

PERSON_CHARACTERS: Final = 10_000
"""Of one person in a batch, or one message: who sends as fast as he can waits for himself, and others for little."""
IN_FLIGHT: Final = 2
"""Batches of disjoint conversations that are stored at a time: while one commits PostgreSQL works at the other."""


class Sender:
    """Gathers the sends of one process; those of one conversation are stored in their order, one batch at a time."""

    def __init__(self, database: Database, quotas: Quotas | None = None) -> None:
        self._database = database
        self._quotas = quotas or Quotas()
        self._group: GroupCommit[Draft, Message] = GroupCommit(
            self._store,
            store_held_up=self._store_held_up,
            lane=lambda draft: draft.conversation_id,
            admission=_admission,
            in_flight=IN_FLIGHT,
        )

    async def send(self, draft: Draft) -> Message:
        """Stores a message and returns it; a retry with the same key returns the first one.

        Raises Invalid, UnknownConversation, OnlyReading, ConversationArchived, KeyReused, QuotaExceeded, DiskFull; when
        the database is lost, the outcome is not known: retry with the key then.
        """
        check_message(draft.text, draft.attachments, mentions=draft.mentions)
        self._quotas.check_disk()
        if draft.attachments:
            # Claiming files can fail, and one bad message must not take a batch along.
            return await self._send_alone(draft)
        return await self._group.put(draft)

    async def _send_alone(self, draft: Draft, *, again: bool = True) -> Message:
        try:
            async with self._database.transaction() as transaction:
                [outcome] = await append(transaction, [draft], self._quotas)
                if isinstance(outcome, Problem):
                    raise outcome
        except asyncpg.UniqueViolationError:
            # The same key was committed elsewhere meanwhile; now it can be seen.
            if not again:
                raise
            return await self._send_alone(draft, again=False)
        except asyncpg.LockNotAvailableError:
            raise ConversationBusy from None
        return outcome

    async def _store(self, drafts: Sequence[Draft]) -> Sequence[Message | Problem | HeldUp]:
        """Stores a batch in one round trip: the statement is its transaction."""
        appended = await store(self._database.apart, drafts, self._database.clock.now(), self._quotas, {})
        # Nothing may come between the commit and its hints.
        self._database.bus.publish(*appended.events)
        return appended.outcomes

    async def _store_held_up(self, drafts: Sequence[Draft]) -> Sequence[Message | Problem]:
        """Stores drafts of a conversation that somebody else holds, once they let go."""
        try:
            async with self._database.transaction() as transaction:
                return await append(transaction, drafts, self._quotas)
        except asyncpg.LockNotAvailableError:
            return [ConversationBusy() for _ in drafts]


def _admission() -> Callable[[Draft], bool]:
    """Lets so much of one person into a batch, and a key once; what one person says stays in its order."""
    said: dict[UUID | None, int] = {}
    keys: set[tuple[UUID | None, str]] = set()

    def admit(draft: Draft) -> bool:
        before = said.get(draft.person_id, 0)
        key = (draft.person_id, draft.key) if draft.key is not None else None
        if (before and before + len(draft.text) > PERSON_CHARACTERS) or key in keys:
            said[draft.person_id] = PERSON_CHARACTERS
            return False
        said[draft.person_id] = before + len(draft.text)
        if key is not None:
            keys.add(key)
        return True

    return admit
