"""Sending: what is said at the same time in one process is stored in one statement and one commit."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from uuid import UUID

import asyncpg

from estafette import files
from estafette.accounts import Card
from estafette.base import changes
from estafette.base.changes import Change, Hint
from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem, Unavailable
from estafette.base.idempotency import KeyReused
from estafette.conversations.errors import UnknownConversation
from estafette.conversations.models import Draft, Message
from estafette.conversations.rules import check_message
from estafette.conversations.store import rows, sends

BATCH = 200
WAITING = 5_000

Outcome = Message | Problem


class Sender:
    """Gathers the sends of one process: while one batch commits the next one fills, so a lone sender never waits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Draft, asyncio.Future[Message]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def send(self, draft: Draft) -> Message:
        """Stores a message and returns it; a retry with the same key returns the first one.

        Raises Invalid, UnknownConversation, KeyReused; when the database is lost, the outcome is not known: retry with
        the key then.
        """
        check_message(draft.text, draft.attachments)
        if draft.attachments:
            # Claiming files can fail, and one bad message must not take a batch along.
            return await self._send_alone(draft)
        if len(self._waiting) >= WAITING:
            raise Unavailable
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting.append((draft, answer))
        if self._flushing is None:
            # A context of its own: the batch must not join the transaction of the request that happened to start it.
            self._flushing = asyncio.create_task(self._flush(), context=Context())
        return await answer

    async def _send_alone(self, draft: Draft) -> Message:
        async with self._database.transaction() as transaction:
            [outcome] = await append(transaction, [draft])
        if isinstance(outcome, Problem):
            raise outcome
        return outcome

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                await self._store(batch)
        finally:
            self._flushing = None

    async def _store(self, batch: Sequence[tuple[Draft, asyncio.Future[Message]]], *, again: bool = True) -> None:
        try:
            async with self._database.transaction() as transaction:
                outcomes = await append(transaction, [draft for draft, _ in batch])
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            if len(batch) == 1 and again and isinstance(error, asyncpg.UniqueViolationError):
                # The same key was committed elsewhere meanwhile; now it can be seen.
                await self._store(batch, again=False)
            elif len(batch) == 1:
                _answer(batch[0][1], error)
            else:
                # One row is bad: each gets a transaction of its own, so that it fails alone.
                for one in batch:
                    await self._store([one])
        except BaseException as error:
            for _, answer in batch:
                _answer(answer, error if isinstance(error, Exception) else Unavailable())
            if not isinstance(error, Exception):
                raise
        else:
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                _answer(answer, outcome)


def _answer(answer: asyncio.Future[Message], outcome: Message | Exception) -> None:
    # Whoever gave up waiting does not disturb the others.
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)


async def append(transaction: Transaction, drafts: Sequence[Draft]) -> list[Outcome]:
    """Stores drafts in the caller's transaction; each gets its message, or the problem that concerns it alone."""
    locked = {
        row["id"]: row for row in await sends.lock(transaction, sorted({each.conversation_id for each in drafts}))
    }
    looked = await sends.look(transaction, [(each.conversation_id, each.person_id, each.key) for each in drafts])
    now = transaction.clock.now()
    ends = {id_: (row["head"], row["last_ordinal"]) for id_, row in locked.items()}
    keyed: dict[tuple[UUID, str], Message] = {}
    outcomes: list[Outcome] = []
    fresh: list[Message] = []
    for draft, row in zip(drafts, looked, strict=True):
        twin = keyed.get((draft.person_id, draft.key)) if draft.key else None
        first = twin or (rows.message(row) if row["id"] else None)
        if row["acting_for"] is None or draft.conversation_id not in locked:
            outcomes.append(UnknownConversation())
        elif first is not None:
            outcomes.append(first if _same(draft, first) else KeyReused())
        else:
            head, last = ends[draft.conversation_id]
            ends[draft.conversation_id] = head + 1, last + 1
            message = Message(
                id=draft.id,
                conversation_id=draft.conversation_id,
                ordinal=last + 1,
                number=head + 1,
                kind="text",
                party_id=row["acting_for"],
                sender=Card(id=draft.person_id, name=row["sender_name"], picture=row["sender_picture"]),
                text=draft.text,
                attachments=await _claim(transaction, draft),
                created_at=now,
                key=draft.key,
            )
            outcomes.append(message)
            fresh.append(message)
            if draft.key:
                keyed[draft.person_id, draft.key] = message
    await store(transaction, fresh, {id_: (row["head"], tuple(row["parties"])) for id_, row in locked.items()})
    return outcomes


async def store(
    transaction: Transaction, messages: Sequence[Message], before: dict[UUID, tuple[int, tuple[UUID, ...]]]
) -> None:
    """Stores numbered messages of locked conversations and announces them; `before` has old heads and the parties."""
    if not messages:
        return
    await sends.insert(transaction, messages)
    await changes.append(
        transaction,
        [Change(each.conversation_id, each.number, "message_sent", each.id, each.created_at) for each in messages],
    )
    heads = {each.conversation_id: each.number for each in messages}
    transaction.announce(
        *(Hint("conversation", id_, before[id_][0], head, before[id_][1]).event() for id_, head in heads.items())
    )


async def _claim(transaction: Transaction, draft: Draft) -> list[files.File]:
    if not draft.attachments:
        return []
    claimed = await files.claim(transaction, draft.person_id, list(draft.attachments))
    await sends.attach(transaction, draft.id, draft.conversation_id, draft.attachments)
    return claimed


def _same(draft: Draft, first: Message) -> bool:
    """Whether a retry says what was said at first; what was edited or deleted since cannot be compared."""
    return first.conversation_id == draft.conversation_id and (
        first.edited_at is not None
        or first.deleted_at is not None
        or (first.text == draft.text and tuple(each.id for each in first.attachments) == draft.attachments)
    )
