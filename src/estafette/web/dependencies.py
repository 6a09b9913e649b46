"""What handlers may ask for by name, supplied without Litestar's task group per request.

Litestar resolves dependencies concurrently, each in a task, which costs more than all else a small request does. Ours
exist already, so a plug-in takes them out of its hands; they stay registered for its checks and documents.
"""

import warnings
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, cast

from litestar.di import Provide
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from litestar.plugins.base import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute

from estafette.accounts import Device, SignedIn
from estafette.base.errors import Unauthenticated
from estafette.web.addresses import neighbourhood
from estafette.web.asgi import Scope, visit_of
from estafette.web.cookies import Cookies
from estafette.web.identity import cookie, user_agent
from estafette.web.parts import Process
from estafette.web.problems import language_of

Supply = Callable[[Scope], Any]


def supplies(process: Process, cookies: Cookies) -> dict[str, Supply]:
    """Every name that a handler may ask for, and how its value is found."""
    return {
        "acceptor": lambda scope: process.parts.more["acceptor"],
        "callbacks": lambda scope: process.parts.more["callbacks"],
        "session_cookie": lambda scope: cookies,
        "device": partial(_device, device_name=cookies.device_name.encode()),
        "carries_mail": lambda scope: process.parts.more["carries_mail"],
        "database": lambda scope: process.parts.database,
        "language": language_of,
        "live": lambda scope: process.parts.more["live"],
        "may_fetch": lambda scope: process.parts.may_fetch,
        "maybe_person_id": _maybe_person_id,
        "neighbourhood": lambda scope: neighbourhood(visit_of(scope).address),
        "person_id": lambda scope: signed_in_or_401(scope).person_id,
        "quotas": lambda scope: process.parts.more["quotas"],
        "request_acceptor": lambda scope: process.parts.more["request_acceptor"],
        "sender": lambda scope: process.parts.more["sender"],
        "settings": lambda scope: process.parts.settings,
        "signed_in": lambda scope: signed_in_or_401(scope),
        "storage": lambda scope: process.parts.storage,
        "tellers": lambda scope: process.parts.more["tellers"],
        "uploader": lambda scope: process.parts.more["uploader"],
        "vault": lambda scope: process.parts.more["vault"],
        "visitor": lambda scope: visit_of(scope).signed_in,
    }


@contextmanager
def named_plainly() -> Generator[None, None, None]:
    """Lets handlers name parameters without marking each; Litestar 3 will want marks, and we are pinned below it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LitestarDeprecationWarning)
        yield


def signed_in_or_401(scope: Scope) -> SignedIn:
    """Who makes this request; raises Unauthenticated for nobody."""
    signed_in = visit_of(scope).signed_in
    if signed_in is None:
        raise Unauthenticated
    return signed_in


def _device(scope: Scope, device_name: bytes) -> Device:
    address = visit_of(scope).address
    return Device(
        address=address,
        neighbourhood=neighbourhood(address),
        user_agent=user_agent(scope),
        token=cookie(scope, device_name),
    )


def _maybe_person_id(scope: Scope) -> Any:
    signed_in = visit_of(scope).signed_in
    return None if signed_in is None else signed_in.person_id


def registered(names: Iterable[str]) -> dict[str, Provide]:
    """The names as Litestar must know them; the providers themselves are never called for HTTP routes."""
    return {name: Provide(_stand_in(name), sync_to_thread=False) for name in names}


def _stand_in(name: str) -> Callable[[], Any]:
    def never() -> Any:
        raise RuntimeError(f"{name} is supplied by PromptDependencies")

    return never


class PromptDependencies(ReceiveRoutePlugin):
    """Fills our dependencies in as plain values, in the order of no wait."""

    def __init__(self, names: Mapping[str, Supply]) -> None:
        self._names = names

    def receive_route(self, route: BaseRoute) -> None:
        """Takes what is ours out of the dependencies of each handler of a route."""
        if not isinstance(route, HTTPRoute):
            return
        for _, model in route.route_handler_map.values():
            batches = cast("list[set[Any]]", model.dependency_batches)
            wanted = sorted({each.key for batch in batches for each in batch} & self._names.keys())
            left = [{each for each in batch if each.key not in self._names} for batch in batches]
            model.dependency_batches = [batch for batch in left if batch]
            if wanted:
                # Before the body: whoever is not signed in learns that first.
                model.extractors.insert(0, _filling([(name, self._names[name]) for name in wanted]))


def _filling(wanted: list[tuple[str, Supply]]) -> Any:
    async def fill(values: dict[str, Any], connection: Any) -> None:
        scope = connection.scope
        for name, supply in wanted:
            values[name] = supply(scope)

    return fill
