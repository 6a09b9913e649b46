"""A gateway that does what it is told: each outcome is scripted, and what reached it is kept."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import msgspec

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Channel, ClaimedMessage, Outcome, Receipt
from estafette.deliveries.models.transport import Account, Callback, HandIn


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """None."""

    host: str = ""


class Credentials(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """None."""

    password: str = ""


Answer = Outcome | Callable[[ClaimedMessage], Outcome | Awaitable[Outcome]]


class ScriptedLink:
    """One open link."""

    def __init__(self, transport: "ScriptedTransport", account: Account, hand_in: HandIn) -> None:
        self._transport = transport
        self.account = account
        self.hand_in = hand_in
        self.ending = asyncio.Event()
        """Set when nobody wants to know any more whether it breaks: nothing new comes over it."""
        self._broken: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._inside = 0
        self._free = asyncio.Event()
        self._free.set()

    async def capacity(self) -> int:
        while self._inside >= self._transport.window:
            self._free.clear()
            await self._free.wait()
        return self._transport.window - self._inside

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        self._inside += 1
        self._transport.most_at_once = max(self._transport.most_at_once, self._inside)
        self._transport.submitted.append(claimed)
        self._transport.by[claimed.delivery_id] = self.account.name
        try:
            return await self._transport.answer(claimed)
        finally:
            self._inside -= 1
            self._free.set()

    async def lost(self) -> str:
        try:
            return await asyncio.shield(self._broken)
        finally:
            self.ending.set()

    def break_off(self, why: str = "cut") -> None:
        if not self._broken.done():
            self._broken.set_result(why)


class ScriptedTransport:
    """Accepts everything unless told otherwise."""

    name: str = "scripted"
    channels: frozenset[Channel] = frozenset({"sms", "mms", "email", "push"})
    settings: type[msgspec.Struct] = Settings
    credentials: type[msgspec.Struct] = Credentials
    receipts: bool = True

    def __init__(self) -> None:
        self.window = 10
        self.submitted: list[ClaimedMessage] = []
        self.by: dict[int, str] = {}
        """Through the gateway of which name each delivery went."""
        self.answers: list[Answer] = []
        """Taken one after another; then `always`."""
        self.always: Answer = lambda claimed: Accepted(
            provider_ids=tuple(f"{claimed.delivery_id}-{number}" for number in range(claimed.segments))
        )
        self.links: list[ScriptedLink] = []
        self.refusing: dict[str, str] = {}
        """Gateways, by name, that let nobody in, and why."""
        self.opened = 0
        self.most_at_once = 0

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[ScriptedLink, None]:
        self.opened += 1
        if account.name in self.refusing:
            raise LinkRefused("sign_in", self.refusing[account.name])
        link = ScriptedLink(self, account, hand_in)
        self.links.append(link)
        try:
            yield link
        finally:
            self.links.remove(link)

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Receipt]:
        raise CallbackRefused

    async def answer(self, claimed: ClaimedMessage) -> Outcome:
        given = self.answers.pop(0) if self.answers else self.always
        if callable(given):
            said = given(claimed)
            return await said if isinstance(said, Awaitable) else said
        return given


async def never(_: ClaimedMessage) -> Outcome:
    """A gateway that takes it and never answers."""
    await asyncio.Event().wait()
    raise AssertionError


def receipt(provider_id: str, status: str = "delivered", number: int = 0, **more: object) -> Receipt:
    """What a gateway tells."""
    body = f"{provider_id} {status} {number}".encode()
    return msgspec.convert({"body": body, "provider_id": provider_id, "status": status, **more}, Receipt)
