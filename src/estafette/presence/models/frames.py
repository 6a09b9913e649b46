"""The frame that tells of presence (docs/live-protocol.md)."""

from msgspec import Struct

from estafette.presence.models.presences import Presence


class PresenceFrame(Struct, frozen=True, tag_field="type", tag="presence"):
    """Who is there now; a snapshot tells of everybody who is shown."""

    snapshot: bool
    people: list[Presence]
