"""What machines ask: does the process live, is it ready, what did it do."""

from http import HTTPStatus
from typing import Any

from estafette.base import pending_reactions
from estafette.base.errors import Forbidden, Unauthenticated
from estafette.base.open_files import open_files
from estafette.http import Answer, Endpoint, Request, Response, get
from estafette.web.addresses import Proxies
from estafette.web.metrics import Metrics
from estafette.web.parts import Process
from estafette.web.request_context import context_of

_PROMETHEUS = "text/plain; version=0.0.4"


@get("/healthz", open=True, tags=["Operations"], summary="The process lives")
async def health() -> dict[str, str]:
    """Answers as long as the process does; it asks nothing else, so a missing database does not restart it."""
    return {"status": "alive"}


def operations(process: Process, metrics: Metrics, proxies: Proxies) -> list[Endpoint]:
    """The handlers that look at the running process."""
    waiting = metrics.gauge("pending_reactions", "Changes whose reactions have not run yet")
    stuck = metrics.gauge("stuck_reactions", "Changes whose reactions failed too often and need a person")
    metrics.gauge("statements", "SQL statements since the start", lambda: process.parts.database.statements)
    metrics.gauge("bus_listening", "1 while the bus listens", lambda: process.parts.listening())
    metrics.gauge("bus_events_dropped", "Events that the bus dropped", lambda: process.parts.events_dropped())
    metrics.gauge("open_files_limit", "Files and connections that may be open", lambda: open_files.limit)
    metrics.gauge("open_files_shortages", "Times that no more could be opened", lambda: open_files.shortages)
    metrics.gauge("live_connections", "Open live connections", lambda: _connections(process))

    @get("/readyz", open=True, tags=["Operations"], summary="The process can serve")
    async def ready() -> Answer[dict[str, Any]]:
        """200 when database, migrations and bus are ready; else 503 with what is not."""
        try:
            missing = await process.parts.not_ready()
        except ConnectionError:
            missing = ["process"]
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
        return Answer({"ready": not missing, "not_ready": missing}, status)

    @get("/metrics", tags=["Operations"], summary="Figures for Prometheus")
    async def figures(request: Request) -> Response:
        """For requests from this machine, or with an administrator's token of scope `admin`; of one web process."""
        context = context_of(request.scope)
        if not proxies.is_local(request.scope, context.address):
            if context.signed_in is None:
                raise Unauthenticated
            if not context.signed_in.administrates:
                raise Forbidden
        database = process.parts.database
        waiting.set(await pending_reactions.waiting(database))
        stuck.set(await pending_reactions.stuck(database))
        return Response(metrics.text(), media_type=_PROMETHEUS)

    return [health, ready, figures]


def _connections(process: Process) -> float:
    try:
        return float(process.parts.hub.connections)
    except ConnectionError:
        return 0.0
