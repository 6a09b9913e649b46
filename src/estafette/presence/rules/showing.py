"""What is shown of somebody at a time. Pure."""

from datetime import datetime
from uuid import UUID

from estafette.presence.models.presences import ChosenStatus, CustomStatus, OwnPresence, Presence, PresenceRow, Status


def presence_at(row: PresenceRow, now: datetime) -> Presence:
    """What colleagues see."""
    chosen = chosen_at(row, now)
    status = _status(chosen, row.is_active)
    away_from_here = row.is_active is None and not row.last_seen_hidden
    return Presence(
        id=row.person_id,
        status=status,
        until=row.status_until if status == chosen else None,
        last_seen_at=row.last_seen_at if away_from_here else None,
        custom=_custom(row, now),
    )


def own_presence_at(row: PresenceRow, now: datetime) -> OwnPresence:
    """What somebody sees of themselves."""
    chosen = chosen_at(row, now)
    return OwnPresence(
        id=row.person_id,
        status=_status(chosen, row.is_active),
        chosen=chosen,
        until=row.status_until if chosen else None,
        custom=_custom(row, now),
        last_seen_hidden=row.last_seen_hidden,
    )


def chosen_at(row: PresenceRow, now: datetime) -> ChosenStatus | None:
    """The status that was set by hand, while it holds."""
    return row.status if _holds(row.status_until, now) else None


def next_change(row: PresenceRow, now: datetime) -> datetime | None:
    """When something of it ends by itself."""
    ends = [row.status_until if row.status else None, row.custom_until]
    return min((end for end in ends if end is not None and end > now), default=None)


def unknown(person_id: UUID) -> Presence:
    """What is shown of who does not belong to the organisation, and of nobody."""
    return Presence(id=person_id, status="offline")


def _status(chosen: ChosenStatus | None, is_active: bool | None) -> Status:
    """A status by hand counts while one is connected; who is not to be disturbed is not, wherever they are."""
    if chosen == "do_not_disturb":
        return chosen
    if is_active is None:
        return "offline"
    return chosen or ("available" if is_active else "away")


def _custom(row: PresenceRow, now: datetime) -> CustomStatus | None:
    if not (row.emoji or row.custom_text) or not _holds(row.custom_until, now):
        return None
    return CustomStatus(emoji=row.emoji or "", text=row.custom_text or "", until=row.custom_until)


def _holds(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
