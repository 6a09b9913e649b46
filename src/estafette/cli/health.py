"""Asks a web process whether it is alive."""

import asyncio
from contextlib import suppress

_PATIENCE = 2.0  # seconds


async def figures(host: str, port: int) -> dict[str, float]:
    """The figures of the server for Prometheus that have no labels; none when it does not give them."""
    with suppress(OSError, TimeoutError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        async with asyncio.timeout(_PATIENCE):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
            finally:
                writer.close()
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                return {}
            lines = [line.split() for line in body.decode().splitlines() if line.startswith("estafette_")]
            return {parts[0]: float(parts[1]) for parts in lines if len(parts) == 2 and "{" not in parts[0]}
    return {}


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
