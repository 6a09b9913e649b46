"""Contact requests through kills of everything: each stored once, in the bell once, in the mailbox at most once."""

import asyncio
import random
from collections import Counter
from uuid import UUID, uuid4

import aiohttp
import pytest

from estafette import accounts, deliveries
from estafette.base.database import Database
from estafette.base.vault import open_vault
from estafette.deliveries import GatewayInput
from estafette.main.opening import open_database
from estafette.notifications import HOUSE
from tests.deliveries.smtp.servers import Mailbox, server
from tests.fault.test_kills import kill, until_calm
from tests.processes import Installation, installation, until_ready
from tests.world import sign_in

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]

PEOPLE, EACH = 40, 5
KILLS = ["worker", "serve", "worker", "postgres", "worker", "serve", "worker"]
BETWEEN_KILLS = 2.5
# The most letters that a worker has under way at once.
WINDOW = 50


async def test_each_request_is_told_once_through_kills() -> None:
    mailbox = Mailbox()
    async with (
        installation("--workers", 1, "--trusted-proxy", "127.0.0.1") as here,
        server(mailbox) as port,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http,
    ):
        async with open_database(here.dsn(), size=2) as database:
            partner, people = await settle_in(database, here, port)
        asking = asyncio.gather(*(ask_for_contact(http, here.url, partner, token) for token in people))
        for victim in KILLS:
            await asyncio.sleep(random.uniform(0.5, 1) * BETWEEN_KILLS)
            await kill(here, victim)
        asked = [text for texts in await asking for text in texts]
        await until_ready(here, here.url, http)
        await until_calm(here)
        async with open_database(here.dsn(), size=2) as database:
            await until_told(database, here)
            stored = await each_stored_once(database, partner, asked)
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


async def ask_for_contact(http: aiohttp.ClientSession, url: str, partner: UUID, token: str) -> list[str]:
    """Asks some times, each as often as it takes; the texts of what was asked."""
    texts: list[str] = []
    for _ in range(EACH):
        text = uuid4().hex
        await until_answered(http, url, partner, token, text)
        texts.append(text)
        await asyncio.sleep(random.uniform(1, 3))
    return texts


async def until_answered(http: aiohttp.ClientSession, url: str, partner: UUID, token: str, text: str) -> None:
    body = {"ad": "hall", "advertiser": str(partner), "message": text, "starts_at": "2027-01-15"}
    last: object = None
    for _ in range(100):
        # Everybody comes from somewhere else, and again from somewhere else.
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": text,
            "X-Forwarded-For": f"198.51.{random.randrange(256)}.{random.randrange(256)}",
        }
        try:
            async with http.post(f"{url}/v1/contact-requests", json=body, headers=headers) as answer:
                if answer.status == 201:
                    return
                last = answer.status, await answer.text()
                assert answer.status in (500, 502, 503, 504), last
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            last = error
        await asyncio.sleep(random.uniform(0.2, 0.6))
    raise AssertionError(last)


async def until_told(database: Database, here: Installation) -> None:
    """Waits until no ladder has a step left that is due and every letter of the house has gone out or is given up."""
    for _ in range(300):
        left = await database.fetchval(
            "SELECT EXISTS (SELECT FROM notification_steps WHERE due_at <= now()) "
            "OR EXISTS (SELECT FROM deliveries WHERE owner_id = $1 AND status = 'CREATED')",
            HOUSE,
        )
        if not left:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(here.output[-3_000:])


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
    rows = await database.fetch("SELECT status, text FROM deliveries WHERE owner_id = $1 AND channel = 'email'", HOUSE)
    assert len(rows) == len(stored), "one letter for each"
    ended = Counter(row["status"] for row in rows)
    assert ended.keys() <= {"SENT", "UNCERTAIN"}
    unknown = ended["UNCERTAIN"]
    assert unknown <= WINDOW * len(KILLS)
    assert len(stored) - unknown <= mailed.total() <= len(stored)
    for row in rows:
        [text] = [text for text in stored if text in row["text"]]
        assert row["status"] == "UNCERTAIN" or mailed[text] == 1, "what is called sent has arrived"
