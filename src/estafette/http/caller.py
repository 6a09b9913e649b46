"""What handlers may ask about whoever calls, without knowing how people are recognised."""

from typing import NewType
from uuid import UUID

CallerId = NewType("CallerId", UUID)
"""The id of the signed-in person: nobody else gets to a handler that asks for it; `CallerId | None` asks who it is."""

Neighbourhood = NewType("Neighbourhood", str)
"""Where a request comes from, as limits count it: an IPv4 address, or the /64 of an IPv6 one."""
