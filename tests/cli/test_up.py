"""One command starts everything, another signal ends it."""

import os
import re
import signal
import socket
import stat
import subprocess
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.running import COMMAND, Up, lives, up
from tests.conftest_postgres import modes
from tests.ports import free_port
from tests.waiting import wait_for


def test_it_says_what_it_does_and_where_to_go(running: Up) -> None:
    assert running.lines[0] == "Starting the database"
    assert running.lines[-1].startswith(f"Estafette is running at http://127.0.0.1:{running.port}")
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


def test_ctrl_c_stops_all_within_five_seconds_even_with_open_connections(data: Path) -> None:
    with up(data) as started:
        children = started.children()
        idle = socket.create_connection(("127.0.0.1", started.port))
        asking = socket.create_connection(("127.0.0.1", started.port))
        asking.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        assert started.stop(signal.SIGINT) < 5
        assert started.process.returncode == 0
        assert not any(map(lives, children))
        idle.close()
        asking.close()
        assert "Traceback" not in started.output


def test_a_second_start_finds_what_the_first_one_kept(data: Path) -> None:
    with up(data) as first:
        link = next(line for line in first.lines if "/welcome?code=" in line).split("code=")[1]
        assert first.stop(signal.SIGTERM) < 5
    with up(data) as second:
        assert f"code={link}" in second.output
        assert "Making a new database" not in second.output


def test_a_long_path_is_no_obstacle(data: Path) -> None:
    with up(data / ("n" * 120)) as started:
        assert started.get("/readyz")[0] == 200


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


@pytest.mark.fault
def test_a_process_that_crashes_is_started_again(data: Path) -> None:
    with up(data) as started:
        before = started.children()
        for pid, command in before.items():
            if " serve " in command or " worker " in command:
                os.kill(pid, signal.SIGKILL)
        wait_for(
            lambda: len(started.children()) == len(before) and started.children() != before, lambda: started.output
        )
        wait_for(started.alive, lambda: started.output)


@pytest.mark.fault
def test_a_database_that_crashes_is_started_again(data: Path) -> None:
    with up(data) as started:
        database = next(pid for pid, command in started.children().items() if "postgres -D" in command)
        os.kill(database, signal.SIGKILL)
        wait_for(lambda: not lives(database), lambda: started.output)
        wait_for(lambda: started.get("/readyz")[0] == 200, lambda: started.output)


@pytest.mark.fault
def test_when_the_parent_is_killed_its_children_go_too(data: Path) -> None:
    with up(data) as started:
        children = started.children()
        started.process.kill()
        started.process.wait()
        wait_for(lambda: not any(map(lives, children)), lambda: started.output)
    with up(data) as again:
        assert again.alive()


@pytest.mark.fault
def test_after_everything_was_killed_the_next_start_recovers(data: Path) -> None:
    with up(data) as started:
        started.kill_everything()
    with up(data) as again:
        assert again.get("/readyz")[0] == 200
