"""Makes a backup: one moment of the database, and after it the files that this moment names.

A file never changes once it is kept, and while a backup is under way none is removed (`base/backups/running.py`): so
what the snapshot names is there when it is copied, however long that takes. What is written lies under another name
until all of it is on the disk.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, cast
from uuid import uuid4

import asyncpg
import msgspec

from estafette import __version__, files
from estafette.base.backups import FORMAT, BackupRefused, Manifest, Part, Table, write_manifest, write_part
from estafette.base.backups.running import announce
from estafette.base.backups.tables import connect, copy_out, made_by, sequences_of, tables_of
from estafette.base.errors import NotFound
from estafette.base.migrate import FOLDER
from estafette.base.postgres.folder import sync_folder
from estafette.base.settings import Settings
from estafette.main.backups.progress import Progress, Say

_UNFINISHED: Final = ".unfinished"
_COMPRESSED: Final = 4
"""Rows take a fifth to a tenth of their place in the database; a quarter is enough in any case."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: rows, files, bytes on the disk, and how many files were not where they should be."""

    rows: int
    files: int
    size: int
    missing: int
    secrets: int


class _Snapshot(msgspec.Struct, kw_only=True):
    tables: list[Table]
    migrations: list[str]
    sequences: dict[str, int]
    paths: list[str]


async def back_up(
    settings: Settings, dsn: str, target: Path, passphrase: str | None, *, with_files: bool, say: Say
) -> Saved:
    """Makes the folder `target`; raises BackupRefused when it cannot be made, and then leaves nothing there."""
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupRefused(f"{target} is there already: name a folder that is not, for each backup another one.")
    try:
        with _unfinished(target) as folder:
            saved = await _write(settings, dsn, folder, passphrase, with_files=with_files, say=say)
            sync_folder(folder)
            folder.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        if isinstance(error, TimeoutError | ConnectionError):
            raise BackupRefused("The database was lost meanwhile; nothing was kept: try again.") from error
        why = "its disk is full" if error.errno in _NO_ROOM else error.strerror or str(error)
        raise BackupRefused(f"The backup cannot be written to {target}: {why}. Nothing was kept.") from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise BackupRefused(
            f"The database cannot be copied: {str(error).splitlines()[0]}. Nothing was kept."
        ) from error
    return saved


async def _write(
    settings: Settings, dsn: str, folder: Path, passphrase: str | None, *, with_files: bool, say: Say
) -> Saved:
    parts: list[Part] = []
    connection = await connect(dsn)
    try:
        await announce(connection)
        database_bytes: int = await connection.fetchval("SELECT pg_database_size(current_database())")
        made_at = datetime.now(UTC)
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            paths, file_bytes = await files.list_kept(connection)
            _check_room(folder, database_bytes // _COMPRESSED + (file_bytes if with_files else 0))
            say("Copying the database")
            with write_part(folder, "database", passphrase, parts.append, compressed=True) as part:
                snapshot = await _copy_database(connection, part, paths, say)
        secrets = _copy_secrets(settings, folder, passphrase, parts)
        missing: list[str] = []
        if with_files:
            say(f"Copying {len(paths):,} files")
            with write_part(folder, "files", passphrase, parts.append) as part:
                missing = _copy_files(settings, paths, part, say)
        # Whoever lost it may have lost files, too, that were given up meanwhile.
        await connection.fetchval("SELECT 1")
    finally:
        connection.terminate()
    manifest = Manifest(
        format=FORMAT,
        id=uuid4().hex,
        version=__version__,
        made_at=made_at,
        migrations=snapshot.migrations,
        tables=snapshot.tables,
        sequences=snapshot.sequences,
        database_bytes=database_bytes,
        with_files=with_files,
        files=len(paths) - len(missing) if with_files else 0,
        missing_files=missing,
        parts=parts,
    )
    write_manifest(folder, manifest, passphrase)
    return Saved(
        rows=sum(each.rows for each in manifest.tables),
        files=manifest.files,
        size=sum(each.size for each in parts),
        missing=len(missing),
        secrets=secrets,
    )


async def _copy_database(connection: Any, part: Any, paths: list[str], say: Say) -> _Snapshot:
    tell = Progress(say).rows
    tables = [await copy_out(connection, part, *each, tell) for each in await tables_of(connection, made_by(FOLDER))]
    rows = await connection.fetch("SELECT name FROM schema_migrations ORDER BY name")
    # Behind the rows: sequences know no snapshot, and must be beyond all that it holds.
    sequences = await sequences_of(connection)
    return _Snapshot(tables=tables, migrations=[row["name"] for row in rows], sequences=sequences, paths=paths)


def _copy_secrets(settings: Settings, folder: Path, passphrase: str | None, parts: list[Part]) -> int:
    found = sorted(path for path in (settings.data / "secrets").glob("*") if path.is_file())
    with write_part(folder, "secrets", passphrase, parts.append) as part:
        for path in found:
            part.add(path.name, path.read_bytes())
    return len(found)


def _copy_files(settings: Settings, paths: list[str], part: Any, say: Say) -> list[str]:
    storage, progress, missing = files.open_storage(settings.files), Progress(say), list[str]()
    for number, path in enumerate(paths):
        try:
            size, pieces = storage.stream(path)
        except NotFound:
            missing.append(path)
            continue
        part.add_stream(path, size, cast(IO[bytes], _Joined(pieces)))
        progress.files(number + 1, len(paths))
    return missing


class _Joined:
    """Pieces as a file that is read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces: Iterator[bytes] = iter(pieces)
        self._waiting = b""

    def read(self, size: int) -> bytes:
        while len(self._waiting) < size and (piece := next(self._pieces, b"")):
            self._waiting += piece
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        return taken


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupRefused(
            f"The disk of {folder.parent} has {free / 1e9:.1f} GB free, and the backup may take {needed / 1e9:.1f} GB: "
            "make room, choose another disk, or leave the files out with --without-files."
        )


@contextmanager
def _unfinished(target: Path) -> Generator[Path, None, None]:
    """The folder in which a backup is made, without what a cut-off one left in it; thrown away if this one fails."""
    folder = target.with_name(target.name + _UNFINISHED)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRefused(f"Another backup is just being written to {target}.") from error
        try:
            for left in folder.iterdir():
                left.unlink()
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    finally:
        os.close(descriptor)
