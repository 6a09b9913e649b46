"""Asking connectors: bounded in time, bytes and number, and not again for some seconds after one has failed."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from estafette.base.clock import Clock
from estafette.base.outgoing import Answer, NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.vault import Vault
from estafette.documents.models.systems import Reason, SystemRow

ANSWER_BYTES: Final = 512 * 1024
SECONDS: Final = 5.0
"""For connecting, sending and the whole answer."""
AT_ONCE: Final = 16
"""Questions of one process to one system; a system that hangs must not hold up the others."""
REST: Final = timedelta(seconds=10)
CONNECTIONS: Final = 100

_REASONS: Final[dict[str, Reason]] = {
    "no answer in time": "no_answer",
    "the host name is not known": "unknown_host",
    "the certificate is not valid": "certificate",
}
_encode: Final = msgspec.json.Encoder().encode

Wanted = TypeVar("Wanted")


class Unreachable(Exception):
    """A connector gave no answer that can be used; `status` is set where an HTTP status was what was wrong."""

    def __init__(self, reason: Reason, status: int | None = None) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.status = status

    @property
    def lasting(self) -> bool:
        """Whether the system as a whole does not answer, rather than this question."""
        return self.reason not in ("busy", "wrong_form", "wrong_status") or (
            self.status is not None and self.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        )


class Connectors:
    """The questions of one process to all systems; to be closed in the end."""

    def __init__(
        self, vault: Vault, clock: Clock, *, private_addresses: bool = False, seconds: float = SECONDS
    ) -> None:
        self._vault, self._clock, self._seconds = vault, clock, seconds
        # Opened by the first question: an installation without a system has no use for it.
        self._outgoing = Outgoing(
            private_addresses=private_addresses, connections=CONNECTIONS, answer_limit=ANSWER_BYTES
        )
        self._opening = asyncio.Lock()
        self._open = False
        self._asking: Counter[UUID] = Counter()
        self._resting: dict[UUID, tuple[datetime, datetime, Unreachable]] = {}

    async def close(self) -> None:
        """Closes all connections."""
        if self._open:
            await self._outgoing.__aexit__(None, None, None)

    async def ask(
        self, system: SystemRow, path: str, question: msgspec.Struct, wanted: type[Wanted], *, anyway: bool = False
    ) -> Wanted:
        """Posts a question and reads its answer; raises Unreachable. `anyway`: also where it has failed just now."""
        answer = await self._settled(system, path, question, anyway=anyway)
        try:
            return msgspec.json.decode(answer.body, type=wanted)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Unreachable("wrong_form") from None

    async def tell(self, system: SystemRow, path: str, message: msgspec.Struct, key: UUID) -> None:
        """Posts what a system is to know, under a key by which it recognises what comes again; raises Unreachable."""
        await self._settled(system, path, message, {"idempotency-key": str(key)}, anyway=True)

    async def _settled(
        self,
        system: SystemRow,
        path: str,
        content: msgspec.Struct,
        headers: dict[str, str] | None = None,
        *,
        anyway: bool,
    ) -> Answer:
        if not anyway:
            self._require_awake(system)
        if self._asking[system.id] >= AT_ONCE:
            raise Unreachable("busy")
        self._asking[system.id] += 1
        try:
            answer = await self._posted(system, path, content, headers or {})
        except Unreachable as failure:
            if failure.lasting:
                self._resting[system.id] = (system.changed_at, self._clock.now() + REST, failure)
            raise
        finally:
            self._asking[system.id] -= 1
            if not self._asking[system.id]:
                del self._asking[system.id]
        self._resting.pop(system.id, None)
        return answer

    def _require_awake(self, system: SystemRow) -> None:
        changed_at, until, failure = self._resting.get(system.id, (None, None, None))
        if failure is None or until is None:
            return
        if changed_at == system.changed_at and self._clock.now() < until:
            raise Unreachable(failure.reason, failure.status)
        del self._resting[system.id]

    async def _posted(self, system: SystemRow, path: str, content: msgspec.Struct, headers: dict[str, str]) -> Answer:
        try:
            credential = self._vault.decrypt(system.credential, system.id.bytes).decode()
        except ValueError:
            raise Unreachable("credential_unreadable") from None
        given = {"content-type": "application/json", "authorization": f"Bearer {credential}", **headers}
        async with self._opening:
            if not self._open:
                await self._outgoing.__aenter__()
                self._open = True
        try:
            answer = await self._outgoing.post(
                f"{system.connector}/{path}", _encode(content), given, timeout=self._seconds
            )
        except OutgoingRefused:
            raise Unreachable("address_refused") from None
        except NotConnected as error:
            raise Unreachable(_REASONS.get(str(error), "not_connected")) from None
        except NoAnswer:
            raise Unreachable("no_answer") from None
        _check(answer)
        return answer


def _check(answer: Answer) -> None:
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise Unreachable("credential_refused", answer.status)
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        raise Unreachable("redirected", answer.status)
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise Unreachable("wrong_status", answer.status)
    if len(answer.body) >= ANSWER_BYTES:
        raise Unreachable("too_long")
