"""Notifications: everyone is told of what concerns them, once, by the channels they chose: the bell, push, e-mail, SMS.

The capabilities above hand over notices and are asked for the contents when these are told, so that nothing stale is
said.
"""

from estafette.notifications.actions.forgetting import end_due_steps, forget_old
from estafette.notifications.actions.notifying import (
    lock_topics,
    mark_read,
    mark_read_by_parties,
    mark_read_by_people,
    notify,
    unread_of,
)
from estafette.notifications.actions.writing import RenderContext
from estafette.notifications.dispatch import run_ladders
from estafette.notifications.models.contents import Content, ContentRequest, Fact, Line, Renderer, Renderers
from estafette.notifications.models.notices import Kind, Notice
from estafette.notifications.models.system_owner import SENDER_NAME, SYSTEM_OWNER

__all__ = [
    "SENDER_NAME",
    "SYSTEM_OWNER",
    "Content",
    "ContentRequest",
    "Fact",
    "Kind",
    "Line",
    "Notice",
    "RenderContext",
    "Renderer",
    "Renderers",
    "end_due_steps",
    "forget_old",
    "lock_topics",
    "mark_read",
    "mark_read_by_parties",
    "mark_read_by_people",
    "notify",
    "run_ladders",
    "unread_of",
]
