"""Communications over HTTP."""

from typing import Final

from estafette.communications.api import communications

ENDPOINTS: Final = [
    communications.list_communications,
    communications.create_communication,
    communications.get_communication,
    communications.change_communication,
    communications.schedule_draft,
    communications.copy_communication,
]
