"""A communication comes to another state, and whoever waits for that is told after the commit."""

from uuid import UUID

from estafette.base.bus import event
from estafette.base.database import Transaction
from estafette.communications.models.communications import PauseReason, State
from estafette.communications.models.work import COMMUNICATIONS_CHANGED
from estafette.communications.store import work as store


async def move(
    transaction: Transaction,
    id_: UUID,
    state: State,
    *,
    pause_reason: PauseReason | None = None,
    failure: str | None = None,
) -> int:
    """Brings a locked communication to a state, and returns its new revision."""
    revision = await store.move(
        transaction,
        id_,
        state,
        transaction.clock.now(),
        pause_reason=pause_reason,
        failure=failure,
        begins=state == "preparing",
        ends=state in ("completed", "cancelled", "failed"),
    )
    transaction.announce(event(COMMUNICATIONS_CHANGED, id_))
    return revision
