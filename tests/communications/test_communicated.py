"""Segments ask what became of past communications: who got one, who did not, for whom it failed."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from estafette.base.errors import Invalid
from estafette.clients import CommunicationRule, Group
from estafette.clients.actions import segments
from estafette.communications.actions import creating
from estafette.communications.models.audiences import ClientsAudience
from estafette.communications.models.communications import NewCommunication
from estafette.deliveries import BATCHES
from tests.clients.scene import Register
from tests.communications.planned import HELLO
from tests.world import World


@pytest_asyncio.fixture
async def register(world: World, tmp_path: Path) -> Register:
    return Register(world, tmp_path / "files")


async def sent(register: Register, statuses: dict[UUID, str], *, channel: str = "sms", days_ago: int = 0) -> UUID:
    """A communication that has come to these statuses for clients."""
    new = NewCommunication(channels=["sms"], content=HELLO, audience=ClientsAudience(ids=list(statuses)), draft=True)
    made = await creating.create(register.database, register.root, new)
    for client, status in statuses.items():
        await register.database.execute(
            """
            WITH delivery AS (
                INSERT INTO deliveries (
                    batch_id, batch_member, owner_id, channel, urgency, sender, recipient, text, segments, status,
                    events, created_at, changed_at, send_at, expires_at
                )
                SELECT $1, $2, $3, $4, 2, '', 'x', 'Hello', 1, $5, 1, at, at, at, at
                FROM (SELECT now() - make_interval(days => $6) AS at)
                RETURNING id
            )
            INSERT INTO communication_recipients (communication_id, channel, client_id, state, not_before, delivery_id)
            SELECT $1, $4, $2, 'handed_over', now(), id FROM delivery
            """,
            made.id,
            client,
            BATCHES,
            channel,
            status,
            days_ago,
        )
    return made.id


async def test_past_communications_tell_who_belongs_to_a_segment(register: Register) -> None:
    ada, bob, cid, dan = [(await register.add(name, phone=f"+3361234560{n}")).id for n, name in enumerate("ABCD")]
    first = await sent(register, {ada: "DELIVERED", bob: "OPERATOR_ERROR", cid: "SENT"})
    await sent(register, {ada: "UNCERTAIN", bob: "DELIVERED"}, channel="email", days_ago=40)

    async def names(outcome: Any, **given: Any) -> str:
        group = Group(rules=[CommunicationRule(outcome=outcome, **given)])
        told = await segments.count_filter(register.database, register.root, group)
        assert told.count == len(told.some)
        return "".join(each.name for each in told.some)

    assert dan
    assert await names("received") == "ABC"
    assert await names("received", communication_id=first) == "AC"
    assert await names("received", channel="email") == "B"
    assert await names("received", days=30) == "AC"
    assert await names("not_received", communication_id=first) == "BD"
    assert await names("not_received", channel="email", days=30) == "ABCD"
    assert await names("failed") == "B"
    assert await names("failed", channel="email") == ""
    assert await names("failed", communication_id=ada) == ""


async def test_days_have_a_limit(register: Register) -> None:
    group = Group(rules=[CommunicationRule(outcome="received", days=0)])
    with pytest.raises(Invalid) as problem:
        await segments.count_filter(register.database, register.root, group)
    assert str(problem.value) == "filter.rules[0].days: out_of_range"
