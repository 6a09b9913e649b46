"""What people may settle: every wrong field is named at once."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from estafette.base.errors import FieldError, Invalid
from estafette.notifications.models.settings import ExceptionPut, Quiet, Rule, SettingsChanges
from estafette.notifications.rules.quiet import minutes_of
from estafette.notifications.rules.usual import LONGEST_DELAY, with_differences

RULES_AT_ONCE: Final = 50
AHEAD: Final = timedelta(days=366)


def changed_quiet(old: Quiet, changes: SettingsChanges, now: datetime) -> Quiet:
    """The quiet hours of a person from now on; raises Invalid, also for a wrong end of do not disturb."""
    wrong: list[FieldError] = []
    times = {"quiet_from": old.quiet_from, "quiet_until": old.quiet_until}
    for field in times:
        given = getattr(changes, field)
        if given is UNSET:
            continue
        times[field] = None if given is None else minutes_of(given)
        if given is not None and times[field] is None:
            wrong.append(FieldError(field, "not_a_time"))
    if not wrong and (times["quiet_from"] is None) != (times["quiet_until"] is None):
        wrong.append(FieldError("quiet_from" if times["quiet_from"] is None else "quiet_until", "required"))
    if changes.do_not_disturb_until is not UNSET:
        wrong += _wrong_end("do_not_disturb_until", changes.do_not_disturb_until, now)
    if wrong:
        raise Invalid(*wrong)
    return Quiet(quiet_from=times["quiet_from"], quiet_until=times["quiet_until"])


def changed_rules(old: list[Rule], changes: SettingsChanges) -> list[Rule]:
    """The rules that are other ones from now on; raises Invalid."""
    if len(changes.rules) > RULES_AT_ONCE:
        raise Invalid(FieldError("rules", "too_many", {"max": RULES_AT_ONCE}))
    wrong: list[FieldError] = []
    now = {(each.kind, each.channel): each for each in with_differences(old)}
    changed: dict[tuple[str, str], Rule] = {}
    for index, change in enumerate(changes.rules):
        rule = now[change.kind, change.channel]
        if change.enabled is not UNSET:
            rule = replace(rule, enabled=change.enabled)
        if change.delay_seconds is not UNSET:
            least, most = rule.shortest_delay_seconds, 0 if change.channel == "app" else LONGEST_DELAY
            if not least <= change.delay_seconds <= most:
                wrong.append(FieldError(f"rules[{index}].delay_seconds", "out_of_range", {"min": least, "max": most}))
            rule = replace(rule, delay_seconds=change.delay_seconds)
        now[change.kind, change.channel] = changed[change.kind, change.channel] = rule
    if wrong:
        raise Invalid(*wrong)
    return list(changed.values())


def check_exception(given: ExceptionPut, now: datetime) -> None:
    """Raises Invalid for an end that is past or too far ahead, or that ends nothing."""
    wrong = _wrong_end("until", given.until, now)
    if given.until is not None and given.level == "all":
        wrong.append(FieldError("until", "nothing_to_end"))
    if wrong:
        raise Invalid(*wrong)


def _wrong_end(field: str, until: datetime | None, now: datetime) -> list[FieldError]:
    if until is None:
        return []
    if until <= now:
        return [FieldError(field, "in_the_past")]
    return [FieldError(field, "too_far_ahead", {"days": AHEAD.days})] if until > now + AHEAD else []
