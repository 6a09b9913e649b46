"""A backup holds one moment of a running installation, and a restore makes the same installation of it, or none."""

import errno
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest

from estafette.base.backups import BackupRefused
from estafette.base.postgres import hold
from estafette.base.settings import Settings
from estafette.cli.files_check import folder_fault
from estafette.cli.run_folder import make_run_folder
from estafette.main.backups import backing_up
from tests.cli.backups import another_server, bytes_in, database_of, rows
from tests.cli.running import Up, estafette, refusal, up
from tests.conftest_postgres import NOBODY, as_root, modes, short_folder
from tests.ports import free_port
from tests.prepared import installed_with_demo
from tests.waiting import wait_for

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="module")
def demo() -> Generator[Path, None, None]:
    """An installation with the demo, stopped."""
    with short_folder() as parent:
        yield installed_with_demo(parent / "data")


@pytest.fixture(scope="module")
def saved(demo: Path) -> Path:
    """A backup of it."""
    done = estafette("backup", demo.parent / "saved", "--data", demo)
    assert done.returncode == 0, done.stderr
    return demo.parent / "saved"


@pytest.fixture
def copy(saved: Path, data: Path) -> Path:
    """A copy of the backup, to be spoilt."""
    return Path(shutil.copytree(saved, data.parent / "copy"))


async def test_what_is_restored_is_what_was_saved_row_by_row_and_byte_by_byte(
    demo: Path, saved: Path, data: Path
) -> None:
    done = estafette("restore", saved, "--data", data, "--send-queued")
    assert done.returncode == 0, done.stderr
    async with database_of(demo) as dsn:
        before = await rows(dsn)
    async with database_of(data) as dsn:
        after = await rows(dsn)
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SELECT nextval('deliveries_id_seq')") == len(before["deliveries"]) + 1
        await connection.close()
    assert len(before["messages"]) > 40
    assert {name: after[name] for name in before} == before
    for folder in ("files", "secrets"):
        assert bytes_in(demo / folder) == bytes_in(data / folder) != {}
    assert set(modes(data / "secrets").values()) == {0o600}
    assert sorted(path.name for path in data.iterdir()) == ["files", "lock", "postgres", "secrets"]


async def test_an_encrypted_backup_goes_into_a_database_of_ones_own_of_another_version(
    demo: Path, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n")
    folder = data.parent / "saved"
    passphrase = ("--passphrase-file", tmp_path / "passphrase")
    assert estafette("backup", folder, "--data", demo, *passphrase).returncode == 0
    assert all(path.suffix == ".age" for path in folder.iterdir())
    assert b"chateau" not in b"".join(path.read_bytes() for path in folder.iterdir())
    (tmp_path / "other").write_text("another passphrase\n")
    assert "does not open" in refusal("restore", folder, "--data", data, "--passphrase-file", tmp_path / "other")
    assert "is encrypted: give its passphrase" in refusal("restore", folder, "--data", data)
    assert not data.exists()
    async with another_server(16) as own:
        done = estafette(
            *("restore", folder, "--data", data, "--database-url", own, "--send-queued"),
            ESTAFETTE_BACKUP_PASSPHRASE=PASSPHRASE,
        )
        assert done.returncode == 0, done.stderr
        async with database_of(demo) as dsn:
            before = await rows(dsn)
        assert {name: found for name, found in (await rows(own)).items() if name in before} == before
        # And back from there: a database of one's own is saved like the embedded one.
        assert estafette("backup", data.parent / "again", "--data", data, "--database-url", own).returncode == 0
        again = json.loads((data.parent / "again" / "manifest.json").read_text())
        assert {each["name"]: each["rows"] for each in again["tables"]} == {name: len(before[name]) for name in before}
        again_refused = refusal("restore", data.parent / "again", "--data", data.parent / "x", "--database-url", own)
        assert "is not empty (there is the table adverts)" in again_refused
        moved = estafette(
            *("restore", data.parent / "again", "--data", data, "--database-url", own, "--replace", "--send-queued")
        )
        assert moved.returncode == 0, moved.stderr
        assert "What was in the database before is in the schema before_restore_" in moved.stdout
        assert (await rows(own))["messages"] == before["messages"]
    assert not (data / "postgres").exists()


async def test_a_backup_beside_a_running_server_holds_all_that_was_answered_before_and_nothing_in_part(
    demo: Path, data: Path
) -> None:
    with up(_copied(demo, data)) as running:
        place, token = _conversation(running, data)
        answered: list[int] = []
        stop = threading.Event()
        writer = threading.Thread(target=_write, args=(running, place, token, answered, stop))
        writer.start()
        wait_for(lambda: len(answered) > 5)
        before = len(answered)
        done = estafette("backup", data.parent / "saved", "--data", data, "--quiet")
        during = len(answered)
        wait_for(lambda: len(answered) > during + 5)
        stop.set()
        writer.join()
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    restored = data.parent / "restored"
    assert estafette("restore", data.parent / "saved", "--data", restored).returncode == 0
    async with database_of(restored) as dsn:
        connection = await asyncpg.connect(dsn)
        texts = await connection.fetch("SELECT text FROM messages WHERE conversation_id = $1 ORDER BY ordinal", place)
        head = await connection.fetchval("SELECT head FROM conversations WHERE id = $1", place)
        numbers = await connection.fetch("SELECT number FROM changes WHERE stream_id = $1 ORDER BY number", place)
        await connection.close()
    said = [int(row["text"]) for row in texts if row["text"].isdigit()]
    assert said == list(range(len(said)))
    assert before <= len(said) <= len(answered)
    assert [row["number"] for row in numbers] == list(range(1, head + 1))


def _copied(demo: Path, data: Path) -> Path:
    subprocess.run(["cp", "-a", str(demo), str(data)], check=True)
    return data


def _conversation(running: Up, data: Path) -> tuple[str, str]:
    made = estafette("token", "create", "--data", data, "--email", "test-user@example.com")
    token = made.stdout.strip()
    status, found = running.ask("GET", "/api/v1/conversations", None, Authorization=f"Bearer {token}")
    assert status == 200, found
    return found["items"][0]["id"], token


def _write(running: Up, place: str, token: str, answered: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        number = len(answered)
        status, answer = running.ask(
            "POST", f"/api/v1/conversations/{place}/messages", {"text": str(number)}, Authorization=f"Bearer {token}"
        )
        assert status == 201, answer
        answered.append(number)


async def test_what_was_about_to_go_out_is_not_sent_a_second_time(saved: Path, data: Path) -> None:
    done = estafette("restore", saved, "--data", data)
    assert done.returncode == 0, done.stderr
    assert "7 messages (they are UNCERTAIN now)" in done.stdout
    async with database_of(data) as dsn:
        connection = await asyncpg.connect(dsn)
        due = await connection.fetchval("SELECT count(*) FROM delivery_queue WHERE not_before <= now()")
        steps = await connection.fetchval("SELECT count(*) FROM notification_steps WHERE due_at <= now()")
        later = await connection.fetchval("SELECT count(*) FROM delivery_queue WHERE not_before > now()")
        next_id = await connection.fetchval("SELECT nextval('deliveries_id_seq')")
        uncertain = await connection.fetchval(
            "SELECT count(*) FROM deliveries WHERE status = 'UNCERTAIN' AND reason = 'outcome_unknown'"
        )
        await connection.close()
    # What is to go out at a time that has not come yet cannot have gone out.
    assert (due, steps, later, uncertain) == (0, 0, 1, 7)
    # Those that the old server accepted since have numbers that programs and gateways know.
    assert next_id > 1_000_000


def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(copy: Path, data: Path) -> None:
    def said() -> str:
        sentence = refusal("restore", copy, "--data", data)
        assert not data.exists()
        return sentence

    part = copy / "database.tar.gz"
    content = part.read_bytes()
    part.write_bytes(content[:-1])
    assert said() == f"{part} is damaged: it has {len(content) - 1} bytes instead of {len(content)}."
    part.write_bytes(bytes([*content[:-1], content[-1] ^ 1]))
    assert said() == f"{part} is damaged: its bytes are not those that were written."
    part.unlink()
    assert said() == f"{part} is missing: the backup is not whole."
    manifest = (copy / "manifest.json").read_text()
    (copy / "manifest.json").write_text(manifest[: len(manifest) // 2])
    assert f"{copy / 'manifest.json'} is damaged" in said()
    (copy / "manifest.json").unlink()
    assert said() == f"There is no whole backup in {copy}: manifest.json is missing."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"format": 2}, "newer version of Estafette"),
        ({"migrations": ["9999_from_the_future.sql"]}, "newer version of Estafette"),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(
    copy: Path, data: Path, change: dict[str, object], sentence: str
) -> None:
    _rewrite(copy, **change)
    assert sentence in refusal("restore", copy, "--data", data)
    assert not data.exists()


def test_a_restore_that_was_cut_off_is_never_started_and_goes_on_when_it_is_run_again(
    saved: Path, copy: Path, data: Path
) -> None:
    # The tables say more than there is: seen only in the middle of the work, as a cut would be.
    tables: list[Any] = json.loads((copy / "manifest.json").read_text())["tables"]
    _rewrite(copy, tables=[each | {"rows": each["rows"] + 1} if each["name"] == "people" else each for each in tables])
    assert _one_short(tables) in refusal("restore", copy, "--data", data)
    for command in ("up", "user add", "worker", "serve"):
        more = ("--email", "x@example.org", "--name", "X", "--role", "service") if command == "user add" else ()
        port = ("--port", free_port()) if command in ("up", "serve") else ()
        assert f"A restore into {data} was cut off" in refusal(*command.split(), "--data", data, *port, *more)
    doctor = estafette("doctor", "--data", data, "--port", free_port())
    assert f"BAD   database: A restore into {data} was cut off: run the same `estafette restore` again" in doctor.stdout
    done = estafette("restore", saved, "--data", data)
    assert done.returncode == 0, done.stderr
    with up(data) as running:
        assert running.alive()


def test_what_is_there_already_stays_unless_it_may_be_moved_aside(saved: Path, data: Path) -> None:
    (data / "secrets").mkdir(parents=True)
    (data / "secrets" / "vault.key").write_bytes(bytes(32))
    assert f"{data / 'secrets'} is not empty" in refusal("restore", saved, "--data", data)
    done = estafette("restore", saved, "--data", data, "--replace")
    assert done.returncode == 0, done.stderr
    [aside] = data.glob("before_restore_*")
    assert (aside / "secrets" / "vault.key").read_bytes() == bytes(32)
    assert str(aside) in done.stdout


@as_root
def test_what_root_restores_belongs_to_the_user_whose_folder_it_is(saved: Path, data: Path) -> None:
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)
    done = estafette("restore", saved, "--data", data)
    assert done.returncode == 0, done.stderr
    assert {path.stat().st_uid for path in data.rglob("*")} == {NOBODY}
    assert folder_fault(data / "files", data) is None


async def test_a_database_of_ones_own_that_a_cut_off_restore_has_begun_is_gone_on_with(
    demo: Path, saved: Path, copy: Path, data: Path
) -> None:
    tables: list[Any] = json.loads((copy / "manifest.json").read_text())["tables"]
    _rewrite(copy, tables=[each | {"rows": each["rows"] + 1} if each["name"] == "people" else each for each in tables])
    async with another_server(18) as own:
        options = ("--data", data, "--database-url", own)
        assert _one_short(tables) in refusal("restore", copy, *options)
        # Another folder knows nothing of it: to it these are somebody's tables.
        elsewhere = ("--data", data.parent / "elsewhere", "--database-url", own)
        assert "is not empty" in refusal("restore", saved, *elsewhere)
        done = estafette("restore", saved, *options)
        assert (done.returncode, "What was in the database before" in done.stdout) == (0, False), done.stderr
        assert f"people has {len((await rows(own))['people'])} rows" in _one_short(tables)


def test_a_running_installation_is_not_restored_into(running: Up, saved: Path) -> None:
    assert "is already running" in refusal("restore", saved, "--data", running.data, "--replace")


def test_the_database_and_the_files_that_are_saved_are_those_of_the_running_server(
    demo: Path, data: Path, tmp_path: Path
) -> None:
    # An embedded database is there, too: left from before the move to another one, it would be saved unseen.
    _copied(demo, data)
    own, uploads = "postgresql://me:s3cret@db.example.net/talk", (tmp_path / "uploads").as_uri()
    lock = hold(data)
    make_run_folder(Settings(data=data, database_url=own))
    sentence = refusal("backup", tmp_path / "saved", "--data", data)
    assert sentence == (
        "The running server uses the database at db.example.net:5432/talk: name it with --database-url or --env-file, "
        "so that it is the one that is saved."
    )
    (tmp_path / "uploads").mkdir()
    lock.release()
    with up(data, "--files-url", uploads):
        done = estafette("backup", tmp_path / "saved", "--data", data)
    assert done.returncode == 0
    kept = sum(path.is_file() for path in (data / "files").rglob("*"))
    assert f"{kept} files that the database names were not in {uploads}" in done.stderr


def test_a_backup_needs_a_place_of_its_own(demo: Path, saved: Path, data: Path, tmp_path: Path) -> None:
    assert f"{saved} is there already" in refusal("backup", saved, "--data", demo)
    assert "There is no database in" in refusal("backup", tmp_path / "b", "--data", data)
    (tmp_path / "short").write_text("short\n")
    short = refusal("backup", tmp_path / "b", "--data", demo, "--passphrase-file", tmp_path / "short")
    assert short == f"The passphrase in {tmp_path / 'short'} must have between 8 and 1,000 characters."
    assert not (tmp_path / "b").exists()
    # What a cut-off backup left does not look like one, and is in nobody's way.
    (tmp_path / "b.unfinished").mkdir()
    (tmp_path / "b.unfinished" / "database.tar.gz").write_bytes(b"half")
    assert "no whole backup" in refusal("restore", tmp_path / "b.unfinished", "--data", data)
    assert estafette("backup", tmp_path / "b", "--data", demo).returncode == 0
    assert not (tmp_path / "b.unfinished").exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "its disk is full. Nothing was kept."),
        (ConnectionResetError(), "The database was lost meanwhile; nothing was kept: try again."),
    ],
)
async def test_a_backup_that_fails_on_its_way_leaves_nothing(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(backing_up, "write_manifest", fail)
    settings = Settings(data=tmp_path / "data")
    with pytest.raises(BackupRefused) as refused:
        await backing_up.back_up(settings, dsn, tmp_path / "saved", None, with_files=True, say=lambda _: None)
    assert str(refused.value).endswith(sentence)
    assert not list(tmp_path.glob("saved*"))


async def test_a_disk_without_room_is_said_before_anything_is_written(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))  # pyright: ignore
    with pytest.raises(BackupRefused, match=r"has 0\.0 GB free, and the backup may take 0\.0 GB: make room"):
        await backing_up.back_up(
            Settings(data=tmp_path / "data"), dsn, tmp_path / "saved", None, with_files=True, say=lambda _: None
        )
    assert not list(tmp_path.glob("saved*"))


def _one_short(tables: list[Any]) -> str:
    rows = next(each["rows"] for each in tables if each["name"] == "people")
    return f"people has {rows} rows instead of {rows + 1}"


def _rewrite(backup: Path, **changes: object) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    (backup / "manifest.json").write_text(json.dumps(manifest | changes))
