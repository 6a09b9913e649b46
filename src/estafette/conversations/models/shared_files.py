"""Files of a conversation, apart from what was said with them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.accounts import Card
from estafette.files import File

FileKind = Literal["images", "documents"]
"""Pictures of any kind, or all else."""


class SharedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with the message that it came with; `sender` is null for an automatic one."""

    file: File
    message_id: UUID
    ordinal: int
    sender: Card | None
    at: datetime


class SharedFiles(msgspec.Struct, frozen=True):
    """Files from newest to oldest; `next` is what to ask on with, null at the end."""

    items: list[SharedFile]
    next: str | None
