"""Webhooks: programs of others are told by HTTP what happened, signed as Standard Webhooks, again and again if need be.

`call` joins the transaction of what happened, so that nobody is told of what was undone, and nothing is left untold.
"""

from estafette.webhooks.actions.calling import call
from estafette.webhooks.actions.delivering import run_webhooks
from estafette.webhooks.actions.forgetting import forget_old_calls
from estafette.webhooks.actions.unreadable import unreadable_webhooks
from estafette.webhooks.errors import UnknownWebhook
from estafette.webhooks.models import Event

__all__ = ["Event", "UnknownWebhook", "call", "forget_old_calls", "run_webhooks", "unreadable_webhooks"]
