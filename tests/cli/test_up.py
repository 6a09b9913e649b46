"""One command starts everything, another signal ends it."""

import re
import signal
import socket
import stat
import subprocess
from pathlib import Path
from urllib.request import urlopen

from tests.cli.running import COMMAND, Up, lives, up
from tests.conftest_postgres import modes
from tests.ports import free_port
from tests.waiting import wait_for


def test_it_says_what_it_does_and_where_to_go(running: Up) -> None:
    # The rest is the log of what came after, and what is said to whoever starts it as root.
    said = [line for line in running.lines if not line.startswith(("{", "Warning: "))]
    assert said[0] == "Starting the database"
    assert said[-1].startswith(f"Estafette is running at http://127.0.0.1:{running.port}")
    assert running.get("/healthz")[0] == 200
    assert running.get("/readyz")[0] == 200


def test_a_head_is_answered_without_a_complaint(running: Up) -> None:
    for path, status in (("/healthz", 200), ("/api/v1/partners", 200), ("/api/v1/me", 401), ("/api/v1/nothing", 404)):
        assert running.ask("HEAD", path) == (status, "")
    assert "request failed" not in running.output
    assert "without completing" not in running.output


def test_while_nobody_is_registered_it_prints_the_link_for_the_first_administrator(running: Up) -> None:
    link = re.search(rf"http://127\.0\.0\.1:{running.port}/welcome\?code=(\S+)", running.output)
    assert link
    assert running.ask("GET", f"/welcome?code={link[1]}", Accept="text/html")[0] == 200


def test_it_runs_as_many_web_processes_as_asked_and_one_worker(running: Up) -> None:
    commands = [command for command in running.children().values() if "estafette.cli" in command]
    assert sum(" serve " in command for command in commands) == 2
    assert sum(" worker " in command for command in commands) == 1


def test_no_secret_stands_on_a_command_line_or_in_the_output(running: Up) -> None:
    password = (running.data / "postgres" / "password").read_text().strip()
    assert all(password not in command for command in running.children().values())
    assert password not in running.output


def test_what_it_keeps_is_private(running: Up) -> None:
    shared = {path: oct(mode) for path, mode in modes(running.data).items() if mode & 0o077}
    assert shared == {}
    assert stat.S_IMODE(running.data.stat().st_mode) in (0o700, 0o711)


def test_a_second_start_finds_what_the_first_one_kept_and_each_ends_within_five_seconds(data: Path) -> None:
    data /= "n" * 120  # a long path is no obstacle
    with up(data) as first:
        children = first.children()
        link = next(line for line in first.lines if "/welcome?code=" in line).split("code=")[1]
        idle = socket.create_connection(("127.0.0.1", first.port))
        asking = socket.create_connection(("127.0.0.1", first.port))
        asking.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        assert first.stop(signal.SIGINT) < 5, "open connections hold nothing up"
        assert first.process.returncode == 0
        assert not any(map(lives, children))
        idle.close()
        asking.close()
        assert "Traceback" not in first.output
        assert "Making a new database" in first.output
    with up(data) as second:
        assert f"code={link}" in second.output
        assert "Making a new database" not in second.output
        assert second.stop(signal.SIGTERM) < 5


def test_serve_and_worker_may_run_apart_and_end_in_order(running: Up) -> None:
    port = free_port()
    apart = [
        subprocess.Popen([*COMMAND, *command, "--data", str(running.data)], stderr=subprocess.PIPE, text=True)
        for command in (["serve", "--port", str(port)], ["worker"])
    ]
    wait_for(lambda: listens(port))
    wait_for(lambda: all(minds_sigterm(process.pid) for process in apart))
    for process in apart:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def minds_sigterm(pid: int) -> bool:
    caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
    return bool(caught and int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


def listens(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            return answer.status == 200
    except OSError:
        return False
