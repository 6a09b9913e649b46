"""Connectors: the example of the sources as a process of its own, and one that answers as badly as it is told to."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.waiting import eventually

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "document-connector" / "connector.py"
CREDENTIAL: Final = "a-long-secret"
PATTERN: Final = "https://documents.example.com/view/{id}"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def link(document: str) -> str:
    """Where a document opens."""
    return PATTERN.replace("{id}", document)


def entry(document: str, *readers: str, **more: Any) -> dict[str, Any]:
    """A document of the example, signed and for some addresses."""
    given = {"title": f"Order {document}", "number": document, "status": "signed", "version": "1", "readers": readers}
    return {"document": document, **given, **more}


class Example:
    """The example as it runs."""

    def __init__(self, file: Path, url: str) -> None:
        self.file, self.url = file, url

    def holds(self, *entries: dict[str, Any]) -> None:
        """What the system knows from now on."""
        self.file.write_text(json.dumps(entries))

    @property
    def acknowledged(self) -> list[dict[str, Any]]:
        """What it was told."""
        kept = self.file.with_suffix(".acknowledgements")
        return [json.loads(each) for each in kept.read_text().splitlines()] if kept.exists() else []


@contextmanager
def example(folder: Path) -> Generator[Example, None, None]:
    """The example on a free port, knowing nothing."""
    file = folder / "documents.json"
    file.write_text("[]")
    process = subprocess.Popen(
        [sys.executable, str(EXAMPLE), str(file), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"CONNECTOR_CREDENTIAL": CREDENTIAL},
    )
    assert process.stdout is not None
    try:
        yield Example(file, process.stdout.readline().split()[-1])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class Doubtful:
    """A connector that answers as it was told last, and counts."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.sent = 0
        self.answer: Answer = self.says({"cards": [], "documents": []})
        self.go_on = asyncio.Event()

    @property
    def documents(self) -> list[str]:
        """The documents of which cards were asked for, each time they were."""
        return [each for path, body, _ in self.asked if path == "/cards" for each in body["documents"]]

    def says(self, content: object, status: int = 200, **headers: str) -> Answer:
        """Answers at once."""

        async def answer(_: web.Request) -> web.StreamResponse:
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            return web.Response(body=body, status=status, headers=headers)

        return answer

    async def hangs(self, _: web.Request) -> web.StreamResponse:
        """Answers once it may go on."""
        await self.go_on.wait()
        return web.json_response({"cards": [], "documents": []})

    async def floods(self, request: web.Request) -> web.StreamResponse:
        """Sends a gigabyte to whoever takes it."""
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(bytes(1_000_000))
            self.sent += 1_000_000
        return response

    async def until(self, number: int) -> None:
        """Waits until it was asked so often."""
        await eventually(lambda: len(self.asked) >= number, lambda: self.asked)

    async def take(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append((request.path, await request.json(), headers))
        try:
            return await self.answer(request)
        except (aiohttp.ClientConnectionResetError, ConnectionResetError):
            return web.Response()


@asynccontextmanager
async def doubtful() -> AsyncGenerator[Doubtful, None]:
    """One on a free port of this machine."""
    connector, app = Doubtful(), web.Application()
    app.router.add_post("/{path:.*}", connector.take)
    async with TestServer(app, host="127.0.0.1") as server:
        connector.url = f"http://127.0.0.1:{server.port}"
        yield connector
        connector.go_on.set()
