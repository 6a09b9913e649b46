"""A campaign of forty thousand through kills and a pause, another of ten thousand that is cancelled in the middle:
nobody is forgotten, nobody gets either of them twice, and the totals are what one counts over the rows.
"""

import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest

from estafette.accounts import SignedIn
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import open_vault
from estafette.communications.actions import cancelling, creating, pausing
from estafette.communications.models.audiences import Audience, ClientsAudience, EveryoneAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content, SmsText, Texts
from estafette.communications.store.totals import totals
from estafette.deliveries.credentials import seal
from estafette.deliveries.dispatch.submitting import MOST
from estafette.main.database import open_database
from tests.communications.scene import COUNTED
from tests.deliveries import add_gateway
from tests.fault.test_deliveries import Smsc, asked, kill, smsc, until_more
from tests.processes import Installation, installation
from tests.waiting import PATIENCE, eventually
from tests.world import sign_in

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

CLIENTS, FEWER = 40_000, 10_000
WINDOW, LINKS = 50, 2
DEATHS = 2
"""Of workers; PostgreSQL dies, too, and a web process."""
T = TypeVar("T")


async def test_nobody_gets_a_campaign_twice_and_nobody_is_forgotten() -> None:
    async with (
        installation("--workers", 1) as here,
        smsc() as gateway,
        open_database(here.dsn(), size=4) as database,
    ):
        who = await sign_in(database, "campaigns@example.com", "Campaigns", "administrator")
        await _register(database)
        await _open_gateway(database, here, gateway.port)
        ids = [row["id"] for row in await database.fetch("SELECT id FROM clients ORDER BY id LIMIT $1", FEWER)]
        first = await _create(database, who, "first", EveryoneAudience())
        second = await _create(database, who, "second", ClientsAudience(ids=ids))
        await _disturb(database, here, gateway, who, first, second)
        ended = partial(_have_ended, database, [first, second])
        await eventually(ended, lambda: here.output[-3_000:], patience=5 * PATIENCE)
        await _receipts_have_come(database)
        await _nothing_lost_nothing_twice(database, gateway.logged(), first, second)


async def _disturb(
    database: Database, here: Installation, gateway: Smsc, who: SignedIn, first: UUID, second: UUID
) -> None:
    """Kills, pauses and cancels, each when some more messages have gone out."""
    await until_more(gateway.accepted)
    # Silent for a moment: what the worker has submitted has no answer when it dies.
    gateway.process.send_signal(signal.SIGSTOP)
    await kill(here, "worker")
    gateway.process.send_signal(signal.SIGCONT)
    await until_more(gateway.accepted)
    await _insist(database, partial(pausing.pause, database, who, first))
    await kill(here, random.choice(("serve", "postgres")))
    await _insist(database, partial(pausing.resume, database, who, first))
    await until_more(gateway.accepted)
    await kill(here, "postgres")
    await until_more(gateway.accepted)
    await _insist(database, partial(cancelling.cancel, database, who, second))
    await kill(here, "worker")


async def _register(database: Database) -> None:
    await database.execute(
        """
        INSERT INTO clients (id, name, name_key, phone, attributes, consented, refused, words, revision, created_at,
            changed_at)
        SELECT gen_random_uuid(), 'n' || n, 'n' || n, '+336' || (10000000 + n), '{}', '{}', '{}', '', 1, now(), now()
        FROM generate_series(1, $1::integer) AS n
        """,
        CLIENTS,
    )


async def _open_gateway(database: Database, here: Installation, port: int) -> None:
    id_ = await add_gateway(
        database,
        transport="smpp",
        enabled=False,
        settings={"host": "127.0.0.1", "port": port, "window": WINDOW},
        links=LINKS,
    )
    sealed = seal(open_vault(here.data), id_, {"system_id": "us"})
    await database.execute("UPDATE gateways SET credentials = $2, enabled = true WHERE id = $1", id_, sealed)


async def _create(database: Database, who: SignedIn, word: str, audience: Audience) -> UUID:
    text = SmsText(text=f"{word} {{{{ name }}}}")
    new = NewCommunication(
        name=word,
        channels=["sms"],
        content=Content(default_language="en", texts={"en": Texts(sms=text)}),
        audience=audience,
    )
    return (await creating.create(database, who, new)).id


async def _insist(database: Database, verb: Callable[[], Awaitable[T]]) -> T:
    """The answer of a verb that may be said twice, once the database is back."""
    while True:
        try:
            return await verb()
        except DATABASE_IS_AWAY:
            await eventually(partial(asked, database, "SELECT true"))


async def _have_ended(database: Database, ids: list[UUID]) -> bool:
    try:
        rows = await database.fetch("SELECT state FROM communications WHERE id = ANY ($1::uuid[])", ids)
    except DATABASE_IS_AWAY:
        return False
    return {row["state"] for row in rows} <= {"completed", "cancelled"}


async def _receipts_have_come(database: Database) -> None:
    question = "SELECT NOT EXISTS (SELECT FROM deliveries WHERE status IN ('CREATED', 'SENT'))"
    await eventually(partial(asked, database, question))


async def _nothing_lost_nothing_twice(database: Database, logged: Counter[str], first: UUID, second: UUID) -> None:
    assert {text: count for text, count in logged.items() if count > 1} == {}
    assert await database.fetchval("SELECT count(*) FROM delivery_queue") == 0
    rows = await database.fetch(
        """
        SELECT r.communication_id, coalesce(d.status, upper(r.state)) AS status, d.text
        FROM communication_recipients r LEFT JOIN deliveries d ON d.id = r.delivery_id
        """
    )
    of = Counter(row["communication_id"] for row in rows)
    assert of == {first: CLIENTS, second: FEWER}
    assert await database.fetchval("SELECT count(*) FROM deliveries") == sum(row["text"] is not None for row in rows)
    sent = {row["text"] for row in rows if row["status"] in ("DELIVERED", "OPERATOR_ERROR")}
    uncertain = {row["text"] for row in rows if row["status"] == "UNCERTAIN"}
    # What counts as sent is what the gateway has taken, but for what it took and nobody heard of.
    assert sent <= logged.keys() <= sent | uncertain
    # What was in flight when a worker died, and what it had not noted yet.
    assert len(uncertain) <= DEATHS * LINKS * (WINDOW + MOST)
    statuses = {
        id_: Counter(row["status"] for row in rows if row["communication_id"] == id_) for id_ in (first, second)
    }
    assert statuses[first].keys() <= {"DELIVERED", "OPERATOR_ERROR", "UNCERTAIN"}
    assert 0 < statuses[second]["CANCELLED"] < FEWER
    shown = await totals(database, [first, second])
    for id_ in (first, second):
        counted = {row["status"]: row["count"] for row in await database.fetch(COUNTED, id_)}
        assert shown[id_] == {"sms": counted}
