"""The part of a communication that goes by push: a broadcast to all subscribers, carried by deliveries."""

from estafette.base.database import Transaction
from estafette.communications.models.work import Work


async def start(transaction: Transaction, of: Work) -> None:
    """Begins the broadcast of a communication that has one."""


async def pause(transaction: Transaction, of: Work) -> None:
    """Lets nothing more of it out."""


async def resume(transaction: Transaction, of: Work) -> None:
    """Lets it go on."""


async def cancel(transaction: Transaction, of: Work) -> None:
    """Ends it."""


async def is_through(transaction: Transaction, of: Work) -> bool:
    """Whether nothing of it waits or is in flight."""
    return True
