"""Under which paths of the storage the bytes of a file lie."""

import re
from typing import Final
from uuid import UUID

_PATH: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}(\.[a-z0-9]{1,12})?")


def content(file_id: UUID) -> str:
    """The path of the bytes; the random end of the id spreads files over 256 folders."""
    return f"{file_id.hex[-2:]}/{file_id.hex}"


def copy(file_id: UUID, width: int) -> str:
    """The path of a copy by the name of its width."""
    return f"{content(file_id)}.{width}"


def thumbnail(file_id: UUID) -> str:
    """The path of the small copy."""
    return f"{content(file_id)}.thumbnail"


def is_path(text: str) -> bool:
    """Whether it is the path of some file or copy of one."""
    return _PATH.fullmatch(text) is not None
