"""All statements of webhooks."""

from estafette.webhooks.store.attempts import claim, disable_if_dead, failed, give_up, retry, succeeded
from estafette.webhooks.store.calls import add_call, add_calls, calls, forget_calls
from estafette.webhooks.store.webhooks import delete, disable, enable, exists, insert, lock, update, webhooks_of

__all__ = [
    "add_call",
    "add_calls",
    "calls",
    "claim",
    "delete",
    "disable",
    "disable_if_dead",
    "enable",
    "exists",
    "failed",
    "forget_calls",
    "give_up",
    "insert",
    "lock",
    "retry",
    "succeeded",
    "update",
    "webhooks_of",
]
