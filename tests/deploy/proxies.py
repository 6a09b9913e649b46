"""nginx and HAProxy as children of a test: the very files of `deploy/`, on ports and with paths that a test may have.

What is replaced must be there, so that a change of a file cannot leave it untested.
"""

import asyncio
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path

from tests.deploy.certificates import NAME, Certificate
from tests.ports import free_port
from tests.waiting import wait_for

DEPLOY = Path(__file__).parents[2] / "deploy"


class Proxy(ABC):
    """One that runs in front of a server, on a port for http and one for https."""

    program: str

    def __init__(self, folder: Path, backend: int, certificate: Certificate) -> None:
        self.folder, self.backend, self.certificate = folder, backend, certificate
        self.http, self.https = free_port(), free_port()
        self.file = folder / "proxy.conf"
        self.file.write_text(self.configuration())
        # Deleted when closed; a pipe that nobody reads would stop the process.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)

    @abstractmethod
    def configuration(self) -> str:
        """The file of `deploy/` for this test."""

    @abstractmethod
    def command(self) -> list[str]:
        """What starts it in the foreground."""

    @property
    def said(self) -> str:
        """What it has complained about."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    async def until_listening(self) -> "Proxy":
        """Waits until it takes connections."""
        for port in (self.http, self.https):
            await asyncio.to_thread(wait_for, lambda port=port: self._listens(port), lambda: self.said)
        return self

    def stop(self) -> None:
        """Ends it, with what it is doing."""
        self.process.terminate()
        self.process.wait(10)
        self._log.close()

    def _listens(self, port: int) -> bool:
        assert self.process.poll() is None, self.said
        try:
            asyncio.run(_connect(port))
        except OSError:
            return False
        return True


class Nginx(Proxy):
    """nginx with one process of its own."""

    program = "nginx"

    def configuration(self) -> str:
        site = replaced(
            (DEPLOY / "nginx.conf").read_text(),
            {
                "listen 80;": f"listen 127.0.0.1:{self.http};",
                "listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
                "    listen [::]:80;\n": "",
                "    listen [::]:443 ssl http2;\n": "",
                "127.0.0.1:8000;": f"127.0.0.1:{self.backend};",
                "/etc/letsencrypt/live/talk.example.com/fullchain.pem": str(self.certificate.chain),
                "/etc/letsencrypt/live/talk.example.com/privkey.pem": str(self.certificate.key),
            },
        )
        folders = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        return (
            f"daemon off;\nmaster_process off;\npid {self.folder}/pid;\nerror_log stderr warn;\n"
            f"events {{ worker_connections 256; }}\nhttp {{\naccess_log off;\n{folders}{site}}}\n"
        )

    def command(self) -> list[str]:
        return [_path_of("nginx"), "-e", "stderr", "-p", str(self.folder), "-c", str(self.file)]


class HAProxy(Proxy):
    """HAProxy in the foreground."""

    program = "haproxy"

    def configuration(self) -> str:
        return replaced(
            (DEPLOY / "haproxy.cfg").read_text(),
            {
                "log /dev/log local0": "log 127.0.0.1:9 local0",  # where nobody listens
                "    user haproxy\n": "",
                "    group haproxy\n": "",
                "maxconn 20000": "maxconn 200",
                "bind :80,[::]:80 v6only": f"bind 127.0.0.1:{self.http}",
                "bind :443,[::]:443 v6only ssl": f"bind 127.0.0.1:{self.https} ssl",
                "/etc/haproxy/certs/talk.example.com.pem": str(self.certificate.both),
                "estafette 127.0.0.1:8000": f"estafette 127.0.0.1:{self.backend}",
            },
        )

    def command(self) -> list[str]:
        return [_path_of("haproxy"), "-db", "-f", str(self.file)]


PROXIES: dict[str, type[Proxy]] = {kind.program: kind for kind in (Nginx, HAProxy)}


def is_installed(program: str) -> bool:
    """Whether the system has it."""
    return bool(_path_of(program))


def replaced(text: str, pairs: dict[str, str]) -> str:
    """The text with each of these replaced; raises AssertionError where one is not in it."""
    for old, new in pairs.items():
        assert old in text, f"{old!r} is not in the file any more"
        text = text.replace(old, new)
    assert NAME in text
    return text


def _path_of(program: str) -> str:
    # Services lie where the path of people does not always lead.
    return shutil.which(program) or shutil.which(program, path="/usr/local/sbin:/usr/sbin") or ""


async def _connect(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
