"""Bytes on their way in: counted, digested and looked at while they pass."""

import hashlib
from collections.abc import AsyncIterator

from estafette.base.errors import TooLarge
from estafette.files.errors import PictureTooLarge
from estafette.files.rules import MAX_PICTURE_BYTES
from estafette.files.rules.kinds import HEAD_BYTES, STRIPPED, TextTest, sniff


class Arrival:
    """An upload as it streams in: its `size` so far, its first bytes as `head`.

    More than `most` raises TooLarge, a picture of more than pictures may have PictureTooLarge.
    """

    def __init__(self, pieces: AsyncIterator[bytes], most: int) -> None:
        self._pieces = pieces
        self._most = most
        self._digest = hashlib.sha256()
        self._text = TextTest()
        self._is_picture: bool | None = None
        self.size = 0
        self.head = b""

    @property
    def sha256(self) -> bytes:
        """The digest of all that came."""
        return self._digest.digest()

    @property
    def is_text(self) -> bool:
        """Whether all that came is text."""
        return self._text.passed()

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes, passed on once they were looked at."""
        async for piece in self._pieces:
            self.size += len(piece)
            if self.size > self._most:
                raise TooLarge(max=self._most)
            self._digest.update(piece)
            self._text.feed(piece)
            if len(self.head) < HEAD_BYTES:
                self.head += piece[: HEAD_BYTES - len(self.head)]
            if self.size > MAX_PICTURE_BYTES:
                self._refuse_picture()
            yield piece

    def _refuse_picture(self) -> None:
        if self._is_picture is None:
            self._is_picture = sniff(self.head, is_text=False) in STRIPPED
        if self._is_picture:
            raise PictureTooLarge(max=MAX_PICTURE_BYTES)

    async def drain(self) -> None:
        """Takes all bytes without keeping them, for their digest alone."""
        async for _ in self.pieces():
            pass
