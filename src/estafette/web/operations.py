"""What machines ask: does the process live, is it ready, what did it do."""

from http import HTTPStatus
from typing import Any

from estafette.base.metrics import Metrics
from estafette.http import Answer, Endpoint, get
from estafette.web.addresses import Proxies
from estafette.web.figures import figures
from estafette.web.parts import Process


@get("/healthz", open=True, tags=["Operations"], summary="The process lives")
async def health() -> dict[str, str]:
    """Answers as long as the process does; it asks nothing else, so a missing database does not restart it."""
    return {"status": "alive"}


def operations(process: Process, metrics: Metrics, proxies: Proxies, token: str | None) -> list[Endpoint]:
    """The handlers that look at the running process."""

    @get("/readyz", open=True, tags=["Operations"], summary="The process can serve")
    async def ready() -> Answer[dict[str, Any]]:
        """200 when database, migrations and bus are ready; else 503 with what is not."""
        try:
            missing = await process.parts.not_ready()
        except ConnectionError:
            missing = ["process"]
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
        return Answer({"ready": not missing, "not_ready": missing}, status)

    return [health, ready, figures(process, metrics, proxies, token)]
