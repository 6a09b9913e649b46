"""Under which paths of the storage the bytes of a file lie."""

from uuid import UUID


def content(file_id: UUID) -> str:
    """The path of the bytes; the random end of the id spreads files over 256 folders."""
    return f"{file_id.hex[-2:]}/{file_id.hex}"


def copy(file_id: UUID, width: int) -> str:
    """The path of a copy by the name of its width."""
    return f"{content(file_id)}.{width}"


def thumbnail(file_id: UUID) -> str:
    """The path of the small copy."""
    return f"{content(file_id)}.thumbnail"
