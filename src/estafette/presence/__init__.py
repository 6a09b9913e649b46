"""Presence: whether employees are there, and what they say of themselves.

State, and no history: what people set is stored, who is connected expires with the process that says so, and whoever
shows somebody is told. Published view: do_not_disturb.
"""

from estafette.presence.actions.live import LivePresence
from estafette.presence.actions.looking import chosen_statuses, presences
from estafette.presence.actions.setting import put_custom_status, put_do_not_disturb, put_info, put_status
from estafette.presence.models.presences import ChosenStatus, CustomStatus, CustomStatusPut, Presence, Status, StatusPut

__all__ = [
    "ChosenStatus",
    "CustomStatus",
    "CustomStatusPut",
    "LivePresence",
    "Presence",
    "Status",
    "StatusPut",
    "chosen_statuses",
    "presences",
    "put_custom_status",
    "put_do_not_disturb",
    "put_info",
    "put_status",
]
