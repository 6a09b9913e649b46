"""What people have used of a day's quotas."""

from datetime import datetime

import msgspec

from estafette.accounts.models.people import Card


class Share(msgspec.Struct, frozen=True):
    """How much is used; `limit` is null where there is none."""

    used: int
    limit: int | None


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """What one person has stored today; the day is one of UTC, and its counts begin anew at `ends_at`."""

    messages: Share
    deliveries: Share
    bytes: Share
    ends_at: datetime


class UsageOf(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody has stored today; `person` is null for somebody who is no longer there."""

    person: Card | None
    messages: int
    deliveries: int
    bytes: int


class UsageOfAll(msgspec.Struct, frozen=True, kw_only=True):
    """Who has stored most today, by bytes, and the room on the server's disk, in bytes.

    Limits are for each person and day, null where there is none. Uploads leave `disk_reserve` free.
    """

    items: list[UsageOf]
    message_limit: int | None
    delivery_limit: int | None
    byte_limit: int | None
    disk_free: int | None
    disk_reserve: int | None
    ends_at: datetime
