"""Every endpoint of the capabilities, collected; paths of the native API begin after `/api/v1`.

Doors do not hand out their `api`, the edge takes it from there.
"""

from typing import Final

from estafette.accounts import api as accounts
from estafette.clients import api as clients
from estafette.communications import api as communications
from estafette.contact_requests import api as contact_requests
from estafette.contracts.communications import api as documented_communications
from estafette.contracts.contact_requests import api as documented_contact_requests
from estafette.contracts.messenger import api as messenger
from estafette.contracts.storefront_messages import api as storefront_messages
from estafette.contracts.text_messages import api as text_messages
from estafette.conversations import api as conversations
from estafette.deliveries import api as deliveries
from estafette.documents import api as documents
from estafette.files import api as files
from estafette.http import Endpoint
from estafette.notifications import api as notifications
from estafette.presence import api as presence
from estafette.webhooks import api as webhooks

NATIVE: Final = "/api/v1"


def native() -> list[Endpoint]:
    """The endpoints of the native API."""
    return [
        *accounts.ENDPOINTS,
        *files.ENDPOINTS,
        *conversations.ENDPOINTS,
        *clients.ENDPOINTS,
        *communications.ENDPOINTS,
        *contact_requests.ENDPOINTS,
        *documents.ENDPOINTS,
        *notifications.ENDPOINTS,
        *presence.ENDPOINTS,
        *deliveries.ENDPOINTS,
        *webhooks.ENDPOINTS,
    ]


def contracts() -> list[Endpoint]:
    """The endpoints of the documented contracts, and pages that need no web app; their paths are whole."""
    return [
        *communications.PAGES,
        *documented_communications.ENDPOINTS,
        *documented_contact_requests.ENDPOINTS,
        *messenger.ENDPOINTS,
        *storefront_messages.ENDPOINTS,
        *text_messages.ENDPOINTS,
    ]
