"""What the walk over every endpoint needs of messages that are sent later, and of reminders."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from estafette.base.quotas import Quotas
from estafette.conversations.actions import scheduling
from estafette.conversations.models.scheduled_messages import NewScheduledMessage
from tests.world import World


async def scheduled_by(world: World, conversation_id: UUID) -> UUID:
    """A message that Ann sends tomorrow."""
    new = NewScheduledMessage(text="Until tomorrow", send_at=tomorrow())
    return (await scheduling.schedule(world.database, Quotas(), world.ann.person_id, conversation_id, new)).id


def later_bodies() -> dict[str, Any]:
    """What is sent to the endpoints, by `METHOD path`."""
    here = "/api/v1/conversations/{conversation_id}"
    at = tomorrow().isoformat()
    return {
        f"POST {here}/scheduled-messages": {"text": "Until tomorrow", "send_at": at},
        "PATCH /api/v1/scheduled-messages/{scheduled_message_id}": {"text": "Until then"},
        f"PUT {here}/draft": {"text": "Half a thought"},
        f"PUT {here}/messages/{{message_id}}/reminder": {"at": at},
    }


def tomorrow() -> datetime:
    """The same time of the next day."""
    return datetime.now(UTC) + timedelta(days=1)
