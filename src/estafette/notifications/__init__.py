"""Notifications: everyone hears of what concerns them, once, by the ways they chose: the bell, push, e-mail, SMS.

The rooms above hand over notices and are asked for the stories when these are told, so that nothing stale is said.
"""

from estafette.notifications.actions.forgetting import forget_old
from estafette.notifications.actions.notifying import hold, notify, settle, settle_parties
from estafette.notifications.actions.writing import Desk
from estafette.notifications.dispatch import run_ladders
from estafette.notifications.models.house import HOUSE
from estafette.notifications.models.notices import Kind, Notice
from estafette.notifications.models.stories import Ask, Fact, Line, Story, Teller, Tellers

__all__ = [
    "HOUSE",
    "Ask",
    "Desk",
    "Fact",
    "Kind",
    "Line",
    "Notice",
    "Story",
    "Teller",
    "Tellers",
    "forget_old",
    "hold",
    "notify",
    "run_ladders",
    "settle",
    "settle_parties",
]
