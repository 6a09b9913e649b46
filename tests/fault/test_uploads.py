"""A server that is killed in the middle of an upload: what it said was safe is safe, and the file becomes whole."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
import pytest

from tests.processes import Site, ask
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]

CONTENT = os.urandom(40_000_000)


async def test_an_upload_goes_on_where_the_killed_server_stood(here: Site) -> None:
    dying, other = here.webs
    token = await here.token(here.world.ben)
    tus = {"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"}
    begin = tus | {"Upload-Length": str(len(CONTENT))}
    async with here.http.post(f"{dying.url}/api/v1/uploads", headers=begin) as answer:
        assert answer.status == 201
        place = answer.headers["Location"]

    async def offset() -> int:
        async with here.http.head(other.url + place, headers=tus) as told:
            assert told.status == 200
            return int(told.headers["Upload-Offset"])

    async def send(url: str, start: int, body: object) -> int:
        headers = tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(start)}
        async with here.http.patch(url + place, data=body, headers=headers) as told:
            return told.status

    stopped = asyncio.Event()

    async def nearly_all() -> AsyncIterator[bytes]:
        yield CONTENT[:20_000_000]
        await stopped.wait()

    sending = asyncio.create_task(send(dying.url, 0, nearly_all()))

    async def some_is_safe() -> bool:
        return await offset() > 0

    await eventually(some_is_safe)
    dying.kill()
    stopped.set()
    with suppress(aiohttp.ClientError):
        await sending
    safe = await offset()
    assert 0 < safe <= 20_000_000
    assert await send(other.url, safe, CONTENT[safe:]) == 204
    status, file = await ask(here.http, "PUT", f"{other.url}{place}/file", token)
    assert (status, file["size"]) == (200, len(CONTENT))
    async with here.http.get(f"{other.url}/api/v1/files/{file['id']}", headers=tus) as answer:
        assert await answer.read() == CONTENT
    dying.again()
    await dying.until_ready(here.http)
