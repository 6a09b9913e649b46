"""A write with an Idempotency-Key is one transaction with its key; its retry gets the first answer.

The transaction begins, with the key, where the verb opens its first one, and ends when the answer is made: what
succeeded is kept and committed before it is sent, what failed is rolled back with the key. What the verb waits for
before (a password's hash) or the edge afterwards (`answers_after`) holds up nobody else's writes.

Messages keep their keys themselves and for ever (`own_idempotency`); what shows a credential is never stored for
repetition (`credentials`).
"""

import asyncio
import re
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final

from estafette.base import idempotency
from estafette.base.database import Database
from estafette.base.errors import Problem
from estafette.base.idempotency import AnsweredMeanwhile, FirstAnswer
from estafette.http import Endpoint
from estafette.http.asgi import App, Message, Receive, Scope, Send, header, whole_body
from estafette.web.errors import BadIdempotencyKey
from estafette.web.request_context import context_of

_KEY: Final = re.compile(rb"[ -~]{1,200}")
_KEPT_HEADERS: Final = frozenset({b"content-type", b"location", b"etag", b"cache-control"})
_REPLAY: Final = (b"idempotent-replay", b"true")


class _NotKept(Exception):
    """Rolls the transaction back; the answer is sent all the same."""


class Idempotency:
    """Runs keyed writes of signed-in people."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database
        self._joint_writes: asyncio.Semaphore | None = None

    def concerns(self, endpoint: Endpoint, scope: Scope) -> bool:
        """Whether a request is one of these; raises BadIdempotencyKey."""
        given = header(scope, b"idempotency-key")
        if given is None:
            return False
        if _KEY.fullmatch(given) is None:
            raise BadIdempotencyKey
        return context_of(scope).signed_in is not None and not endpoint.own_idempotency

    async def run(self, endpoint: Endpoint, app: App, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers once for each key, however often it is asked."""
        signed_in = context_of(scope).signed_in
        assert signed_in is not None  # noqa: S101 - concerns() has seen it
        owner = signed_in.person_id
        key = (header(scope, b"idempotency-key") or b"").decode("ascii")
        body = await whole_body(scope, receive, endpoint.max_body)
        print_ = _fingerprint(scope, body)
        database = self._database()
        first = await idempotency.first_answer(database, owner, key, print_)
        if first is None:
            answer = _HeldBack()
            try:
                async with database.joined(
                    lambda transaction: idempotency.claim(transaction, owner, key, print_), self._few_at_once()
                ) as joined:
                    await app(scope, _repeating(body), answer.send)
                    if not answer.succeeded:
                        raise _NotKept
                    # Also when the verb found nothing to write: a retry is to be answered the same.
                    transaction = await joined.opened()
                    if not endpoint.credentials:
                        await idempotency.keep(transaction, owner, key, answer.kept())
            except AnsweredMeanwhile as known:
                first = known.first
            except (Problem, _NotKept) as refused:
                # It may have been refused because its twin has done it meanwhile.
                first = await idempotency.first_answer(database, owner, key, print_)
                if first is None and isinstance(refused, Problem):
                    raise
            if first is None:
                await answer.send_to(send)
                return
        await _HeldBack.replay(first).send_to(send)

    def _few_at_once(self) -> asyncio.Semaphore:
        # Half of the connections: those with the same key wait for each other inside, and others are to get through.
        if self._joint_writes is None:
            self._joint_writes = asyncio.Semaphore(max(1, self._database().pool.get_max_size() // 2))
        return self._joint_writes


class _HeldBack:
    """An answer that was not sent yet."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    async def send_to(self, send: Send) -> None:
        for message in self.messages:
            await send(message)

    @property
    def succeeded(self) -> bool:
        return bool(self.messages) and self.messages[0]["status"] < HTTPStatus.BAD_REQUEST

    def kept(self) -> FirstAnswer:
        start, *bodies = self.messages
        headers = {
            name.lower().decode("latin-1"): value.decode("latin-1")
            for name, value in start["headers"]
            if name.lower() in _KEPT_HEADERS
        }
        return FirstAnswer(start["status"], headers, b"".join(each.get("body", b"") for each in bodies))

    @classmethod
    def replay(cls, first: FirstAnswer) -> "_HeldBack":
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in first.headers.items()]
        if first.status != HTTPStatus.NO_CONTENT:
            headers.append((b"content-length", b"%d" % len(first.body)))
        answer = cls()
        answer.messages = [
            {"type": "http.response.start", "status": first.status, "headers": [*headers, _REPLAY]},
            {"type": "http.response.body", "body": first.body, "more_body": False},
        ]
        return answer


def _fingerprint(scope: Scope, body: bytes) -> bytes:
    head = f"{scope['method']} {scope['path']}?".encode() + scope["query_string"]
    return sha256(b"%d %s%s" % (len(head), head, body)).digest()


def _repeating(body: bytes) -> Receive:
    given = False

    async def receive() -> dict[str, Any]:
        nonlocal given
        if given:
            return {"type": "http.disconnect"}
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
