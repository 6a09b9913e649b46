"""Communications as they are stored."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from estafette.communications.models.audiences import Audience
from estafette.communications.models.communications import Kind, Mode, PauseReason, State
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.schedules import Schedule


class CommunicationRow(Struct, frozen=True, kw_only=True):
    """A communication without what is counted of it; its audience names no ids, but the list that holds them."""

    id: UUID
    name: str
    kind: Kind
    state: State
    pause_reason: PauseReason | None = None
    channels: list[Channel]
    mode: Mode
    content: Content
    audience: Audience
    schedule: Schedule
    segment_id: UUID | None = None
    list_id: UUID | None = None
    send_at: datetime | None = None
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    clients: int = 0
    failure: str | None = None
    resend_of: UUID | None = None
    revision: int = 1
    created_at: datetime
    created_by: UUID
    changed_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
