"""A communication is paused, by hand or because too much of it fails, and goes on."""

from datetime import datetime, timedelta
from uuid import UUID

from estafette import deliveries
from estafette.accounts import SignedIn
from estafette.base.database import Database, Transaction
from estafette.clients import require_communications
from estafette.communications.actions import broadcasting
from estafette.communications.actions.moving import move
from estafette.communications.actions.outcomes import outcome
from estafette.communications.actions.preparing import start
from estafette.communications.errors import CommunicationChanged, HasEnded, InState, UnknownCommunication
from estafette.communications.models.communications import ENDED, Outcome, PauseReason
from estafette.communications.models.schedules import LATE_SECONDS
from estafette.communications.models.work import Work
from estafette.communications.rules.error_rate import ended_and_failed
from estafette.communications.rules.moments import quiet_until_now
from estafette.communications.store import handing_over, ladder, work
from estafette.communications.store.totals import totals


async def pause(database: Database, who: SignedIn, id_: UUID, revision: int | None = None) -> Outcome:
    """From the commit on nothing more leaves than what is in flight; once more does no harm.

    Raises Forbidden, UnknownCommunication, CommunicationChanged, InState and HasEnded.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        of = await locked(transaction, id_, revision)
        if of.state == "paused":
            return await outcome(transaction, of, of.state, of.revision)
        if of.state not in ("scheduled", "preparing", "running"):
            raise wrong_state(of)
        return await hold(transaction, of, "by_hand")


async def resume(database: Database, who: SignedIn, id_: UUID, revision: int | None = None) -> Outcome:
    """Lets a communication go on where it was, with those who have not refused it meanwhile, each in its hours.

    One that had not begun begins at its time, or now if that is over. Raises as `pause`.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        of = await locked(transaction, id_, revision)
        if of.state in ("scheduled", "preparing", "running"):
            return await outcome(transaction, of, of.state, of.revision)
        if of.state != "paused":
            raise wrong_state(of)
        if of.started_at is None:
            return await _resume_before_start(transaction, of)
        await _put_back(transaction, of)
        await broadcasting.resume(transaction, of)
        ended, failed = ended_and_failed((await totals(transaction, [of.id]))[of.id])
        await work.count_errors_from_now(transaction, of.id, ended, failed)
        state = "running" if of.prepared else "preparing"
        return await outcome(transaction, of, state, await move(transaction, of.id, state))


async def hold(transaction: Transaction, of: Work, reason: PauseReason) -> Outcome:
    """Pauses a locked communication that is scheduled or at work."""
    if of.started_at is not None:
        await deliveries.hold_batch(transaction, of.id)
        await broadcasting.pause(transaction, of)
    revision = await move(transaction, of.id, "paused", pause_reason=reason)
    return await outcome(transaction, of, "paused", revision)


async def locked(transaction: Transaction, id_: UUID, revision: int | None) -> Work:
    """A communication that nobody else changes now; raises UnknownCommunication and CommunicationChanged."""
    of = await work.lock(transaction, id_)
    if of is None:
        raise UnknownCommunication
    if revision is not None and revision != of.revision:
        raise CommunicationChanged(revision=of.revision)
    return of


def wrong_state(of: Work) -> InState:
    """Why nothing can be done with it now."""
    return HasEnded(state=of.state) if of.state in ENDED else InState(state=of.state)


async def _resume_before_start(transaction: Transaction, of: Work) -> Outcome:
    late = transaction.clock.now() - (of.starts_at or of.created_at) > timedelta(seconds=LATE_SECONDS)
    if not late:
        return await outcome(transaction, of, "scheduled", await move(transaction, of.id, "scheduled"))
    # Somebody knows that it is late, and wants it all the same.
    await start(transaction, of)
    begun = await locked(transaction, of.id, None)
    return await outcome(transaction, begun, begun.state, begun.revision)


async def _put_back(transaction: Transaction, of: Work) -> None:
    """Lets what was held go out: what clients have refused since does not, and nobody gets it in their quiet hours."""
    now = transaction.clock.now()
    held = await deliveries.held_in_batch(transaction, of.id)
    later: dict[int, datetime] = {}
    if held:
        known = await handing_over.addressees(transaction, [each.member for each in held])
        for each in held:
            client = known.get(each.member)
            until = quiet_until_now(of, client.time_zone, now) if client else None
            if until is not None:
                later[each.id] = until
        # The time that a channel of a ladder has begins when it goes out.
        wait = timedelta(seconds=of.schedule.step_after)
        steps = [(each.channel, each.member, later.get(each.id, now) + wait) for each in held]
        await ladder.put_off(transaction, of.id, steps)
        refused = [each.id for each in held if each.member in known and each.channel in known[each.member].refused]
        await deliveries.end_waiting_deliveries(transaction, refused, "SUPPRESSED", "refused")
    await deliveries.put_back_batch(transaction, of.id, later)
