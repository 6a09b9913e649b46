"""How large a head may be, and what comes along with a body."""

from typing import Final

HEAD_BYTES: Final = 65_536
"""Of a request line with its headers, of trailers, and of what surrounds the bytes of a body, each."""
HEAD_FIELDS: Final = 250
CHUNK_BYTES: Final = 32
"""What a chunk may bring along beside its bytes (RFC 9112, section 7.1) and not have it counted."""


class Sizes:
    """Counts the bytes and fields of a head or of trailers, and the bytes around those of a body."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A head begins, or what follows it."""
        self._bytes = self._fields = self.around = 0

    def fits(self, size: int, fields: int = 0) -> bool:
        """Counts a part of a head or of trailers, and says whether all of it keeps within the limits."""
        self._bytes += size
        self._fields += fields
        return self._bytes <= HEAD_BYTES and self._fields <= HEAD_FIELDS

    def came(self, size: int) -> None:
        """Counts what came, whatever it is, until it turns out to be of a body."""
        self.around += size

    def begin_chunk(self) -> None:
        """A chunk of a body begins."""
        self.around = max(0, self.around - CHUNK_BYTES)

    def was_body(self, size: int) -> None:
        """So much of what came was of a body."""
        self.around = max(0, self.around - size)

    @property
    def too_much_around(self) -> bool:
        """Whether more came than the parser tells of: a header only at its end, an extension of a chunk never."""
        return self.around > HEAD_BYTES
