"""Contact requests through kills of everything: each stored once, in the bell once, in the mailbox at most once."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import aiohttp
import pytest

from estafette import accounts, deliveries
from estafette.base.database import DATABASE_IS_AWAY, Database
from estafette.base.vault import open_vault
from estafette.deliveries import GatewayInput
from estafette.main.database import open_database
from estafette.notifications import SYSTEM_OWNER
from tests.deliveries.smtp.servers import Mailbox, server
from tests.fault.test_kills import kill, until_calm
from tests.fault.trying_again import Attempts, Return
from tests.processes import Installation, installation, is_ready, until_ready
from tests.waiting import eventually
from tests.world import sign_in

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

PEOPLE, EACH = 40, 5
KILLS = ["worker", "serve", "worker", "postgres", "worker", "serve", "worker"]
# So many requests are let in before each kill and after the last.
SHARE = PEOPLE * EACH // (len(KILLS) + 1)
# The most letters that a worker has under way at once.
WINDOW = 50


async def test_each_request_is_told_once_through_kills() -> None:
    mailbox = Mailbox()
    async with (
        installation("--workers", 1, "--trusted-proxy", "127.0.0.1") as here,
        server(mailbox) as port,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http,
        open_database(here.dsn(), size=2) as database,
    ):
        partner, people = await settle_in(database, here, port)
        asking = Asking(http, here.url, partner)
        asked = asyncio.gather(*(asking.ask(token) for token in people))
        await kill_all(database, here, asking, asked)
        await asked
        await until_ready(here, here.url, http)
        await until_calm(here)
        await until_told(database, here)
        stored = await each_stored_once(database, partner, asking.answered)
        await each_in_the_bell_once(database, stored)
        await each_mailed_at_most_once(database, mailbox, stored)


async def settle_in(database: Database, here: Installation, port: int) -> tuple[UUID, list[str]]:
    """The château with Claire, an advert and a mail server; and the tokens of people with telephones."""
    partner = (await accounts.make_partner(database, "Château de Vaux-le-Vicomte")).id
    owner = await sign_in(database, "claire@example.com", "Claire")
    await accounts.add_member(database, partner, owner.person_id, "owner")
    await database.execute(
        "INSERT INTO adverts (id, partner_id, reference, title, search_key, created_at, changed_at) "
        "VALUES ($1, $2, 'hall', 'The great hall', 'the great hall hall', now(), now())",
        uuid4(),
        partner,
    )
    settings = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "estafette@house.example"}
    gateway = GatewayInput(name="Mail", transport="smtp", channels=["email"], settings=settings)
    await deliveries.make_gateway(database, open_vault(here.data), gateway)
    tokens: list[str] = []
    for number in range(PEOPLE):
        person = await accounts.add_person(
            database, f"guest{number}@example.com", f"Guest {number}", phone=f"+336123456{number:02}"
        )
        tokens.append(await accounts.create_token(database, person.id, "test", ("read", "write")))
    return partner, tokens


class Asking:
    """Requests of many people at once, no more of them than were let in."""

    def __init__(self, http: aiohttp.ClientSession, url: str, partner: UUID) -> None:
        self.answered: list[str] = []
        """Their texts."""
        self._http, self._url, self._partner = http, url, partner
        self._back = Return(partial(is_ready, url, http))
        self._permits = asyncio.Semaphore(0)

    def let_in(self, count: int) -> None:
        for _ in range(count):
            self._permits.release()

    async def ask(self, token: str) -> None:
        """One person asks some times, each as often as it takes."""
        for _ in range(EACH):
            await self._permits.acquire()
            text = uuid4().hex
            await self._until_answered(token, text)
            self.answered.append(text)

    async def _until_answered(self, token: str, text: str) -> None:
        body = {
            "ad": "hall",
            "advertiser": str(self._partner),
            "message": text,
            "starts_at": f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}",
        }
        attempts, last = Attempts(self._back), object()
        while attempts.failed < 100:
            # Everybody comes from somewhere else, and again from somewhere else.
            headers = {
                "Authorization": f"Bearer {token}",
                "Idempotency-Key": text,
                "X-Forwarded-For": f"198.51.{random.randrange(256)}.{random.randrange(256)}",
            }
            try:
                async with self._http.post(f"{self._url}/v1/contact-requests", json=body, headers=headers) as answer:
                    if answer.status == 201:
                        return
                    last = answer.status, await answer.text()
                    assert answer.status in (500, 502, 503, 504), last
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                last = error
            await attempts.next()
        raise AssertionError(last)


async def kill_all(database: Database, here: Installation, asking: Asking, asked: "asyncio.Future[list[None]]") -> None:
    """Kills one after the other: a worker when it has told of some more requests, others when some were answered."""
    for victim in KILLS:
        answered, told = len(asking.answered), await told_of(database)
        asking.let_in(SHARE)
        more = random.randint(1, SHARE // 2)

        async def have_gone_on(victim: str = victim, answered: int = answered + more, told: int = told + more) -> bool:
            if asked.done():
                await asked  # somebody has failed
            return await told_of(database) >= told if victim == "worker" else len(asking.answered) >= answered

        await eventually(have_gone_on, lambda: here.output[-3_000:])
        await kill(here, victim)
    asking.let_in(SHARE)


async def told_of(database: Database) -> int:
    """How many requests are in the bell, as soon as the database can say it."""

    async def count() -> list[int]:
        try:
            return [await database.fetchval("SELECT count(*) FROM notifications WHERE kind = 'contact_request'")]
        except DATABASE_IS_AWAY:
            return []

    [counted] = await eventually(count)
    return counted


async def until_told(database: Database, here: Installation) -> None:
    """Waits until no ladder has a step left that is due and every letter of the server has gone out or is given up."""

    async def nothing_is_left() -> bool:
        return not await database.fetchval(
            "SELECT EXISTS (SELECT FROM notification_steps WHERE due_at <= now()) "
            "OR EXISTS (SELECT FROM deliveries WHERE owner_id = $1 AND status = 'CREATED')",
            SYSTEM_OWNER,
        )

    await eventually(nothing_is_left, lambda: here.output[-3_000:])


async def each_stored_once(database: Database, partner: UUID, asked: list[str]) -> dict[str, UUID]:
    rows = await database.fetch("SELECT id, message FROM contact_requests WHERE partner_id = $1", partner)
    assert Counter(row["message"] for row in rows) == Counter(asked)
    counted = await database.fetchval(
        "SELECT sum(count) FROM contact_request_counts WHERE partner_id = $1 AND advert_id = $2", partner, UUID(int=0)
    )
    assert counted == len(asked), "the kept counter is right to the last request"
    return {row["message"]: row["id"] for row in rows}


async def each_in_the_bell_once(database: Database, stored: dict[str, UUID]) -> None:
    rows = await database.fetch("SELECT topic_id FROM notifications WHERE kind = 'contact_request'")
    assert Counter(row["topic_id"] for row in rows) == Counter(stored.values())


async def each_mailed_at_most_once(database: Database, mailbox: Mailbox, stored: dict[str, UUID]) -> None:
    letters = [letter.get_body(("plain",)) for letter in mailbox.letters]
    texts = [body.get_content() for body in letters if body is not None]
    mailed = Counter(text for letter in texts for text in stored if text in letter)
    assert max(mailed.values()) == 1, "no letter came twice"
    rows = await database.fetch(
        "SELECT status, text FROM deliveries WHERE owner_id = $1 AND channel = 'email'", SYSTEM_OWNER
    )
    assert len(rows) == len(stored), "one letter for each"
    ended = Counter(row["status"] for row in rows)
    assert ended.keys() <= {"SENT", "UNCERTAIN"}
    unknown = ended["UNCERTAIN"]
    assert unknown <= WINDOW * len(KILLS)
    assert len(stored) - unknown <= mailed.total() <= len(stored)
    for row in rows:
        [text] = [text for text in stored if text in row["text"]]
        assert row["status"] == "UNCERTAIN" or mailed[text] == 1, "what is called sent has arrived"
