"""Where the bytes lie: a local folder or an object store, through one interface (obstore)."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from estafette.base.errors import NotFound
from estafette.files.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Generator

    from obstore import BytesStream
    from obstore.store import ObjectStore, RetryConfig

CHUNK_BYTES: Final = 256 * 1024
# Whoever uploads waits for it; an object store that stays silent for longer is as good as away.
_RETRIES: Final["RetryConfig"] = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}

_log = structlog.get_logger("estafette.files")


class Storage:
    """Keeps bytes under paths; every failure of it is raised as StorageFailed."""

    def __init__(self, store: "ObjectStore", folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder

    async def put(self, path: str, content: AsyncIterator[bytes] | bytes) -> None:
        """Keeps bytes under a path, all or nothing; what the iterator raises passes through."""
        with _failures_of("put", path):
            await obstore.put_async(self._store, path, content)
            if self._folder is not None:
                await asyncio.to_thread(_write_through, self._folder / path)

    async def read(self, path: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Opens the bytes from `start` to before `end` and returns them piece by piece; raises NotFound."""
        if start == end:
            return _nothing()  # no store knows a range without bytes
        with _failures_of("read", path):
            found = await obstore.get_async(self._store, path, options={"range": (start, end)})
            return _pieces(found.stream(min_chunk_size=CHUNK_BYTES), path)

    async def everything(self, path: str) -> AsyncIterator[bytes]:
        """Opens all bytes under a path and returns them piece by piece; raises NotFound."""
        with _failures_of("read", path):
            found = await obstore.get_async(self._store, path)
            return _pieces(found.stream(min_chunk_size=CHUNK_BYTES), path)

    async def small(self, path: str) -> bytes:
        """All bytes under a path, for what is known to be small; raises NotFound."""
        with _failures_of("read", path):
            found = await obstore.get_async(self._store, path)
            return (await found.bytes_async()).to_bytes()

    def whole(self, path: str) -> bytes:
        """All bytes under a path; blocks, so it is meant for threads. Raises NotFound."""
        with _failures_of("read", path):
            return obstore.get(self._store, path).bytes().to_bytes()

    def stream(self, path: str) -> tuple[int, Iterator[bytes]]:
        """How many bytes there are under a path, and they, piece by piece; blocks. Raises NotFound."""
        with _failures_of("read", path):
            found = obstore.get(self._store, path)
            return found.meta["size"], _pieces_blocking(found.stream(min_chunk_size=CHUNK_BYTES), path)

    async def remove(self, path: str) -> None:
        """Removes a path and what an interrupted `put` of it left; nothing there is as good as removed."""
        with _failures_of("remove", path), suppress(FileNotFoundError):
            await obstore.delete_async(self._store, path)
        if self._folder is not None:
            await asyncio.to_thread(_remove_unfinished, self._folder / path)


def open_storage(url_or_path: str | Path) -> Storage:
    """The storage at a local folder (made when missing, private), at file:///path or at s3://bucket/prefix.

    For S3 obstore reads the usual variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL,
    AWS_ALLOW_HTTP and others, or asks the machine it runs on.
    """
    folder = local_folder(url_or_path)
    if folder is None:
        return Storage(from_url(str(url_or_path), retry_config=_RETRIES))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Storage(LocalStore(folder), folder)


def local_folder(url_or_path: str | Path) -> Path | None:
    """The folder in which a storage keeps its bytes; None for an object store."""
    text = str(url_or_path)
    if text.startswith("s3://"):
        return None
    return Path(unquote(urlsplit(text).path) if text.startswith("file://") else text).absolute()


@contextmanager
def _failures_of(deed: str, path: str) -> "Generator[None, None, None]":
    try:
        yield
    except (BaseError, OSError) as error:
        if isinstance(error, FileNotFoundError) and deed == "remove":
            raise
        if isinstance(error, FileNotFoundError) and deed == "read":
            _log.error("file_missing_in_storage", path=path)
            raise NotFound from error
        _log.error("storage_failed", deed=deed, path=path, failure=f"{type(error).__name__}: {error}".splitlines()[0])
        raise StorageFailed from error


async def _pieces(stream: "BytesStream", path: str) -> AsyncIterator[bytes]:
    with _failures_of("read", path):
        async for piece in stream:
            yield bytes(piece)


def _pieces_blocking(stream: "BytesStream", path: str) -> Iterator[bytes]:
    with _failures_of("read", path):
        for piece in stream:
            yield bytes(piece)


async def _nothing() -> AsyncIterator[bytes]:
    for piece in ():
        yield piece


def _write_through(file: Path) -> None:
    """Makes a file and its name last through a power cut; obstore leaves that to the system."""
    for path in (file, file.parent):
        with suppress(PermissionError):  # Windows opens no folders.
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove_unfinished(file: Path) -> None:
    """Removes what obstore was writing beside a file when the process was killed."""
    for unfinished in file.parent.glob(f"{file.name}#*"):
        unfinished.unlink(missing_ok=True)
