"""Steps that are due are taken, each once, in the transaction that takes them off the ladder."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import structlog

from estafette import deliveries
from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem
from estafette.base.work_loop import run_claimed
from estafette.deliveries import NewDelivery
from estafette.notifications.actions.reaching import Reachable, look_up
from estafette.notifications.actions.writing import RenderContext, deliveries_of
from estafette.notifications.models.contents import Content, ContentRequest, Renderers
from estafette.notifications.models.notices import Kind, OutgoingChannel
from estafette.notifications.rules.ladder import due_at, is_news, leads, waits_until
from estafette.notifications.store import settings
from estafette.notifications.store import steps as store
from estafette.notifications.store.steps import Step, TakenStep

BATCH: Final = 100

_log = structlog.get_logger(__name__)


async def run_due_steps(database: Database, renderers: Renderers, context: RenderContext) -> int:
    """Takes some of the steps that are due, at most `BATCH`, and returns how many; one that fails is put off alone."""
    return await run_claimed(database, _claim, partial(_run, renderers, context), partial(_put_off, database), BATCH)


async def _claim(transaction: Transaction, limit: int) -> list[Step]:
    return await store.claim(transaction, transaction.clock.now(), limit)


async def _put_off(database: Database, claimed: Sequence[Step], error: Exception) -> None:
    for step in claimed:
        _log.error("step failed", kind=step.kind, channel=step.channel, notification=str(step.id), exc_info=error)
    await store.failed(database, claimed, f"{type(error).__name__}: {error}", database.clock.now())


async def _run(renderers: Renderers, context: RenderContext, transaction: Transaction, claimed: Sequence[Step]) -> None:
    now = transaction.clock.now()
    people = sorted({each.person_id for each in claimed})
    reachable = await look_up(transaction, people, now)
    waiting = await _waiting(transaction, claimed, reachable, now)
    awake = [each for each in claimed if (each.id, each.channel) not in waiting]
    contents = await _contents(transaction, renderers, awake, reachable)
    waiting |= _too_young(awake, contents, now)
    if waiting:
        await store.put_off(transaction, [(step, until) for step, until in waiting.values()])
    taken = [each for each in claimed if (each.id, each.channel) not in waiting]
    if taken:
        await store.remove(transaction, taken)
        await _send(transaction, context, taken, contents, reachable)


def _too_young(
    steps: Sequence[Step], contents: Mapping[tuple[UUID, OutgoingChannel], Content], now: datetime
) -> dict[tuple[UUID, OutgoingChannel], tuple[Step, datetime]]:
    """The steps whose contents may be told later only, with that time."""
    return {
        (step.id, step.channel): (step, until)
        for step in steps
        if is_news(content := contents.get((step.id, step.channel)))
        and (until := due_at(content, step.delay_seconds, now)) is not None
    }


async def _waiting(
    transaction: Transaction, claimed: Sequence[Step], reachable: Reachable, now: datetime
) -> dict[tuple[UUID, OutgoingChannel], tuple[Step, datetime]]:
    """The steps of people who want quiet now, with the end of the quiet."""
    quiet = await settings.quiet_of(transaction, list(reachable.contacts))
    found: dict[tuple[UUID, OutgoingChannel], tuple[Step, datetime]] = {}
    for step in claimed:
        contact = reachable.contacts.get(step.person_id)
        zone = contact.time_zone if contact else "UTC"
        until = waits_until(quiet.get(step.person_id), zone, now, urgent=step.urgent)
        if until is not None:
            found[step.id, step.channel] = step, until
    return found


async def _contents(
    transaction: Transaction, renderers: Renderers, steps: Sequence[Step], reachable: Reachable
) -> dict[tuple[UUID, OutgoingChannel], Content]:
    """What there is to tell at each step; who is disabled is told nothing."""
    requests: dict[tuple[Kind, OutgoingChannel], list[ContentRequest]] = {}
    for step in steps:
        contact = reachable.contacts.get(step.person_id)
        if contact is None:
            continue
        ask = ContentRequest(
            id=step.id,
            kind=step.kind,
            person_id=step.person_id,
            party_id=step.party_id,
            topic_id=step.topic_id,
            first=max(step.first_number, step.told + 1 if step.told else 0),
            language=contact.language,
        )
        requests.setdefault((step.kind, step.channel), []).append(ask)
    found: dict[tuple[UUID, OutgoingChannel], Content] = {}
    for (kind, channel), some in requests.items():
        told = await renderers[kind](transaction, some)
        found |= {(id_, channel): content for id_, content in told.items()}
    return found


async def _send(
    transaction: Transaction,
    context: RenderContext,
    steps: Sequence[Step],
    contents: Mapping[tuple[UUID, OutgoingChannel], Content],
    reachable: Reachable,
) -> None:
    outcomes: list[tuple[Step, Content, str, list[NewDelivery]]] = []
    for step in steps:
        content = contents.get((step.id, step.channel))
        if not is_news(content):
            continue
        state = reachable.state(step.person_id, step.channel)
        if leads(state):
            contact, browsers = reachable.contacts[step.person_id], reachable.browsers.get(step.person_id, [])
            outcomes.append((step, content, "sent", deliveries_of(context, step, content, contact, browsers)))
        else:
            outcomes.append((step, content, state, []))
    await _enqueue(transaction, outcomes)


async def _enqueue(transaction: Transaction, outcomes: Sequence[tuple[Step, Content, str, list[NewDelivery]]]) -> None:
    news = [new for _, _, _, out in outcomes for new in out]
    accepted = iter(await deliveries.enqueue(transaction, news) if news else ())
    taken: list[TakenStep] = []
    for step, content, outcome, out in outcomes:
        mine = [next(accepted) for _ in out]
        for problem in mine:
            if isinstance(problem, Problem):
                # An address that has no form that can be written to; the bell has it all the same.
                outcome = problem.code
                _log.warning("nothing can be sent", channel=step.channel, notification=str(step.id), reason=outcome)
        taken.append(
            TakenStep(
                id=step.id,
                channel=step.channel,
                ordinal=step.times_taken + 1,
                outcome=outcome,
                last_number=content.last,
                deliveries=tuple(each.id for each in mine if not isinstance(each, Problem)),
            )
        )
    if taken:
        await store.add_taken_steps(transaction, taken, transaction.clock.now())
