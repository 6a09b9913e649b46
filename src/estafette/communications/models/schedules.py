"""When a communication is sent."""

from datetime import datetime, time
from typing import Final

from msgspec import Struct

LATE_SECONDS: Final = 3600
"""What could not begin for so long after its time, since the server was down, is paused and asks whether to go on."""


class QuietHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours of the client's own clock in which nothing reaches it; they may go over midnight."""

    begin: time
    end: time


class Schedule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When, at which pace, and until when.

    Either `send_at`, an instant with an offset; or `local_time`, wall time without one, in the named `zone`, or with
    `of_client` in each client's own (`zone` is then for clients of which it is not known). None of them: at once.
    """

    send_at: datetime | None = None
    local_time: datetime | None = None
    zone: str | None = None
    of_client: bool = False
    per_minute: int | None = None  # on each channel but push; None: as fast as the gateways
    quiet: QuietHours | None = None
    expires_after: int | None = None  # seconds after a client's time; None: two days
    step_after: int = 3600  # seconds after which the next channel of a ladder is tried
    error_limit: int | None = 20  # percent of failures at which it pauses by itself; None: never
