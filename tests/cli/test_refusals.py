"""What cannot work is said in one sentence, with exit code 1 and the way out."""

import asyncio
import os
import socket
from pathlib import Path

import asyncpg
import pytest

from estafette.base.postgres import EmbeddedPostgres
from tests.cli.running import Up, refusal
from tests.conftest_postgres import NOBODY
from tests.ports import free_port


def test_a_second_up_on_the_same_folder(running: Up) -> None:
    sentence = refusal("up", "--data", running.data, "--port", free_port())
    assert sentence == f"Estafette is already running on {running.data} (process {running.process.pid})."


def test_a_taken_port(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = refusal("up", "--data", data, "--port", port)
    assert sentence == f"Port {port} on 127.0.0.1 is taken by another program: choose another one with --port."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://me:s3cret@127.0.0.1:1/talk", "127.0.0.1:1/talk cannot be reached: Connection refused."),
        ("postgresql://me:s3cret@nowhere.invalid/talk", "nowhere.invalid:5432/talk cannot be reached:"),
        ("mysql://me:s3cret@127.0.0.1/talk", "The database URL must begin with postgresql://."),
    ],
)
@pytest.mark.parametrize("command", ["up", "migrate", "serve", "worker"])
def test_an_unreachable_database(data: Path, command: str, url: str, expected: str) -> None:
    options = ["--port", free_port()] if command in ("up", "serve") else []
    sentence = refusal(command, "--data", data, "--database-url", url, *options)
    assert expected in sentence
    assert "s3cret" not in sentence


def test_a_database_that_does_not_let_us_in(running: Up, data: Path) -> None:
    host = f"host={running.data / 'postgres' / 'cluster'}"
    wrong = refusal("migrate", "--data", data, "--database-url", f"postgresql://estafette:guess@/estafette?{host}")
    assert "does not accept this user name and password" in wrong
    password = (running.data / "postgres" / "password").read_text().strip()
    absent = f"postgresql://estafette:{password}@/nothing?{host}"
    assert "There is no such database" in refusal("migrate", "--data", data, "--database-url", absent)


@pytest.mark.parametrize("command", ["up", "migrate"])
def test_a_data_folder_of_a_newer_version(data: Path, command: str) -> None:
    asyncio.run(_pretend_to_be_newer(data))
    options = ["--port", free_port()] if command == "up" else []
    assert "newer version of Estafette" in refusal(command, "--data", data, *options)


async def _pretend_to_be_newer(data: Path) -> None:
    server = EmbeddedPostgres(data / "postgres", fast=True)
    connection = await asyncpg.connect(await server.start())
    await connection.execute(
        "CREATE TABLE schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    await connection.execute("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future.sql')")
    await connection.close()
    await server.stop()


def test_a_folder_that_cannot_be_written(data: Path) -> None:
    data.write_text("")
    assert "it is a file, not a folder" in refusal("up", "--data", data, "--port", free_port())
    deeper = refusal("up", "--data", data / "deeper", "--port", free_port())
    assert "a part of the path is a file" in deeper
    assert "choose another one with --data" in deeper


def test_a_read_only_folder(data: Path) -> None:
    if os.geteuid() != 0:
        data.mkdir(mode=0o500)
        assert "may not write there" in refusal("up", "--data", data, "--port", free_port())
        return
    # Modes do not bind root, and an interpreter may be out of nobody's reach: a fork of this one becomes nobody.
    data.mkdir(mode=0o755)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            asyncio.run(EmbeddedPostgres(data / "postgres").start())
        except BaseException as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    assert "this user may not write there" in os.read(reader, 1000).decode()
    os.close(reader)


def test_no_server_to_join(data: Path) -> None:
    data.mkdir()
    assert "start it with `estafette up`" in refusal("serve", "--data", data, "--port", free_port())
    assert "start it with `estafette up`" in refusal("worker", "--data", data)


def test_a_token_where_nobody_can_live_yet(data: Path) -> None:
    sentence = refusal("token", "create", "--data", data, "--email", "ada@example.org")
    assert sentence == f"There is no database in {data} yet: `estafette up` makes it."
    assert not data.exists()


def test_a_database_that_is_not_prepared(data: Path, running: Up) -> None:
    password = (running.data / "postgres" / "password").read_text().strip()
    host = f"host={running.data / 'postgres' / 'cluster'}"
    empty = f"postgresql://estafette:{password}@/postgres?{host}"
    sentence = refusal("serve", "--data", data, "--database-url", empty, "--port", free_port())
    assert "run `estafette migrate`" in sentence
