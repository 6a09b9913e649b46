"""Processes of ours that read what strangers have sent: they know no secret, and end with whoever waits for them."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

import structlog

from estafette.base.errors import Unavailable

# Secrets stand in the environment of a server; where libraries lie may do so, too.
_ENVIRONMENT: Final = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "LANG") if name in os.environ}

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def child(module: str, *arguments: str) -> AsyncGenerator[Process, None]:
    """Runs a module as a process with pipes in and out; it has ended when the context has.

    Raises Unavailable when no process can be started.
    """
    # -I: modules come from the installation alone, nothing of the environment decides.
    start = (sys.executable, "-I", "-m", module, *arguments)
    try:
        process = await asyncio.create_subprocess_exec(
            *start, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_ENVIRONMENT
        )
    except OSError as error:
        _log.error("child_not_started", module=module, kind=type(error).__name__)
        raise Unavailable from error
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await asyncio.shield(process.wait())
