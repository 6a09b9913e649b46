"""A storage that breaks off in the middle of a file has failed like one that does not answer."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import obstore
import pytest
from obstore.exceptions import GenericError

from estafette import files
from estafette.files.errors import StorageFailed


class BreaksOff:
    """Bytes of which the second piece never comes."""

    meta = {"size": 10}  # noqa: RUF012 - as obstore has it

    def stream(self, **_: object) -> "BreaksOff":
        return self

    def __iter__(self) -> Iterator[bytes]:
        yield b"first"
        raise GenericError("connection reset by peer")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


async def found(*_: object, **__: Any) -> BreaksOff:
    return BreaksOff()


@pytest.mark.parametrize("how", ["a range", "everything"])
async def test_what_breaks_off_while_it_is_read_is_a_storage_that_failed(
    storage: files.Storage, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(obstore, "get_async", found)
    pieces = await (storage.read("a/path", 0, 10) if how == "a range" else storage.everything("a/path"))
    assert await anext(pieces) == b"first"
    with pytest.raises(StorageFailed):
        await anext(pieces)


def test_what_breaks_off_in_a_thread_is_a_storage_that_failed(
    storage: files.Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(obstore, "get", lambda *_: BreaksOff())
    _, pieces = storage.stream("a/path")
    assert next(pieces) == b"first"
    with pytest.raises(StorageFailed):
        next(pieces)
