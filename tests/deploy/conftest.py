"""One server, and each proxy of the system in front of it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.deploy.behind import Behind
from tests.deploy.certificates import NAME, Certificate, certificate
from tests.deploy.proxies import PROXIES, is_installed
from tests.ports import free_port
from tests.processes import Running, until_ready
from tests.scratch import scratch_folder


class Server(Running):
    """One web process that believes the proxies of this machine."""

    def __init__(self, dsn: str, data: Path) -> None:
        self.dsn, self.port = dsn, free_port()
        super().__init__(
            *("serve", "--data", data, "--port", self.port),
            *("--public-url", f"https://{NAME}", "--trusted-proxy", "127.0.0.1"),
            # Whole files as large as the proxies let through, and a little more, so that it is Estafette that refuses.
            *("--max-file-megabytes", 25),
            ESTAFETTE_DATABASE_URL=dsn,
        )


@pytest_asyncio.fixture(scope="session")
async def web(server: str) -> AsyncGenerator[Server, None]:
    """The server behind all of them."""
    folder = scratch_folder()
    async with fresh_database(server) as dsn, aiohttp.ClientSession() as http:
        started = Server(dsn, folder)
        try:
            await until_ready(started, f"http://127.0.0.1:{started.port}", http)
            yield started
        finally:
            await started.stop()


@pytest.fixture(scope="session")
def of_the_proxy(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """The certificate that the proxies show."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest_asyncio.fixture(scope="session", params=sorted(PROXIES))
async def behind(
    web: Server, of_the_proxy: Certificate, request: pytest.FixtureRequest
) -> AsyncGenerator[Behind, None]:
    """What people reach through one of the proxies."""
    if not is_installed(request.param):
        pytest.skip(f"{request.param} is not installed here")
    folder = scratch_folder()
    proxy = PROXIES[request.param](folder, web.port, of_the_proxy)
    try:
        await proxy.until_listening()
        yield Behind(proxy, web.dsn)
    finally:
        proxy.stop()
