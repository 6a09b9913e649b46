"""Files up and down over HTTP, against copying as many bytes on the disk that they lie on."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp

from bench.http_client import Refused
from bench.installation import HOST
from bench.stage import Stage
from bench.table import Figure, Runs
from bench.world import new_people

MEGABYTES, PIECE, PART = 90, 256 * 1024, 8 * 1024 * 1024
_TUS = {"Tus-Resumable": "1.0.0"}


async def measure(stage: Stage) -> list[Figure]:
    """Megabytes a second: whole, in parts that can be resumed, and back; each run with other bytes."""
    [ann] = await new_people(stage.database, 1)
    whole, parts, down = Runs(), Runs(), Runs()
    root = f"http://{HOST}:{stage.server.port}/api/v1"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {ann.token}"}) as http:
        for _ in stage.rounds("files"):
            content = os.urandom(MEGABYTES * 1_000_000)
            disk = _rate(_copied(content))
            begun = perf_counter()
            await _answer(http, "POST", f"{root}/files?name=whole.bin", data=_pieces(content))
            whole.add(_rate(perf_counter() - begun), disk)
            other = content[::-1]
            begun = perf_counter()
            file = await _in_parts(http, root, other)
            parts.add(_rate(perf_counter() - begun), disk)
            begun = perf_counter()
            async with http.get(f"{root}/files/{file}") as answer:
                size = sum([len(piece) async for piece in answer.content.iter_chunked(PIECE)])
            if size != len(content):
                raise Refused(f"{size} bytes came back")
            down.add(_rate(perf_counter() - begun), disk)
    context = f"one file of {MEGABYTES} MB at a time, one connection"
    limit = "a copy on the same disk, written through"
    return [
        Figure(name=name, unit="MB/s", runs=runs, limit=limit, context=context, aim=("≥", 0.5))
        for name, runs in (("Upload, whole", whole), ("Upload in parts of 8 MB", parts), ("Download", down))
    ]


def _rate(seconds: float) -> float:
    return MEGABYTES / seconds


def _copied(content: bytes) -> float:
    """Seconds for copying a file and making it last."""
    with tempfile.TemporaryDirectory(prefix="estafette-bench-") as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        source.write_bytes(content)
        begun = perf_counter()
        shutil.copyfile(source, target)
        with target.open("rb") as file:
            os.fsync(file.fileno())
        return perf_counter() - begun


async def _in_parts(http: aiohttp.ClientSession, root: str, content: bytes) -> str:
    headers = _TUS | {"Upload-Length": str(len(content))}
    async with http.post(f"{root}/uploads", headers=headers) as answer:
        place = answer.headers["Location"]
    address = root.removesuffix("/api/v1") + place
    for offset in range(0, len(content), PART):
        headers = _TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        await _answer(http, "PATCH", address, data=content[offset : offset + PART], headers=headers)
    return (await _answer(http, "PUT", f"{address}/file"))["id"]


async def _answer(http: aiohttp.ClientSession, method: str, address: str, **more: Any) -> Any:
    async with http.request(method, address, **more) as answer:
        if not answer.ok:
            raise Refused(f"{answer.status} {await answer.text()}")
        return await answer.json(content_type=None) if answer.content_length else None


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
