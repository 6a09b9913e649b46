"""Puts a backup back: looks at all of it first, restores it apart, and lets it take its place when it is whole."""

import errno
import os
import shutil
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

import asyncpg
import msgspec

from estafette import files
from estafette.base.backups import (
    BackupDamaged,
    BackupRefused,
    Manifest,
    check_part,
    read_manifest,
    read_part,
)
from estafette.base.backups.staging import Staging, State, hand_over
from estafette.base.backups.tables import connect, copy_in, empty, set_sequences
from estafette.base.migrate import FOLDER, migrate
from estafette.base.postgres import EmbeddedPostgres, hold
from estafette.base.settings import Settings
from estafette.main.backups.holding_back import HeldBack, hold_back
from estafette.main.backups.progress import Progress, Say
from estafette.main.backups.target import check_folders, clear_database, files_inside, place_of, places
from estafette.main.database import open_database

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_AHEAD: Final = 1_000_000
"""Numbers that the old server may have given since: programs and gateways know deliveries by them."""


class Restoring(msgspec.Struct, frozen=True, kw_only=True):
    """How to restore: the passphrase, whether what is there is moved aside, whether what was due is sent."""

    passphrase: str | None = None
    replace: bool = False
    send_queued: bool = False
    data_mode: int = 0o700


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What was restored, what of it was held back, and where what was there before is now."""

    manifest: Manifest
    rows: int
    held_back: HeldBack | None
    aside: Path | None
    aside_schema: str | None


async def restore(settings: Settings, folder: Path, how: Restoring, say: Say) -> Restored:
    """Restores the backup in `folder`; raises BackupRefused, CannotStart and OSError, each before anything is lost.

    Cut off at any point, it leaves a mark that keeps others from starting, and goes on when it is run again.
    """
    manifest = read_manifest(folder, how.passphrase)
    unknown = set(manifest.migrations) - {file.name for file in FOLDER.glob("*.sql")}
    if unknown:
        raise BackupRefused(
            f"The backup {folder} was made by a newer version of Estafette ({manifest.version}): install that one."
        )
    say(f"Checking the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC")
    for part in manifest.parts:
        check_part(folder, part)
    lock = hold(settings.data, mode=how.data_mode)
    try:
        return await _into(settings, folder, manifest, how, say)
    except OSError as error:
        why = "the disk is full" if error.errno in _NO_ROOM else error.strerror or str(error)
        raise BackupRefused(
            f"The backup cannot be restored into {settings.data}: {why}. Mend that and run the command again."
        ) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise BackupRefused(f"The database does not take the backup: {str(error).splitlines()[0]}.") from error
    finally:
        lock.release()


async def _into(settings: Settings, folder: Path, manifest: Manifest, how: Restoring, say: Say) -> Restored:
    staging = Staging(settings.data)
    earlier, held_back, aside_schema = staging.read(), None, None
    if earlier is None or not earlier.whole or earlier.backup != manifest.id:
        check_folders(settings, replace=how.replace)
        _check_room(settings, manifest)
        aside = f"before_restore_{datetime.now(UTC):%Y%m%d_%H%M%S}"
        if settings.database_url is not None:
            aside_schema = await clear_database(settings.database_url, earlier, aside, replace=how.replace)
        state = State(backup=manifest.id, aside=aside)
        staging.begin(state)
        if settings.database_url is not None:
            state.database = place_of(settings.database_url)
            staging.note(state)
        owner = settings.data.stat()
        _restore_secrets(staging.folder, folder, manifest, how.passphrase)
        await _restore_files(settings, staging.folder, folder, manifest, how.passphrase, say)
        async with _database(settings, staging.folder, owner, say) as dsn:
            await _restore_database(dsn, folder, manifest, how, say)
            if not how.send_queued:
                async with open_database(dsn, size=5) as database:
                    held_back = await hold_back(database)
        hand_over(staging.folder, owner)
        os.sync()
        state.whole = True
        staging.note(state)
    moved = staging.place(places(settings))
    return Restored(
        manifest=manifest,
        rows=sum(each.rows for each in manifest.tables),
        held_back=held_back,
        aside=moved,
        aside_schema=aside_schema,
    )


@asynccontextmanager
async def _database(settings: Settings, staging: Path, owner: os.stat_result, say: Say) -> AsyncGenerator[str, None]:
    """The named database, or a new one of its own that runs for the moment."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    place = staging / "postgres"
    place.mkdir(mode=0o700)
    # The server runs as the owner of its folder, and must pass through the one above.
    hand_over(staging, owner)
    if os.geteuid() == 0:
        staging.chmod(0o711)
    server = EmbeddedPostgres(place, say=say)
    try:
        yield await server.start()
    finally:
        await server.stop(patience=600)


def _restore_secrets(staging: Path, folder: Path, manifest: Manifest, passphrase: str | None) -> None:
    place = staging / "secrets"
    place.mkdir(mode=0o700)
    with _entries(folder, manifest, "secrets", passphrase) as entries:
        for name, _, content in entries:
            if Path(name).name != name:
                raise BackupDamaged(f"The backup {folder} is damaged: {name!r} is no name of a secret.")
            _write(place / name, content)


async def _restore_files(
    settings: Settings, staging: Path, folder: Path, manifest: Manifest, passphrase: str | None, say: Say
) -> None:
    """Files inside the data folder are restored apart; elsewhere each goes to its place, where it alone can be."""
    if not manifest.with_files:
        return
    say(f"Restoring {manifest.files:,} files")
    progress, count = Progress(say), 0
    place = staging / "files" if files_inside(settings) is not None else files.local_folder(settings.files)
    storage = files.open_storage(settings.files) if place is None else None
    if place is not None:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _entries(folder, manifest, "files", passphrase) as entries:
        for name, _, content in entries:
            if not files.is_path(name):
                raise BackupDamaged(f"The backup {folder} is damaged: {name!r} is no path of a file.")
            if storage is not None:
                await storage.put(name, content.read())
            elif place is not None:
                (place / name).parent.mkdir(mode=0o700, exist_ok=True)
                _write(place / name, content)
            count += 1
            progress.files(count, manifest.files)
    if count != manifest.files:
        raise BackupDamaged(f"The backup {folder} is damaged: it has {count} files instead of {manifest.files}.")


async def _restore_database(dsn: str, folder: Path, manifest: Manifest, how: Restoring, say: Say) -> None:
    say(f"Restoring {sum(each.rows for each in manifest.tables):,} rows")
    await migrate(dsn, only=manifest.migrations)
    connection = await connect(dsn)
    try:
        async with connection.transaction():
            await empty(connection, [each.name for each in manifest.tables])
            with _entries(folder, manifest, "database", how.passphrase) as entries:
                await copy_in(connection, entries, manifest.tables, Progress(say).rows)
            await set_sequences(connection, manifest.sequences, 0 if how.send_queued else _AHEAD)
        await connection.execute("ANALYZE")
    finally:
        connection.terminate()
    await migrate(dsn, say)


@contextmanager
def _entries(
    folder: Path, manifest: Manifest, name: str, passphrase: str | None
) -> Generator[Iterator[tuple[str, int, IO[bytes]]], None, None]:
    part = manifest.part(name)
    if part is None:
        raise BackupDamaged(f"The backup {folder} is damaged: it has no part {name}.")
    with read_part(folder, part, passphrase) as entries:
        yield entries


def _write(path: Path, content: IO[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file, 1024 * 1024)


def _check_room(settings: Settings, manifest: Manifest) -> None:
    part = manifest.part("files")
    needed = 0 if part is None or files.local_folder(settings.files) is None else part.content
    if settings.database_url is None:
        needed += manifest.database_bytes
    free = shutil.disk_usage(settings.data).free
    if free < needed:
        raise BackupRefused(
            f"The disk of {settings.data} has {free / 1e9:.1f} GB free, and the backup takes {needed / 1e9:.1f} GB: "
            "make room, or choose another disk with --data."
        )
