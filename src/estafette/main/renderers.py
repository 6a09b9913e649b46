"""Who renders the contents of notifications: the capabilities that handed the notices over."""

from typing import Final

from estafette import contact_requests, conversations
from estafette.notifications import Renderers

RENDERERS: Final[Renderers] = {
    "message": conversations.render,
    "contact_request": contact_requests.render,
    "contact_request_assigned": contact_requests.render,
    "scheduled_message_failed": conversations.render_refused,
    "reminder": conversations.render_reminders,
}
