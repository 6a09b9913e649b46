"""The server itself, which owns what it sends by itself."""

from typing import Final
from uuid import UUID

SYSTEM_OWNER: Final = UUID("00000000-0000-7000-8000-000000000001")
"""Owner of the deliveries that nobody has asked for: no account, so no outbox shows them."""

SENDER_NAME: Final = "Estafette"
