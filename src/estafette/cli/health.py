"""Asks a web process whether it is alive."""

import asyncio
from contextlib import suppress

_PATIENCE = 2.0  # seconds


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
