"""`GET /metrics`: figures of all processes, also while the database is away, for whoever may see them."""

import asyncio
from hmac import compare_digest
from typing import Any, Final

from prometheus_client.core import GaugeMetricFamily

from estafette.base import pending_reactions
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.errors import Forbidden, Problem, Unauthenticated
from estafette.base.metrics import Metrics
from estafette.base.open_files import open_files
from estafette.http import Endpoint, Request, Response, get
from estafette.http.asgi import Scope, header
from estafette.web.addresses import Proxies
from estafette.web.parts import Process
from estafette.web.request_context import context_of

_PROMETHEUS: Final = "text/plain; version=0.0.4"
_DATABASE_SECONDS: Final = 2.0


def figures(process: Process, metrics: Metrics, proxies: Proxies, token: str | None) -> Endpoint:
    """The handler that tells them; `token` is what a program shows that comes from elsewhere."""
    metrics.count("statements", "SQL statements of web processes", lambda: process.parts.database.statements)
    metrics.count("bus_events_dropped", "Events that the bus dropped", lambda: process.parts.events_dropped())
    metrics.count("open_files_shortages", "Times that no more could be opened", lambda: open_files.shortages)
    metrics.gauge("bus_listening", "1 while the bus listens", "livemin", lambda: process.parts.listening())
    metrics.gauge(
        "open_files_limit", "Files and connections that may be open", "livemin", lambda: float(open_files.limit)
    )
    metrics.gauge("live_connections", "Open live connections", "livesum", lambda: process.parts.hub.connections)

    @get("/metrics", tags=["Operations"], summary="Figures for Prometheus")
    async def tell(request: Request) -> Response:
        """Of all web processes, for programs on this machine and for whoever shows a token.

        That is the one of ESTAFETTE_METRICS_TOKEN, or an administrator's of scope `admin`. Whatever came through a
        proxy is not from this machine.
        """
        if not (_shows(request.scope, token) or proxies.is_local(request.scope)):
            signed_in = context_of(request.scope).signed_in
            if signed_in is None:
                raise Unauthenticated
            if not signed_in.administrates:
                raise Forbidden
        return Response(metrics.text(*await _of_the_database(process)), media_type=_PROMETHEUS)

    return tell


def _shows(scope: Scope, token: str | None) -> bool:
    scheme, _, shown = (header(scope, b"authorization") or b"").partition(b" ")
    return bool(token) and scheme.lower() == b"bearer" and compare_digest(shown.strip(), str(token).encode())


async def _of_the_database(process: Process) -> list[GaugeMetricFamily]:
    """Whether it answers, and what it knows; without an answer the rest is left out, since nobody can tell it."""
    told: list[tuple[str, str, Any]] = []
    try:
        async with asyncio.timeout(_DATABASE_SECONDS):
            database: Database = process.parts.database
            told.append(
                (
                    "pending_reactions",
                    "Changes whose reactions have not run yet",
                    await pending_reactions.waiting(database),
                )
            )
            told.append(
                (
                    "stuck_reactions",
                    "Changes whose reactions failed too often and need a person",
                    await pending_reactions.stuck(database),
                )
            )
    except (*DATABASE_IS_AWAY, Problem):
        told = []
    up = ("database_up", "1 while the database answers", 1 if told else 0)
    return [GaugeMetricFamily(f"estafette_{name}", description, value) for name, description, value in [up, *told]]
