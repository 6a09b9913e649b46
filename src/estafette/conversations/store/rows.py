"""How rows become messages."""

from typing import Any

import msgspec

from estafette.accounts import Card
from estafette.conversations.models.messages import Message
from estafette.conversations.models.threads import ThreadSummary
from estafette.files import File

_FILES = list[File]


def message(row: Any, prefix: str = "") -> Message:
    """A message from the columns that all message statements name alike, but for a prefix."""
    sender_id = row[f"{prefix}sender_id"]
    attachments = row[f"{prefix}attachments"]
    return Message(
        id=row[f"{prefix}id"],
        conversation_id=row[f"{prefix}conversation_id"],
        ordinal=row[f"{prefix}ordinal"],
        number=row[f"{prefix}number"],
        kind=row[f"{prefix}message_kind"],
        party_id=row[f"{prefix}party_id"],
        # The account of a sender can be gone; who it was stays known by id.
        sender=None
        if sender_id is None
        else Card(id=sender_id, name=row[f"{prefix}sender_name"] or "", picture=row[f"{prefix}sender_picture"]),
        text=row[f"{prefix}text"],
        attachments=msgspec.convert(attachments, _FILES) if attachments else [],
        created_at=row[f"{prefix}created_at"],
        edited_at=row[f"{prefix}edited_at"],
        deleted_at=row[f"{prefix}deleted_at"],
        key=row[f"{prefix}key"],
        mentions=row[f"{prefix}mentions"] or [],
        mentions_all=row[f"{prefix}mentions_all"],
        pinned_at=row[f"{prefix}pinned_at"],
        # Where messages stand in lists of conversations nobody asks for their threads.
        thread=msgspec.convert(thread, ThreadSummary) if (thread := row.get("thread")) else None,
    )
