"""The WebSocket `/api/v1/live`: who is there and from where; the hub does the rest (docs/live-protocol.md)."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final, cast
from uuid import UUID

import structlog

from estafette import communications, conversations
from estafette.accounts import SignedIn
from estafette.base.errors import TooMany
from estafette.http.asgi import App, Message, Receive, Scope, Send
from estafette.realtime import Subscriber
from estafette.web.addresses import neighbourhood
from estafette.web.bounded_websocket import POLICY_VIOLATION
from estafette.web.gate import Checks
from estafette.web.identity import Credential
from estafette.web.parts import Process
from estafette.web.request_context import context_of

PATH: Final = "/api/v1/live"
NOT_SIGNED_IN = 4401
FOREIGN_ORIGIN = 4403
TRY_LATER = 1013

_log = structlog.get_logger(__name__)


class AcceptedSocket:
    """A WebSocket after its handshake: the two functions of ASGI."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.receive = cast("Callable[[], Coroutine[Any, Any, Any]]", receive)
        self.send = cast("Callable[[Any], Coroutine[Any, Any, None]]", send)


def live(process: Process, checks: Checks) -> App:
    """What serves live connections, the only WebSockets there are."""

    async def live_connection(scope: Scope, receive: Receive, send: Send) -> None:
        """Accepts first, so that browsers see the close code of a refusal."""
        context = context_of(scope)
        if scope["path"].rstrip("/") != PATH:
            await send(_close(POLICY_VIOLATION))
            return
        if (await receive())["type"] != "websocket.connect":
            return
        context.route = PATH
        await send({"type": "websocket.accept"})
        shown = checks.credential(scope)
        refusal = await _refusal(checks, scope, shown)
        signed_in = context.signed_in
        if refusal is not None or shown is None or signed_in is None:
            await send(_close(refusal or NOT_SIGNED_IN))
            return
        accepted = AcceptedSocket(_noting(receive, checks, signed_in), send)
        await process.parts.hub.serve(accepted, _subscriber(process, checks, shown, signed_in))

    return live_connection


def _noting(receive: Receive, checks: Checks, signed_in: SignedIn) -> Receive:
    """Lets whoever was closed for sending too much come again after a while only, from wherever that is."""

    async def noting() -> Message:
        event = await receive()
        if event["type"] == "websocket.disconnect" and event.get("code") == POLICY_VIOLATION:
            checks.throttle.hold(signed_in.person_id)
        return event

    return noting


async def _refusal(checks: Checks, scope: Scope, shown: Credential | None) -> int | None:
    context = context_of(scope)
    try:
        if not (shown is not None and shown.bearer) and not checks.origins.ours(scope):
            checks.step(checks.strangers, context, neighbourhood(context.address))
            checks.origins.log_refusal(scope)
            return FOREIGN_ORIGIN
        await checks.recognise(context, shown)
        if context.signed_in is None:
            return NOT_SIGNED_IN
        checks.step(checks.connecting, context, context.signed_in.person_id)
    except TooMany:
        return TRY_LATER
    except Exception as error:
        _log.warning("live connection refused", reason=type(error).__name__)
        return TRY_LATER
    return TRY_LATER if checks.throttle.seconds_left(context.signed_in.person_id) else None


def _subscriber(process: Process, checks: Checks, shown: Credential, signed_in: SignedIn) -> Subscriber:
    database = process.parts.database

    async def ask_again() -> frozenset[UUID] | None:
        now = await checks.identities.recognise(shown)
        return await conversations.topics_of(database, now) if now is not None else None

    async def may_watch(topic: UUID) -> bool:
        if await conversations.may_read(database, signed_in.person_id, topic):
            return True
        return await communications.may_watch(database, await checks.identities.recognise(shown), topic)

    return Subscriber(
        id=signed_in.person_id,
        topics=signed_in.parties,
        ask_again=ask_again,
        may_watch=may_watch,
        say=partial(_say, process, signed_in),
    )


async def _say(process: Process, signed_in: SignedIn, what: str, conversation_id: UUID) -> None:
    if what == "typing":
        await conversations.tell_typing(process.parts.database, signed_in.card, conversation_id)


def _close(code: int) -> Message:
    return {"type": "websocket.close", "code": code, "reason": ""}
