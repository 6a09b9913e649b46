"""Sending: what is said at the same time in one process is stored in one statement and one commit."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from uuid import UUID

import asyncpg

from estafette.base.database import Database
from estafette.base.errors import Problem, Unavailable
from estafette.base.quotas import Quotas
from estafette.conversations.actions.appending import append
from estafette.conversations.errors import ConversationBusy
from estafette.conversations.models import Draft, Message
from estafette.conversations.rules import check_message

BATCH = 200
PERSON_CHARACTERS = 10_000
"""Of one person in a batch, or one message: who sends as fast as he can waits for himself, and others for little."""
WAITING = 5_000
# Each of them keeps a connection of the pool while it waits for a lock.
HELD_UP_AT_ONCE = 2

Pending = tuple[Draft, "asyncio.Future[Message]"]


class Sender:
    """Gathers the sends of one process: while one batch commits the next one fills, so a lone sender never waits."""

    def __init__(self, database: Database, quotas: Quotas | None = None) -> None:
        self._database = database
        self._quotas = quotas or Quotas()
        self._waiting: list[Pending] = []
        self._flushing: asyncio.Task[None] | None = None
        self._held_up: dict[UUID, list[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._patience = asyncio.Semaphore(HELD_UP_AT_ONCE)

    async def send(self, draft: Draft) -> Message:
        """Stores a message and returns it; a retry with the same key returns the first one.

        Raises Invalid, UnknownConversation, KeyReused, QuotaExceeded, DiskFull; when the database is lost, the outcome
        is not known: retry with the key then.
        """
        check_message(draft.text, draft.attachments)
        self._quotas.check_disk()
        if draft.attachments:
            # Claiming files can fail, and one bad message must not take a batch along.
            return await self._send_alone(draft)
        if len(self._waiting) >= WAITING:
            raise Unavailable
        answer: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        held_up = self._held_up.get(draft.conversation_id)
        if held_up is not None:
            held_up.append((draft, answer))
            return await answer
        self._waiting.append((draft, answer))
        if self._flushing is None:
            # A context of its own: the batch must not join the transaction of the request that happened to start it.
            self._flushing = asyncio.create_task(self._flush(), context=Context())
        return await answer

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

    async def _flush(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = _divided(self._waiting)
                await self._store(batch)
        finally:
            self._flushing = None
            # Only a loop that is shut down leaves somebody here.
            for _, answer in self._waiting:
                _answer(answer, Unavailable())
            self._waiting = []

    async def _store(self, batch: Sequence[Pending], *, wait: bool = False, again: bool = True) -> None:
        """Stores a batch in one transaction; what cannot be stored together is stored apart."""
        try:
            async with self._database.transaction() as transaction:
                outcomes = await append(transaction, [draft for draft, _ in batch], self._quotas, wait=wait)
        except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
            if len(batch) > 1:
                # One row is bad: each gets a transaction of its own, so that it fails alone.
                for one in batch:
                    await self._store([one], wait=True)
            elif again and isinstance(error, asyncpg.UniqueViolationError):
                # The same key was committed elsewhere meanwhile; now it can be seen.
                await self._store(batch, wait=True, again=False)
            else:
                _answer(batch[0][1], error)
        except asyncpg.LockNotAvailableError:
            for _, answer in batch:
                _answer(answer, ConversationBusy())
        except BaseException as error:
            for _, answer in batch:
                _answer(answer, error if isinstance(error, Exception) else Unavailable())
            if not isinstance(error, Exception):
                raise
        else:
            self._hand_out(batch, outcomes)

    def _hand_out(self, batch: Sequence[Pending], outcomes: Sequence[Message | Problem]) -> None:
        for pending, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, ConversationBusy):
                self._hold_up(pending)
            else:
                _answer(pending[1], outcome)

    def _hold_up(self, pending: Pending) -> None:
        """Somebody else holds the conversation: whoever writes in it waits, and nobody else does."""
        place = pending[0].conversation_id
        held_up = self._held_up.get(place)
        if held_up is not None:
            held_up.append(pending)
            return
        self._held_up[place] = [pending]
        task = asyncio.create_task(self._store_held_up(place), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _store_held_up(self, place: UUID) -> None:
        try:
            while waiting := self._held_up[place]:
                batch, self._held_up[place] = waiting[:BATCH], waiting[BATCH:]
                async with self._patience:
                    await self._store(batch, wait=True)
        finally:
            del self._held_up[place]


def _divided(waiting: Sequence[Pending]) -> tuple[list[Pending], list[Pending]]:
    """The next batch, and what is left for those after it; what one person says stays in its order."""
    batch: list[Pending] = []
    left: list[Pending] = []
    said: dict[UUID, int] = {}
    for place, pending in enumerate(waiting):
        if len(batch) == BATCH:
            left.extend(waiting[place:])
            break
        draft = pending[0]
        before = said.get(draft.person_id, 0)
        if before and before + len(draft.text) > PERSON_CHARACTERS:
            said[draft.person_id] = PERSON_CHARACTERS
            left.append(pending)
        else:
            said[draft.person_id] = before + len(draft.text)
            batch.append(pending)
    return batch, left


def _answer(answer: "asyncio.Future[Message]", outcome: Message | Exception) -> None:
    # Whoever gave up waiting does not disturb the others.
    if answer.done():
        return
    if isinstance(outcome, Exception):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
