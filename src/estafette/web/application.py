"""The whole edge, put together: handlers, gate, errors, pages, documents, around one Litestar application."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

from litestar import Litestar, Router
from litestar.routes import HTTPRoute

from estafette.base.settings import Settings
from estafette.web import endpoints, problems
from estafette.web.addresses import Proxies
from estafette.web.admission import Admission
from estafette.web.app_pages import AppPages
from estafette.web.asgi import App
from estafette.web.cookies import Cookies
from estafette.web.decoding import StrictRequest
from estafette.web.dependencies import PromptDependencies, named_plainly, registered, supplies
from estafette.web.documents import documents
from estafette.web.edge import Edge
from estafette.web.gate import Checks, Gate
from estafette.web.idempotency import Idempotency
from estafette.web.identity import Identities
from estafette.web.instance import DemoAccount, instance
from estafette.web.live import live
from estafette.web.meaning import MAX_JSON_BYTES
from estafette.web.metrics import Metrics
from estafette.web.operations import operations
from estafette.web.origin import Origins
from estafette.web.parts import Opening, Process
from estafette.web.straight import StraightWays
from estafette.web.throttle import Throttle


def application(
    settings: Settings,
    opening: Opening,
    identities: Identities,
    process: Process,
    demo: Sequence[DemoAccount] = (),
    throttle: Throttle | None = None,
) -> App:
    """The ASGI application of one web process; `opening` opens its parts at the start and closes them at the end.

    `throttle` is shared with the server beneath, which asks it about connections.
    """
    throttle = throttle or Throttle()
    proxies = Proxies(settings.trusted_proxies)
    cookies = Cookies(settings)
    checks = Checks(cookies, identities, Origins(settings), Idempotency(process.database), throttle)
    metrics = Metrics()
    names = supplies(process, cookies)
    straight = StraightWays(names)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None, None]:
        async with opening() as parts:
            process.set(parts)
            yield
            process.set(None)

    handlers = _described(demo, process, metrics, proxies)
    with named_plainly():
        app = Litestar(
            [*handlers, Router(endpoints.NATIVE, route_handlers=[live(process, checks)]), *documents(described_alone)],
            dependencies=registered(names.keys() - {"person_id"}),
            exception_handlers={Exception: problems.answer},
            lifespan=[lifespan],
            logging_config=None,
            middleware=[cast("Any", partial(Gate, checks=checks))],
            openapi_config=None,
            plugins=[PromptDependencies(names), straight],
            request_class=StrictRequest,
            request_max_body_size=MAX_JSON_BYTES,
        )
    checks.methods.update(_methods(app))
    checks.straight = straight.ways
    return Edge(cast("App", app), settings, metrics, AppPages(), Admission(throttle, proxies, checks.recall))


def described_alone() -> list[Any]:
    """The described handlers without a running process behind them, for the documents."""
    return _described((), Process(), Metrics(), Proxies(()))


def _described(demo: Sequence[DemoAccount], process: Process, metrics: Metrics, proxies: Proxies) -> list[Any]:
    native = Router(
        endpoints.NATIVE,
        route_handlers=[instance(demo), *endpoints.native()],
        dependencies=registered(["person_id"]),
    )
    about_people = Router(endpoints.NATIVE, route_handlers=endpoints.native_about_people())
    return [native, about_people, *endpoints.contracts(), *operations(process, metrics, proxies)]


def _methods(app: Litestar) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            found.setdefault(route.path_format, set()).update(route.methods)
    return {path: ", ".join(sorted(methods)) for path, methods in found.items()}
