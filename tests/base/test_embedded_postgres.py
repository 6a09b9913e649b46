"""The embedded server starts from anything a crash can leave, and nobody else gets in."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from estafette.base.postgres import CannotStart, EmbeddedPostgres, FolderBusy, identity, launcher, reach
from estafette.cli.up import guard_database
from tests.conftest_postgres import NOBODY, as_root, ask, modes, python, short_folder
from tests.waiting import PATIENCE, eventually

pytestmark = pytest.mark.installation
START = """
import asyncio, signal, sys, threading
from pathlib import Path
from estafette.base.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
async def main():
    await server.start()
    import asyncpg
    connection = await asyncpg.connect(await server.start())
    await connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    await connection.close()
# Only a server started by the main thread stops with its process; one started elsewhere is left behind.
if sys.argv[2] == "guarded":
    asyncio.run(main())
else:
    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    thread.join()
print(server.pid, flush=True)
signal.pause()
"""


@pytest.fixture
def folder() -> Generator[Path, None, None]:
    with short_folder() as parent:
        yield parent / "postgres"


@asynccontextmanager
async def running(folder: Path, **options: object) -> AsyncGenerator[tuple[EmbeddedPostgres, str], None]:
    server = EmbeddedPostgres(folder, **{"fast": True} | options)  # type: ignore[arg-type]
    dsn = await server.start()
    try:
        yield server, dsn
    finally:
        await server.stop()


@pytest.mark.parametrize("major", [16, 18])
async def test_an_empty_folder_becomes_a_server_that_knows_every_alphabet(folder: Path, major: int) -> None:
    async with running(folder, major=major) as (_, dsn):
        assert await ask(dsn, "SELECT current_setting('server_version_num')::int / 10000") == major
        assert await ask(dsn, "SELECT lower('ПРИВЕТ ÉTÉ')") == "привет été"
        assert await ask(dsn, "SELECT to_tsvector('russian', '«Встречи»') @@ to_tsquery('russian', 'встреча')")
        assert await ask(dsn, "SHOW server_encoding") == "UTF8"
        assert await ask(dsn, "SHOW data_checksums") == "on"


async def test_what_is_committed_is_on_the_disk_unless_speed_was_asked_for(folder: Path) -> None:
    names = ("fsync", "synchronous_commit", "full_page_writes")
    for fast, expected in ((True, "off"), (False, "on")):
        async with running(folder, fast=fast) as (_, dsn):
            assert [await ask(dsn, f"SHOW {name}") for name in names] == [expected] * 3


async def test_the_application_has_no_superuser_rights(folder: Path) -> None:
    async with running(folder) as (_, dsn):
        assert await ask(dsn, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


async def test_no_network_port_is_open_and_the_password_is_demanded(folder: Path) -> None:
    async with running(folder) as (_, dsn):
        assert await ask(dsn, "SHOW listen_addresses") == ""
        password = (folder / "password").read_text().strip()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(dsn.replace(password, "guess"))


async def test_what_lies_in_the_folder_is_for_its_owner_alone(folder: Path) -> None:
    async with running(folder):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {path: mode for path, mode in modes(folder).items() if mode & 0o077} == {}
        assert modes(folder)[folder / "password"] == 0o600


@as_root
async def test_another_user_cannot_reach_the_server(folder: Path) -> None:
    async with running(folder):
        address = str(folder / "cluster" / ".s.PGSQL.5432")
        assert not becomes_possible(lambda: socket.socket(socket.AF_UNIX).connect(address))
        assert not becomes_possible((folder / "password").read_text)


def becomes_possible(attempt: object) -> bool:
    """Whether the user nobody can do it; done in a fork, since nobody may be unable to start an interpreter."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            attempt()  # type: ignore[operator]
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


async def test_nothing_outside_the_folder_changes(folder: Path) -> None:
    watched = [Path("/etc/passwd"), Path("/etc/group"), folder.parent.parent]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in watched]
    users = Path("/etc/passwd").read_text()
    async with running(folder):
        pass
    assert [(path.stat().st_mode, path.stat().st_uid) for path in watched] == before
    assert Path("/etc/passwd").read_text() == users
    assert list(folder.parent.iterdir()) == [folder]


async def test_a_second_start_on_the_folder_is_refused_in_one_sentence(folder: Path) -> None:
    async with running(folder):
        with pytest.raises(FolderBusy, match=rf"already running on .*postgres \(process {os.getpid()}\)"):
            await EmbeddedPostgres(folder).start()
    async with running(folder):
        pass


async def test_another_process_finds_the_running_server(folder: Path) -> None:
    assert reach(folder) is None
    async with running(folder) as (_, dsn):
        assert reach(folder) == dsn
    assert reach(folder) is None


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel offers no other name for a long path")
async def test_a_long_path_works_for_the_server_and_for_its_clients(folder: Path) -> None:
    async with running(folder / ("n" * 120)) as (_, dsn):
        script = f"import asyncio, asyncpg; asyncio.run(asyncpg.connect({dsn!r})); print('connected')"
        python(script).wait()


async def test_stopping_waits_for_no_client_in_a_transaction_and_needs_no_rude_signal(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    connection = await asyncpg.connect(await server.start())
    await connection.execute("BEGIN; CREATE TABLE half (id int)")
    await server.stop(patience=PATIENCE)
    log = (folder / "server.log").read_text()
    assert "received fast shutdown request" in log
    assert "received immediate shutdown request" not in log
    assert "database system is shut down" in log.splitlines()[-1]
    connection.terminate()


@pytest.mark.fault
async def test_a_killed_server_is_started_again_at_the_same_address(folder: Path) -> None:
    async with running(folder, fast=False) as (server, dsn):
        await asyncpg_execute(dsn, "CREATE TABLE kept AS SELECT 7 AS number")
        assert server.pid
        os.kill(server.pid, signal.SIGKILL)
        await server.wait()
        assert await server.start() == dsn
        assert await ask(dsn, "SELECT number FROM kept") == 7


@pytest.mark.fault
@pytest.mark.parametrize("kind", ["guarded", "orphaned"])
async def test_after_its_supervisor_was_killed_the_next_start_recovers(folder: Path, kind: str) -> None:
    supervisor = python(START, folder, kind)
    supervisor.kill()
    supervisor.wait()
    async with running(folder, fast=False) as (_, dsn):
        assert await ask(dsn, "SELECT number FROM kept") == 7


@pytest.mark.fault
async def test_a_stale_lock_that_names_a_living_stranger_is_no_obstacle(folder: Path) -> None:
    async with running(folder):
        noted = (folder / "cluster" / "postmaster.pid").read_text()
    stranger = python("import signal; print('here', flush=True); signal.pause()")
    try:
        _, rest = noted.split("\n", 1)
        (folder / "cluster" / "postmaster.pid").write_text(f"{stranger.pid}\n{rest}")
        (folder / "cluster" / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n{rest}")
        async with running(folder) as (_, dsn):
            assert await ask(dsn, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


async def test_a_long_recovery_is_waited_for_and_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    really = EmbeddedPostgres._is_ready

    def is_ready(self: EmbeddedPostgres, pid: int) -> bool:
        # It recovers for as long as it takes until that was said twice.
        return len(told()) >= 2 and really(self, pid)

    def told() -> list[str]:
        return [line for line in said if "recovering" in line]

    monkeypatch.setattr(launcher, "_PATIENCE", 0.1)
    monkeypatch.setattr(EmbeddedPostgres, "_is_ready", is_ready)
    async with asyncio.timeout(PATIENCE), running(folder, say=said.append) as (_, dsn):
        assert await ask(dsn, "SELECT 1") == 1


async def test_a_folder_of_another_major_version_is_refused_in_one_sentence(folder: Path) -> None:
    async with running(folder, major=16):
        pass
    with pytest.raises(CannotStart, match="made by PostgreSQL 16, and this Estafette runs 18: move it over"):
        await EmbeddedPostgres(folder).start()


async def test_a_file_in_the_way_is_named(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(CannotStart, match="it is a file, not a folder"):
        await EmbeddedPostgres(folder).start()
    with pytest.raises(CannotStart, match="a part of the path is a file"):
        await EmbeddedPostgres(folder / "deeper").start()


async def test_a_server_that_gives_up_is_quoted(folder: Path) -> None:
    async with running(folder):
        pass
    with (folder / "cluster" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = plenty\n")
    with pytest.raises(CannotStart, match=r"did not start; its last words: .*shared_buffers"):
        await EmbeddedPostgres(folder).start()


@as_root
async def test_a_full_disk_is_named_and_leaves_nothing_half_made(folder: Path) -> None:
    script = """
import asyncio, ctypes, subprocess, sys
from pathlib import Path
from estafette.base.postgres import CannotStart, EmbeddedPostgres
folder = Path(sys.argv[1])
folder.mkdir()
if ctypes.CDLL(None).unshare(0x00020000) != 0:
    print("no mount namespace"); sys.exit()
subprocess.run(["mount", "--make-rprivate", "/"], check=True)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], check=True)
try:
    asyncio.run(EmbeddedPostgres(folder / "postgres").start())
except CannotStart as error:
    print(error, sorted(path.name for path in (folder / "postgres").iterdir()))
"""
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    if "no mount namespace" in done.stdout:
        pytest.skip("the kernel does not let this process mount")
    assert "No space left on device" in done.stdout, done.stderr
    assert done.stdout.strip().endswith("['lock', 'password']")


@as_root
async def test_where_namespaces_are_forbidden_the_server_runs_as_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "may_use_namespace", lambda _: False)
    try:
        async with running(folder) as (server, dsn):
            assert await ask(dsn, "SELECT 1") == 1
            assert Path(f"/proc/{server.pid}").stat().st_uid != 0
    except CannotStart as error:
        if "cannot run" not in str(error):
            raise
        pytest.skip("nobody cannot read this installation")


@as_root
async def test_a_parent_that_nobody_may_enter_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "may_use_namespace", lambda _: False)
    folder.parent.chmod(0o700)
    with pytest.raises(CannotStart, match=r"cannot enter .* choose a folder elsewhere with --data"):
        await EmbeddedPostgres(folder).start()


async def test_the_servers_log_repeats_nothing_that_people_wrote(folder: Path) -> None:
    async with running(folder) as (_, dsn):
        await asyncpg_execute(dsn, "CREATE TABLE letters (body text UNIQUE)")
        await asyncpg_execute(dsn, "INSERT INTO letters VALUES ('a private matter')")
        with pytest.raises(asyncpg.UniqueViolationError):
            await asyncpg_execute(dsn, "INSERT INTO letters VALUES ('a private matter')")
        log = (folder / "server.log").read_text()
    assert "duplicate key" in log
    assert "private matter" not in log


async def asyncpg_execute(dsn: str, sql: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@pytest.mark.fault
async def test_a_server_that_does_not_start_is_tried_again_until_it_does(folder: Path) -> None:
    async with running(folder, fast=False) as (server, dsn):
        needed = folder / "cluster" / "global" / "pg_control"
        needed.rename(away := needed.with_name("away"))
        guard = asyncio.create_task(guard_database(server))
        assert server.pid
        log = folder / "server.log"
        os.kill(server.pid, signal.SIGKILL)
        await eventually(lambda: log.read_text().count("pg_control") >= 2, log.read_text)
        assert not guard.done()
        away.rename(needed)
        assert await eventually(lambda: answers(dsn)) == 1
        guard.cancel()


async def answers(dsn: str) -> object:
    try:
        return await ask(dsn, "SELECT 1")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return 0
