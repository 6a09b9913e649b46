"""The whole edge, put together: pages, gate, endpoints, documents and live connections of one process."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from starlette.routing import Router

from estafette.base.metrics import Metrics
from estafette.base.settings import Settings
from estafette.http import Endpoint, under
from estafette.http.asgi import App
from estafette.http.routing import Routes
from estafette.web import endpoints
from estafette.web.addresses import Proxies
from estafette.web.admission import Admission
from estafette.web.api import Api
from estafette.web.app_pages import FOLDER, AppPages
from estafette.web.cookies import Cookies
from estafette.web.documents import documents
from estafette.web.edge import Edge
from estafette.web.gate import Checks, Gate
from estafette.web.idempotency import Idempotency
from estafette.web.identity import Identities
from estafette.web.instance import DemoAccount, describe, instance
from estafette.web.live import live
from estafette.web.metrics import RequestMetrics
from estafette.web.operations import operations
from estafette.web.origin import Origins
from estafette.web.parts import Opening, Process
from estafette.web.public_pages import PublicPages
from estafette.web.supplies import supplies
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
    requests = RequestMetrics(metrics)

    @asynccontextmanager
    async def lifespan(_: Router) -> AsyncGenerator[None, None]:
        async with opening() as parts:
            process.set(parts)
            fresh = asyncio.create_task(metrics.keep_fresh())
            try:
                yield
            finally:
                fresh.cancel()
            process.set(None)

    all_endpoints = [*_described(demo, process, metrics, proxies, settings.metrics_token), *documents(described_alone)]
    api = Api(Routes(all_endpoints, supplies(process, cookies)), Gate(checks))
    admission = Admission(throttle, proxies, checks)
    pages = AppPages(FOLDER, _filled_pages(settings, process, cookies, demo))
    edge = Edge(api, live(process, checks), Router(lifespan=lifespan), settings, requests, pages, admission)
    metrics.count(
        "unexpected_tls", "Requests over TLS while the public URL says http", lambda: edge.unexpected_tls.seen
    )
    return edge


def _filled_pages(
    settings: Settings, process: Process, cookies: Cookies, demo: Sequence[DemoAccount]
) -> PublicPages | None:
    """None where the web app was not built."""
    if not (FOLDER / "index.html").is_file():
        return None
    tell = partial(describe, settings=settings, demo_accounts=demo)
    return PublicPages(FOLDER, settings, process.database, tell, cookies.name)


def described_alone() -> list[Endpoint]:
    """The described endpoints without a running process behind them, for the documents."""
    return _described((), Process(), Metrics(), Proxies(()))


def _described(
    demo: Sequence[DemoAccount], process: Process, metrics: Metrics, proxies: Proxies, token: str | None = None
) -> list[Endpoint]:
    native = under(endpoints.NATIVE, [instance(demo), *endpoints.native()])
    return [*native, *endpoints.contracts(), *operations(process, metrics, proxies, token)]
