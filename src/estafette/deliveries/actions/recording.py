"""Recording: how submissions ended, many in one transaction; recording one again changes nothing."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from estafette.base.database import Database, Transaction
from estafette.deliveries.actions import changing
from estafette.deliveries.actions.matching import Name, ReceiptOutcome, apply
from estafette.deliveries.models.engine import DeliveryState, Submission
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from estafette.deliveries.rules import retries
from estafette.deliveries.rules.statuses import AWAITING_RECEIPT, FAILURES
from estafette.deliveries.rules.wording import storable
from estafette.deliveries.store import (
    delivery_states,
    gateway_states,
    outcomes,
    queue,
    receipts,
    undeliverable,
    whatsapp,
)
from estafette.deliveries.store.outcomes import AttemptRow, PartRow


async def record(database: Database, submissions: Sequence[Submission]) -> None:
    """Stores how submissions ended, at most one of each delivery."""
    await _pause(database, submissions)
    async with database.transaction() as transaction:
        ids = [each.delivery_id for each in submissions]
        queued = await queue.lock(transaction, ids)
        locked = await delivery_states.lock(transaction, ids)
        known = [each for each in submissions if each.delivery_id in locked]
        endings = [
            _Ending(each, locked[each.delivery_id], queued.get(each.delivery_id), transaction.clock.now())
            for each in known
        ]
        if not endings:
            return
        await outcomes.add_attempts(transaction, [each.attempt for each in endings])
        await _name_parts(transaction, [part for each in endings for part in each.parts], locked)
        again = [each.again for each in endings if each.again is not None]
        if again:
            await queue.wait_again(transaction, again)
        out = [each.id for each in endings if each.leaves]
        if out:
            await queue.remove(transaction, out)
        await _heed(transaction, known, locked)
        await _name_recipients(transaction, known, locked)
        await changing.store(transaction, locked.values())


class _Ending:
    """What follows from one submission; it lets its delivery take its step."""

    def __init__(self, submission: Submission, state: DeliveryState, row: Any, now: Any) -> None:
        self.id = submission.delivery_id
        self.parts: list[PartRow] = []
        self.again: tuple[int, Any, int, str, int] | None = None
        self.leaves = False
        # None: it was given up as unknown meanwhile, or recorded before.
        self._row = row
        self._is_ours = (
            row is not None
            and row["dispatcher_id"] == submission.dispatcher_id
            and row["attempts"] == submission.attempt
        )
        # As long as it was not submitted again: what is told twice must not send it twice.
        self._is_given_up = (
            row is None
            and (state.status, state.reason) == ("UNCERTAIN", AWAITING_RECEIPT)
            and state.attempts == submission.attempt
        )
        self._submission, self._state, self._now = submission, state, now
        state.attempts = max(state.attempts, submission.attempt)
        state.gateway_id = submission.gateway_id
        match submission.outcome:
            case Accepted() as outcome:
                self._accept(outcome)
                self.attempt = self._row_of("accepted")
            case Refused() as outcome:
                self._refuse(outcome)
                retry_at = self.again[1] if self.again else None
                self.attempt = self._row_of("refused", outcome.code, outcome.reason, retry_at)
            case Unknown() as outcome:
                self.leaves = self._is_ours
                self.parts = self._named(outcome.provider_ids)
                if self._is_ours:
                    changing.step(state, "UNCERTAIN", AWAITING_RECEIPT)
                self.attempt = self._row_of("unknown", None, outcome.reason)

    def _accept(self, outcome: Accepted) -> None:
        # Whatever was thought of it meanwhile: it must not go out again.
        self.leaves = self._row is not None
        self.parts = self._named(outcome.provider_ids)
        changing.step(self._state, "DELIVERED" if outcome.delivered else "SENT")

    def _named(self, ids: Sequence[str]) -> list[PartRow]:
        gateway_id = self._submission.gateway_id
        return [
            PartRow(gateway_id, storable(name), self.id, number, len(ids)) for number, name in enumerate(ids, start=1)
        ]

    def _refuse(self, outcome: Refused) -> None:
        if not self._is_ours and not self._is_given_up:
            return
        kind = retries.kind_of_refusal(outcome)
        running = self._row["refusals"] + 1 if self._row is not None and self._row["refused_as"] == kind else 1
        delay = retries.retry_after(self._state.channel, outcome, running, random.random())  # noqa: S311 - a spread
        if delay is None:
            self.leaves = self._row is not None
            changing.step(self._state, FAILURES[outcome.kind], storable(outcome.code))
            return
        not_before = min(self._now + timedelta(seconds=delay), self._state.expires_at)
        self.again = (self.id, not_before, self._submission.attempt, kind, running)

    def _row_of(
        self, outcome: str, code: str | None = None, reason: str | None = None, retry_at: Any = None
    ) -> AttemptRow:
        it = self._submission
        reason, code = storable(reason) if reason else None, storable(code) if code else None
        return AttemptRow(
            self.id, it.attempt, it.gateway_id, it.started_at, it.ended_at, outcome, code, reason, retry_at
        )


async def _name_parts(transaction: Transaction, parts: Sequence[PartRow], locked: Mapping[int, DeliveryState]) -> None:
    """Stores what gateways call our messages, and lets them meet the receipts that came earlier."""
    if not parts:
        return
    await outcomes.add_parts(transaction, parts)
    owners: dict[Name, int] = {(each.gateway_id, each.provider_id): each.delivery_id for each in parts}
    early = await receipts.early(transaction, list(owners))
    if early:
        receipt_outcomes = [
            ReceiptOutcome(name, owners[name], row["outcome"], row["code"], row["suppress"])
            for row in early
            for name in [(row["gateway_id"], row["provider_id"])]
        ]
        await apply(transaction, receipt_outcomes, locked)
        rows = [(row["id"], each.delivery_id, None) for row, each in zip(early, receipt_outcomes, strict=True)]
        await receipts.keep_looking(transaction, rows, transaction.clock.now())


async def _heed(
    transaction: Transaction, submissions: Sequence[Submission], locked: Mapping[int, DeliveryState]
) -> None:
    """Does what gateways ask for beside the message itself: never write there again."""
    refused = [(each, each.outcome) for each in submissions if isinstance(each.outcome, Refused)]
    gone = [locked[each.delivery_id].recipient for each, outcome in refused if outcome.gone]
    if gone:
        await undeliverable.forget_subscriptions(transaction, gone)
    suppressed = sorted(
        {
            (locked[each.delivery_id].channel, locked[each.delivery_id].recipient, storable(outcome.code))
            for each, outcome in refused
            if outcome.suppress
        }
    )
    if suppressed:
        await undeliverable.suppress(transaction, suppressed, transaction.clock.now())


async def _name_recipients(
    transaction: Transaction, submissions: Sequence[Submission], locked: Mapping[int, DeliveryState]
) -> None:
    """Stores what gateways call our recipients: they use these names when those write to us."""
    named = [
        (each.gateway_id, locked[each.delivery_id].recipient, storable(outcome.recipient_id))
        for each in submissions
        if isinstance(outcome := each.outcome, Accepted) and outcome.recipient_id
    ]
    if named:
        await whatsapp.name_recipients(transaction, named)


async def _pause(database: Database, submissions: Sequence[Submission]) -> None:
    """A gateway that says "too fast" gets nothing for a moment; apart, since claims lock it before deliveries."""
    pauses: dict[Any, float] = {}
    for each in submissions:
        if isinstance(each.outcome, Refused) and each.outcome.throttled:
            pauses[each.gateway_id] = max(pauses.get(each.gateway_id, 0.0), retries.pause(each.outcome))
    for gateway_id, seconds in pauses.items():
        await gateway_states.pause(database, gateway_id, database.clock.shift + timedelta(seconds=seconds))
