"""A process may open as many files as the system lets it, and says so when that was not enough."""

import errno
import json
import subprocess
import sys
from functools import partial
from typing import Any

import pytest

from estafette.base.open_files import OpenFiles, is_shortage, open_files
from estafette.cli.open_files_check import examine_open_files
from estafette.web.addresses import Proxies
from estafette.web.bounded_http import BoundedHttp
from estafette.web.peers import Peers
from estafette.web.throttle import Throttle
from tests.waiting import eventually
from tests.web.served import served, strangers, wire

SCRIPT = """
import json, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 900))
from estafette.base.open_files import open_files
before = open_files.limit
open_files.raise_limit()
print(json.dumps([before, open_files.limit, open_files.connections]))
"""


def test_the_limit_is_raised_as_far_as_the_system_lets_it() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [256, 900, 700]


def test_running_out_is_logged_but_not_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    files = OpenFiles()
    for _ in range(100):
        files.ran_out("a connection")
    assert files.shortages == 100
    assert capsys.readouterr().out.count("Too many open files") == 1
    assert is_shortage(OSError(errno.EMFILE, "Too many open files"))
    assert not is_shortage(OSError(errno.ENOENT, "No such file"))


async def test_when_there_is_no_room_an_idle_connection_goes_and_the_new_one_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(OpenFiles, "connections", 3)
    before = open_files.shortages

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    peers = Peers(Proxies(()), Throttle())
    async with served(app, partial(BoundedHttp, peers=peers)) as port, wire(port), wire(port), wire(port):
        await eventually(lambda: strangers(peers) == 3)
        async with wire(port) as late:
            await late.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await late.answer() == (200, b"ok")
            assert strangers(peers) == 3
    assert open_files.shortages == before + 1


def test_the_doctor_tells_of_it() -> None:
    well = examine_open_files({"estafette_open_files_limit": 65_536.0, "estafette_open_files_shortages_total": 0.0})
    assert well.good
    short = examine_open_files({"estafette_open_files_limit": 65_536.0, "estafette_open_files_shortages_total": 7.0})
    assert not short.good
    assert "LimitNOFILE" in short.text
    assert not examine_open_files({"estafette_open_files_limit": 1_024.0}).good
