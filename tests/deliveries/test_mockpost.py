"""Services that others wrote, as a second opinion beside counterparts of our own: one process for all of them."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from estafette.deliveries.models.messages import Accepted, Options, Refused, Subscription
from estafette.deliveries.models.transport import Link
from tests.deliveries.web_push.browsers import from_base64url
from tests.deliveries.web_push.test_web_push import link_of as push_link
from tests.deliveries.web_push.test_web_push import notice as a_notice
from tests.deliveries.whatsapp.test_submitting import claimed as a_text
from tests.deliveries.whatsapp.test_submitting import link_to as whatsapp_link
from tests.ports import free_port
from tests.waiting import eventually


async def test_services_that_others_wrote_take_what_we_send(tmp_path: Path) -> None:
    async with mockpost(tmp_path) as url, aiohttp.ClientSession(url) as asking:
        async with push_link() as opened:
            await a_push_message_is_read(opened, asking)
        async with whatsapp_link(f"{url}/whatsapp") as opened:
            await both_kinds_are_taken(opened, asking)


async def a_push_message_is_read(opened: Link, asking: aiohttp.ClientSession) -> None:
    async with asking.post("/webpush/subscribe", json={}) as response:
        given = await response.json()
    subscription = Subscription(
        endpoint=given["endpoint"],
        p256dh=from_base64url(given["keys"]["p256dh"]),
        auth=from_base64url(given["keys"]["auth"]),
    )
    assert isinstance(await opened.submit(a_notice(subscription)), Accepted)
    async with asking.get("/api/messages", params={"channel": "webpush"}) as response:
        assert "Новое сообщение" in await response.text()
    async with asking.post(f"/webpush/subscriptions/{given['id']}/expire"):
        pass
    outcome = await opened.submit(a_notice(subscription))
    assert isinstance(outcome, Refused)
    assert outcome.gone


async def both_kinds_are_taken(opened: Link, asking: aiohttp.ClientSession) -> None:
    ready = Options(template="order_ready", template_language="fr", variables=("Ana",))
    for message in (a_text(text="Olá"), a_text(window_open=False, options=ready)):
        outcome = await opened.submit(message)
        assert isinstance(outcome, Accepted)
        assert outcome.provider_ids[0].startswith("wamid.")
        assert outcome.recipient_id == "554899246868"
    async with asking.get("/api/messages", params={"channel": "whatsapp"}) as response:
        listed = await response.text()
    assert "Olá" in listed
    assert "template:order_ready" in listed


@asynccontextmanager
async def mockpost(folder: Path) -> AsyncGenerator[str, None]:
    """A push service, a Cloud API and others, in a process and a folder of its own."""
    ports = {
        f"MOCKPOST_{each}_PORT": str(free_port()) for each in ("HTTP", "SMTP", "FTP", "FTPS", "FTPS_IMPLICIT", "SFTP")
    }
    url = f"http://127.0.0.1:{ports['MOCKPOST_HTTP_PORT']}"
    command = str(Path(sys.executable).parent / "mockpost")
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            command, cwd=folder, env=os.environ | ports, stdout=log, stderr=log
        )
        try:
            await eventually(
                lambda: process.returncode is not None or answers(ports["MOCKPOST_HTTP_PORT"]),
                (folder / "log").read_text,
            )
            assert process.returncode is None, (folder / "log").read_text()
            yield url
        finally:
            process.terminate()
            await process.wait()


def answers(port: str) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", int(port))) == 0
