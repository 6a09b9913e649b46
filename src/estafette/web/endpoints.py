"""Every endpoint of the capabilities, collected; paths of the native API begin after `/api/v1`.

Doors do not hand out their `api`, the edge takes it from there.
"""

from typing import Any, Final

from estafette.accounts import api as accounts
from estafette.contact_requests import api as contact_requests
from estafette.contracts.contact_requests import api as documented_contact_requests
from estafette.contracts.storefront_messages import api as storefront_messages
from estafette.contracts.text_messages import api as text_messages
from estafette.conversations import api as conversations
from estafette.deliveries import api as deliveries
from estafette.files import api as files
from estafette.notifications import api as notifications
from estafette.webhooks import api as webhooks

NATIVE: Final = "/api/v1"


def native() -> list[Any]:
    """The handlers of the native API that may ask for `person_id`, who they act for."""
    return [
        *files.HANDLERS,
        *conversations.HANDLERS,
        *contact_requests.HANDLERS,
        *notifications.HANDLERS,
        *deliveries.HANDLERS,
        *webhooks.HANDLERS,
    ]


def native_about_people() -> list[Any]:
    """Those whose paths name a person, so that `person_id` is the one spoken of."""
    return [*accounts.HANDLERS]


def contracts() -> list[Any]:
    """The handlers of the documented contracts; their paths are whole."""
    return [*documented_contact_requests.HANDLERS, *storefront_messages.HANDLERS, *text_messages.HANDLERS]
