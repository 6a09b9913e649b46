"""How rows become messages."""

from typing import Any

import msgspec

from estafette.accounts import Card
from estafette.conversations.models.messages import Message
from estafette.files import File

_FILES = list[File]


def message(row: Any) -> Message:
    """A message from the columns that all message statements name alike."""
    sender_id = row["sender_id"]
    attachments = row["attachments"]
    return Message(
        id=row["id"],
        conversation_id=row["conversation_id"],
        ordinal=row["ordinal"],
        number=row["number"],
        kind=row["message_kind"],
        party_id=row["party_id"],
        # The account of a sender can be gone; who it was stays known by id.
        sender=None
        if sender_id is None
        else Card(id=sender_id, name=row["sender_name"] or "", picture=row["sender_picture"]),
        text=row["text"],
        attachments=msgspec.convert(attachments, _FILES) if attachments else [],
        created_at=row["created_at"],
        edited_at=row["edited_at"],
        deleted_at=row["deleted_at"],
        key=row["key"],
        mentions=row["mentions"] or [],
        mentions_all=row["mentions_all"],
        pinned_at=row["pinned_at"],
    )
