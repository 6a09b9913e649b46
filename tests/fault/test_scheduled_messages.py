"""What was scheduled and what is to be remembered, through kills of the worker: each exactly once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from estafette import conversations
from estafette.base.quotas import Quotas
from estafette.conversations.actions import reminding, scheduling
from estafette.conversations.models.scheduled_messages import NewScheduledMessage
from tests.processes import Site, site
from tests.waiting import eventually

pytestmark = [pytest.mark.fault]

MESSAGES, KILLS = 200, 3


async def test_a_worker_that_is_killed_sends_nothing_twice_and_forgets_nothing(server: str) -> None:
    async with site(server, webs=1) as here:
        world, database = here.world, here.world.database
        opened = await world.write(world.ann, world.chateau, "Hello")
        place = opened.conversation.id
        here.worker.kill()
        for number in range(MESSAGES):
            new = NewScheduledMessage(text=f"Later {number}", send_at=datetime.now(UTC) + timedelta(hours=1))
            author = (world.ann, world.claire)[number % 2]
            await scheduling.schedule(database, Quotas(), author.person_id, place, new)
        at = datetime.now(UTC) + timedelta(hours=1)
        await reminding.remind(database, world.claire.person_id, place, opened.message.id, at)
        await make_due(here)
        here.worker.again()
        for kill in range(1, KILLS + 1):
            # Killed when it has sent so many, with the next of them under way.
            wanted = MESSAGES * kill // (KILLS + 1)
            await eventually(lambda wanted=wanted: has_sent(here, place, wanted), lambda: here.worker.output[-3_000:])
            here.worker.kill()
            here.worker.again()
        await eventually(lambda: has_sent(here, place, MESSAGES), lambda: here.worker.output[-3_000:])
        said = Counter(
            row["text"] for row in await database.fetch("SELECT text FROM messages WHERE text LIKE 'Later %'")
        )
        assert said == Counter(f"Later {number}" for number in range(MESSAGES))
        await eventually(lambda: nothing_is_due(here))
        kinds = Counter(row["kind"] for row in await database.fetch("SELECT kind FROM notifications"))
        assert (kinds["reminder"], kinds["scheduled_message_failed"]) == (1, 0)
        history = await conversations.history(database, world.ann.person_id, place, limit=1)
        assert history.last_ordinal == MESSAGES + 1 + await confirmations(here)


async def make_due(here: Site) -> None:
    """Their time has come long ago: the worker was away."""
    await here.world.database.execute(
        "UPDATE scheduled_messages SET due_at = now() - interval '1 day', send_at = now() - interval '1 day'"
    )
    await here.world.database.execute("UPDATE reminders SET due_at = now() - interval '1 day'")


async def has_sent(here: Site, place: UUID, count: int) -> bool:
    found = await here.world.database.fetchval(
        "SELECT count(*) FROM messages WHERE conversation_id = $1 AND text LIKE 'Later %'", place
    )
    return found >= count


async def nothing_is_due(here: Site) -> bool:
    return await here.world.database.fetchval(
        "SELECT (SELECT count(*) FROM scheduled_messages) + (SELECT count(*) FROM reminders) = 0"
    )


async def confirmations(here: Site) -> int:
    return await here.world.database.fetchval("SELECT count(*) FROM messages WHERE kind = 'confirmation'")
