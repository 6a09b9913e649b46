"""When a partner is open, by the clock on its own wall."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.rules.forms import Form

SPANS: Final = 28
DAY: Final = 24 * 60
WEEK: Final = 7 * DAY

_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MIDNIGHT: Final = "24:00"


def open_now(hours: Sequence[OpeningSpan], time_zone: str, at: datetime) -> bool:
    """Whether one of the spans covers a moment; a span that closes earlier than it opens goes on the next day."""
    local = at.astimezone(ZoneInfo(time_zone))
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    return any((minute - span.day * DAY - _minutes(span.opens)) % WEEK < _length(span) for span in hours)


def read_opening_hours(form: Form, field: str, hours: Sequence[OpeningSpan]) -> list[OpeningSpan]:
    """The spans in the order of the week; what is wrong is noted under `field[index].part`."""
    if len(hours) > SPANS:
        form.refuse(field, "too_many", max=SPANS)
        return []
    for index, span in enumerate(hours):
        if not 0 <= span.day <= 6:
            form.refuse(f"{field}[{index}].day", "out_of_range", min=0, max=6)
        if not _TIME.fullmatch(span.opens):
            form.refuse(f"{field}[{index}].opens", "time_invalid")
        if not (_TIME.fullmatch(span.closes) or span.closes == _MIDNIGHT):
            form.refuse(f"{field}[{index}].closes", "time_invalid")
        elif span.opens == span.closes:
            form.refuse(f"{field}[{index}].closes", "closes_as_it_opens")
    return sorted(hours, key=lambda span: (span.day, span.opens, span.closes))


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


def _length(span: OpeningSpan) -> int:
    return (_minutes(span.closes) - _minutes(span.opens)) % DAY or DAY
