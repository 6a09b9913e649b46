"""Where gateways report by HTTP; whoever they are, their signature says so."""

from typing import Final
from uuid import UUID

from estafette.base.settings import Settings
from estafette.deliveries.actions.calling_back import Callbacks
from estafette.deliveries.models.transport import Callback
from estafette.http import Request, Response, get, post

BODY_BYTES: Final = 4 * 1024 * 1024
"""WhatsApp tells of up to a thousand messages at once, in up to 3 MB."""


@post(
    "/callbacks/{gateway_id}",
    status=204,
    tags=["Gateways"],
    summary="What a gateway tells",
    operation_id="takeCallback",
    machine=True,
    own_idempotency=True,
    max_body=BODY_BYTES,
)
async def take_callback(
    request: Request, callbacks: Callbacks, settings: Settings, gateway_id: UUID, body: bytes
) -> None:
    """For gateways: receipts as they send them, signed as they sign. Answered when what they told is stored."""
    await callbacks.take(gateway_id, callback_of(request, settings, body))


@get(
    "/callbacks/{gateway_id}",
    tags=["Gateways"],
    summary="What a gateway tells in a URL",
    operation_id="takeCallbackFromUrl",
    machine=True,
    media_type="text/plain",
)
async def take_callback_from_url(
    request: Request, callbacks: Callbacks, settings: Settings, gateway_id: UUID
) -> Response:
    """For gateways that report by fetching a URL, as Kannel does, or want to read something there, as Meta does.

    200, since Kannel takes 204 for a failure.
    """
    answer = await callbacks.take(gateway_id, callback_of(request, settings, b""))
    return Response(answer, media_type="text/plain", headers={"cache-control": "no-store"})


def callback_of(request: Request, settings: Settings, body: bytes) -> Callback:
    """What was asked, with the URL as the gateway called it."""
    query = request.scope["query_string"].decode("latin-1")
    # As the gateway called it, which is what it signed: a proxy may have changed the host that we see.
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    url = f"{settings.origin}{path}" + (f"?{query}" if query else "")
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in request.scope["headers"]}
    return Callback(url=url, headers=headers, body=body)
