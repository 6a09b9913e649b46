"""What people are notified of as long as they say nothing else."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from estafette.notifications.models.notices import KINDS, Kind
from estafette.notifications.models.settings import NotificationChannel, Rule

# What is said in one conversation within so many seconds goes into one e-mail.
BUNDLED_SECONDS: Final = 120
LONGEST_DELAY: Final = 86_400

NOTIFICATION_CHANNELS: Final[tuple[NotificationChannel, ...]] = ("app", "push", "email", "sms", "whatsapp")
_DELAYS: Final[dict[Kind, dict[NotificationChannel, int]]] = {
    "message": {"app": 0, "push": 30, "email": 300, "sms": 900, "whatsapp": 900},
    "contact_request": {"app": 0, "push": 0, "email": 0, "sms": 0, "whatsapp": 0},
    "contact_request_assigned": {"app": 0, "push": 0, "email": 300, "sms": 900, "whatsapp": 900},
    "reminder": {"app": 0, "push": 0, "email": 300, "sms": 900, "whatsapp": 900},
    "scheduled_message_failed": {"app": 0, "push": 0, "email": 300, "sms": 900, "whatsapp": 900},
}


def usual(kind: Kind) -> list[Rule]:
    """The rules of a kind by default: everything but SMS and WhatsApp, which cost money."""
    return [
        Rule(
            kind=kind,
            channel=channel,
            enabled=channel not in ("sms", "whatsapp"),
            delay_seconds=_DELAYS[kind][channel],
            shortest_delay_seconds=shortest_delay(kind, channel),
        )
        for channel in NOTIFICATION_CHANNELS
    ]


def shortest_delay(kind: Kind, channel: NotificationChannel) -> int:
    """The least number of seconds between what happened and what is told of it."""
    return BUNDLED_SECONDS if (kind, channel) == ("message", "email") else 0


def with_differences(differences: Iterable[Rule]) -> list[Rule]:
    """The rules of all kinds, with those of a person in the place of the usual ones."""
    own = {(each.kind, each.channel): each for each in differences}
    return [
        replace(rule, enabled=mine.enabled, delay_seconds=mine.delay_seconds) if mine else rule
        for kind in KINDS
        for rule in usual(kind)
        for mine in [own.get((rule.kind, rule.channel))]
    ]
