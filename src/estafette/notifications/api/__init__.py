"""The native HTTP interface of notifications: each handler decodes, calls one verb, encodes."""

from typing import Any, Final

from estafette.notifications.api import audiences, notifications, settings

ENDPOINTS: Final[list[Any]] = [
    notifications.list_notifications,
    notifications.count_notifications,
    notifications.mark_read,
    settings.get_settings,
    settings.change_settings,
    settings.get_exception,
    settings.put_exception,
    settings.get_unsubscription,
    settings.unsubscribe,
    audiences.get_audience,
    audiences.put_audience,
]
