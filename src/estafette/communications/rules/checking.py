"""What a communication must be like before anybody looks into its texts: limits, and what goes together."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from estafette.accounts import Form, line
from estafette.communications.models.audiences import ClientsAudience, SubscribersAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import MOST_CHARACTERS, Content
from estafette.communications.models.lists import IDS_IN_A_BODY
from estafette.communications.models.schedules import Schedule
from estafette.communications.rules.naming import NAME
from estafette.communications.rules.times import FIRST, is_zone

MOST_PER_MINUTE: Final = 1_000_000
EXPIRES_AFTER: Final = (60, 30 * 86_400)
STEP_AFTER: Final = (60, 3 * 86_400)
ERROR_LIMIT: Final = (1, 100)
MOST_AHEAD: Final = timedelta(days=3653)
VARIABLES: Final = 100
LADDER: Final = 2
_name = line(NAME, shortest=0)


def check_limits(form: Form, new: NewCommunication, now: datetime) -> str:
    """Notes what no communication may be, drafts included; returns its name as it is kept."""
    if len(set(new.channels)) < len(new.channels):
        form.refuse("channels", "channel_twice")
    if isinstance(new.audience, ClientsAudience) and len(new.audience.ids) > IDS_IN_A_BODY:
        form.refuse("audience.ids", "too_many", max=IDS_IN_A_BODY)
    _check_schedule(form, new.schedule, now)
    _check_texts(form, new.content)
    return form.read("name", _name, new.name)


def check_whole(form: Form, new: NewCommunication) -> None:
    """Notes what keeps a communication from being scheduled, beside its texts and its time."""
    if not new.channels:
        form.refuse("channels", "required")
    if new.mode == "ladder" and "push" in new.channels:
        form.refuse("channels", "push_in_ladder")
    elif new.mode == "ladder" and len(new.channels) < LADDER:
        form.refuse("channels", "ladder_too_short")
    push_alone = new.channels == ["push"]
    to_subscribers = isinstance(new.audience, SubscribersAudience)
    if push_alone and not to_subscribers:
        form.refuse("audience", "push_takes_no_clients")
    elif to_subscribers and new.channels and not push_alone:
        form.refuse("audience", "subscribers_get_push_alone")
    if new.kind == "transactional":
        _check_transactional(form, new)
    elif isinstance(new.audience, ClientsAudience) and not new.audience.ids:
        form.refuse("audience.ids", "required")


def _check_transactional(form: Form, new: NewCommunication) -> None:
    if "push" in new.channels:
        form.refuse("channels", "transactional_without_push")
    if not isinstance(new.audience, ClientsAudience) or len(set(new.audience.ids)) != 1:
        form.refuse("audience", "transactional_to_one")


def _check_schedule(form: Form, schedule: Schedule, now: datetime) -> None:
    if schedule.send_at is not None and schedule.local_time is not None:
        form.refuse("schedule.local_time", "one_time_alone")
    if schedule.send_at is not None and schedule.send_at.tzinfo is None:
        form.refuse("schedule.send_at", "time_without_zone")
    elif schedule.send_at is not None and schedule.send_at > now + MOST_AHEAD:
        form.refuse("schedule.send_at", "time_too_far")
    elif schedule.send_at is not None and schedule.send_at < FIRST.replace(tzinfo=UTC):
        # An offset can move it out of all years.
        form.refuse("schedule.send_at", "time_past")
    if schedule.local_time is not None and schedule.local_time.tzinfo is not None:
        form.refuse("schedule.local_time", "time_with_zone")
    elif schedule.local_time is not None and schedule.local_time > now.replace(tzinfo=None) + MOST_AHEAD:
        form.refuse("schedule.local_time", "time_too_far")
    if schedule.zone is not None and not is_zone(schedule.zone):
        # Quiet hours ask it about clients whose own is not known, whatever the time is said in.
        form.refuse("schedule.zone", "time_zone_unknown")
    if schedule.of_client and schedule.local_time is None:
        form.refuse("schedule.of_client", "needs_local_time")
    for name, value, (least, most) in (
        ("per_minute", schedule.per_minute, (1, MOST_PER_MINUTE)),
        ("expires_after", schedule.expires_after, EXPIRES_AFTER),
        ("step_after", schedule.step_after, STEP_AFTER),
        ("error_limit", schedule.error_limit, ERROR_LIMIT),
    ):
        if value is not None and not least <= value <= most:
            form.refuse(f"schedule.{name}", "out_of_range", min=least, max=most)
    quiet = schedule.quiet
    if quiet is not None and (quiet.begin == quiet.end or quiet.begin.tzinfo or quiet.end.tzinfo):
        form.refuse("schedule.quiet", "quiet_hours_wrong")


def _check_texts(form: Form, content: Content) -> None:
    for language, texts in content.texts.items():
        for channel, said in msgspec.to_builtins(texts).items():
            for name, value in (said or {}).items():
                _check_text(form, f"content.texts.{language}.{channel}.{name}", value)


def _check_text(form: Form, field: str, value: Any) -> None:
    texts = [value] if isinstance(value, str) else value or []
    if len(texts) > VARIABLES:
        form.refuse(field, "too_many", max=VARIABLES)
    elif any(len(each) > MOST_CHARACTERS for each in texts):
        form.refuse(field, "too_long", max=MOST_CHARACTERS)
    elif any("\0" in each for each in texts):
        form.refuse(field, "forbidden_character")
