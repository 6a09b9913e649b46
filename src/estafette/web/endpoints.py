"""Every endpoint of the capabilities, collected: doors do not hand out their `api`, the edge takes it from there."""

from typing import Any, Final

from estafette.contracts.storefront_messages import api as storefront_messages
from estafette.conversations import api as conversations
from estafette.files import api as files

NATIVE: Final = "/api/v1"


def native() -> list[Any]:
    """The handlers of the native API; their paths begin after `/api/v1`."""
    return [*files.HANDLERS, *conversations.HANDLERS]


def contracts() -> list[Any]:
    """The handlers of the documented contracts; their paths are whole."""
    return [*storefront_messages.HANDLERS]
