"""Kannel as Debian packages it: bearerbox and smsbox in a temporary folder, on ports of this machine alone."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bench.installation import HOST, free_port
from bench.stage import say

USER, PASSWORD = "bench", "bench-secret"
START_SECONDS, STOP_SECONDS = 20, 15
INSTALL = ("apt-get", "install", "-y", "kannel", "kannel-extras")
CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = {host}
admin-password = {password}
admin-allow-ip = "127.0.0.1"
smsbox-port = {bearer}
smsbox-interface = {host}
box-allow-ip = "127.0.0.1"
dlr-storage = internal
store-type = spool
store-location = "{folder}/spool"
sms-resend-freq = 1

group = smsc
smsc = smpp
smsc-id = network
host = {host}
port = {gateway}
smsc-username = bench
smsc-password = bench
system-type = ""
transceiver-mode = true
max-pending-submits = 100

group = smsbox
bearerbox-host = {host}
bearerbox-port = {bearer}
sendsms-port = {sendsms}
sendsms-interface = {host}
http-request-retry = 20
http-queue-delay = 1

group = sendsms-user
username = {user}
password = {password}
max-messages = 10
concatenation = true

group = sms-service
keyword = default
text = "No"
"""


async def there_is_kannel() -> bool:
    """Whether Kannel is installed, after it was if that was possible."""
    if shutil.which("bearerbox") and shutil.which("smsbox"):
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say("kannel: installing it")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*INSTALL, stdout=nowhere, stderr=nowhere, env=environment)
    return await process.wait() == 0 and bool(shutil.which("bearerbox") and shutil.which("smsbox"))


@asynccontextmanager
async def kannel(gateway_port: int) -> AsyncGenerator[str, None]:
    """A Kannel that is linked to an SMPP gateway on this machine; yields the address of its `sendsms`."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="estafette-bench-")))
        with free_port() as admin, free_port() as bearer, free_port() as sendsms:
            ports = {"admin": admin, "bearer": bearer, "sendsms": sendsms, "gateway": gateway_port}
        (folder / "spool").mkdir()
        file = folder / "kannel.conf"
        file.write_text(CONFIGURATION.format(host=HOST, user=USER, password=PASSWORD, folder=folder, **ports))
        await stack.enter_async_context(_box("bearerbox", file, bearer))
        await stack.enter_async_context(_box("smsbox", file, sendsms))
        yield f"http://{HOST}:{sendsms}/cgi-bin/sendsms"


@asynccontextmanager
async def _box(name: str, file: Path, port: int) -> AsyncGenerator[None, None]:
    """One process of Kannel, once it listens; raises RuntimeError with its last words when it does not."""
    log = file.with_name(f"{name}.log")
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(name, "-v", "2", str(file), stdout=output, stderr=output)
    try:
        await _until_listening(process, port, log)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def _until_listening(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + START_SECONDS
    while loop.time() < end and process.returncode is None:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise RuntimeError(f"Kannel did not start.\n{log.read_text(errors='replace')[-2000:]}")
