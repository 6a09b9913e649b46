"""What a backup says of itself: of which version and schema it is, what is in it, and how its files must look."""

import os
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import msgspec

from estafette.base.backups.age import Decrypting, Encrypting
from estafette.base.backups.errors import BackupDamaged, BackupRefused
from estafette.base.backups.parts import Part

FORMAT: Final = 1
_PLAIN: Final = "manifest.json"
_ENCRYPTED: Final = "manifest.json.age"
_MOST_BYTES: Final = 100_000_000


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table: its columns in the order of its text, and how many rows it had."""

    name: str
    columns: list[str]
    rows: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A whole backup; tables stand in the order in which they can be filled."""

    format: int
    id: str
    version: str
    made_at: datetime
    migrations: list[str]
    tables: list[Table]
    sequences: dict[str, int]
    """The last number that each gave; those that gave none are missing."""
    database_bytes: int
    """What the database took on the disk."""
    with_files: bool
    files: int
    missing_files: list[str]
    """Paths that the database names and the storage did not have."""
    parts: list[Part]

    def part(self, name: str) -> Part | None:
        """The part of this name, whatever its endings."""
        return next((each for each in self.parts if each.name.partition(".")[0] == name), None)


def write_manifest(folder: Path, manifest: Manifest, passphrase: str | None) -> None:
    """Writes it; raises OSError."""
    content = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    if passphrase is not None:
        target = BytesIO()
        encrypting = Encrypting(target, passphrase)
        encrypting.write(content)
        encrypting.close()
        content = target.getvalue()
    descriptor = os.open(folder / (_PLAIN if passphrase is None else _ENCRYPTED), os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def is_encrypted(folder: Path) -> bool:
    """Whether the backup in a folder needs a passphrase."""
    return not (folder / _PLAIN).exists() and (folder / _ENCRYPTED).exists()


def read_manifest(folder: Path, passphrase: str | None) -> Manifest:
    """Reads it; raises BackupRefused when there is none, or it is of a later form, and BackupDamaged."""
    path = folder / (_ENCRYPTED if passphrase is not None else _PLAIN)
    if not path.exists():
        if passphrase is None and is_encrypted(folder):
            raise BackupRefused(
                f"The backup {folder} is encrypted: give its passphrase with --passphrase-file or the variable "
                "ESTAFETTE_BACKUP_PASSPHRASE."
            )
        if passphrase is not None and (folder / _PLAIN).exists():
            raise BackupRefused(f"The backup {folder} is not encrypted: restore it without a passphrase.")
        raise BackupRefused(f"There is no whole backup in {folder}: {_PLAIN} is missing.")
    with path.open("rb") as file:
        source = file if passphrase is None else Decrypting(file, passphrase, str(path))
        content = source.read(_MOST_BYTES)
    try:
        form = msgspec.json.decode(content, type=_Form).format
        if form > FORMAT:
            raise BackupRefused(f"The backup {folder} was made by a newer version of Estafette; install that one.")
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupDamaged(f"{path} is damaged: {str(error)[:200]}.") from error


class _Form(msgspec.Struct):
    format: int
