"""Asks a web process whether it is alive, and what it has done."""

import asyncio
from contextlib import suppress

from estafette.base.settings import Settings
from estafette.cli.run_folder import RunningServer, metrics_folder

_PATIENCE = 2.0  # seconds


async def figures(settings: Settings, server: RunningServer | None) -> dict[str, float]:
    """The figures of the server that have no labels; none when it does not give them.

    Those of `estafette up` lie in its folder; a process of another supervisor is asked.
    """
    if server is not None:
        from estafette.base.metrics import told_together

        return _without_labels(told_together(metrics_folder(settings)))
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    with suppress(OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, settings.port)
            try:
                writer.write(_question(settings.metrics_token))
                head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
            finally:
                writer.close()
            if b" 200 " in head.split(b"\r\n", 1)[0]:
                return _without_labels(body)
    return {}


def _question(token: str | None) -> bytes:
    shown = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET /metrics HTTP/1.1\r\nHost: localhost\r\n{shown}Connection: close\r\n\r\n".encode()


def _without_labels(text: bytes) -> dict[str, float]:
    lines = [line.split() for line in text.decode().splitlines() if line.startswith("estafette_")]
    return {parts[0]: float(parts[1]) for parts in lines if len(parts) == 2 and "{" not in parts[0]}


async def answers(host: str, port: int) -> bool:
    """Whether GET /healthz answers 200 within two seconds."""
    with suppress(OSError, TimeoutError, asyncio.IncompleteReadError):
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return b" 200 " in await reader.readuntil(b"\r\n")
            finally:
                writer.close()
    return False
