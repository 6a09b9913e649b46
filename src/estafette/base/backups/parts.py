"""One part of a backup: a tar file, compressed and encrypted if asked; in the end its size and digest are known."""

import hashlib
import os
import tarfile
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from gzip import GzipFile
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from estafette.base.backups.age import Decrypting, Encrypting
from estafette.base.backups.errors import BackupDamaged

_BLOCK: Final = 1024 * 1024
_COMPRESSION: Final = 1
"""More costs several times the time for a tenth of the size."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a backup: its name, bytes, SHA-256 (hex), and the bytes of what is in it."""

    name: str
    size: int
    sha256: str
    content: int


class _Digested:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)


class PartWriter:
    """Puts entries into the tar file of a part."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.content = 0

    def add(self, name: str, content: bytes) -> None:
        """One whole entry."""
        self.add_stream(name, len(content), BytesIO(content))

    def add_stream(self, name: str, size: int, source: IO[bytes]) -> None:
        """One entry of so many bytes; raises OSError when the source has fewer."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, source)
        self.content += size


@contextmanager
def write_part(
    folder: Path, name: str, passphrase: str | None, done: Callable[[Part], None], *, compressed: bool = False
) -> Generator[PartWriter, None, None]:
    """Makes `name`.tar, with .gz and .age as asked, and tells `done` when it is on the disk; raises OSError."""
    file_name = name + (".tar.gz" if compressed else ".tar") + (".age" if passphrase is not None else "")
    with _new_file(folder / file_name) as file:
        digested = _Digested(file)
        encrypting = None if passphrase is None else Encrypting(digested, passphrase)
        target: Any = encrypting or digested
        with ExitStack() as stack:
            if compressed:
                target = stack.enter_context(GzipFile("", "wb", _COMPRESSION, target, mtime=0))
            writer = PartWriter(stack.enter_context(tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)))
            yield writer
        if encrypting is not None:
            encrypting.close()
    done(Part(name=file_name, size=digested.size, sha256=digested.digest.hexdigest(), content=writer.content))


def check_part(folder: Path, part: Part) -> None:
    """Raises BackupDamaged when the file is not the one that was written."""
    path = folder / part.name
    try:
        size = path.stat().st_size
        if size != part.size:
            raise BackupDamaged(f"{path} is damaged: it has {size} bytes instead of {part.size}.")
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except FileNotFoundError as error:
        raise BackupDamaged(f"{path} is missing: the backup is not whole.") from error
    if digest.hexdigest() != part.sha256:
        raise BackupDamaged(f"{path} is damaged: its bytes are not those that were written.")


@contextmanager
def read_part(
    folder: Path, part: Part, passphrase: str | None
) -> Generator[Iterator[tuple[str, int, IO[bytes]]], None, None]:
    """The entries of a part in their order: name, bytes, content, to be read before the next; raises BackupDamaged."""
    path = folder / part.name
    with path.open("rb") as file:
        source: Any = file if passphrase is None else Decrypting(file, passphrase, str(path))
        mode: Any = "r|gz" if ".gz" in part.name else "r|"
        try:
            with tarfile.open(fileobj=source, mode=mode) as tar:
                yield _entries(tar)
        except (tarfile.TarError, EOFError) as error:
            raise BackupDamaged(f"{path} is damaged: {error}.") from error


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[str, int, IO[bytes]]]:
    for entry in tar:
        content = tar.extractfile(entry)
        if content is not None:
            yield entry.name, entry.size, content


@contextmanager
def _new_file(path: Path) -> Generator[IO[bytes], None, None]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
