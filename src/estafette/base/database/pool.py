"""The pool of connections, and what is settled for each of them."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg
import msgspec

SESSION: Final = {
    "application_name": "estafette",
    "timezone": "UTC",
    # Whoever holds a row for longer is stuck: the others fail and say so, and a frozen process is cut off.
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    # Plans are kept. One made while a table was still small must not read it from end to end when it has grown.
    "enable_seqscan": "off",
    "jit": "off",
}


async def open_pool(dsn: str, *, size: int = 10, connect: Callable[..., Awaitable[Any]] | None = None) -> asyncpg.Pool:
    """A pool of at most `size` connections; jsonb columns are read and written as Python values.

    `connect` is called like asyncpg's for each connection.
    """
    return await asyncpg.create_pool(
        dsn,
        min_size=min(2, size),
        max_size=size,
        connect=connect,
        init=_prepare_connection,
        # A pooled connection is never left with open state, so the four statements of a reset would be wasted.
        reset=_leave_as_it_is,
        command_timeout=60,
        server_settings=SESSION,
    )


async def _prepare_connection(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda value: msgspec.json.decode(value[1:]),
        format="binary",
    )


async def _leave_as_it_is(connection: Any) -> None:
    return None
