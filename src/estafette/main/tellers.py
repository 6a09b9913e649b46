"""Who tells what of notifications: the rooms that handed the notices over."""

from typing import Final

from estafette import contact_requests, conversations
from estafette.notifications import Tellers

TELLERS: Final[Tellers] = {
    "message": conversations.tell,
    "contact_request": contact_requests.tell,
    "contact_request_assigned": contact_requests.tell,
}
