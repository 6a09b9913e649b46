"""Ten thousand messages through twenty kills of everything there is to kill: none lost, none doubled."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from uuid import uuid4

import aiohttp
import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.main.database import open_database
from tests.fault.trying_again import Attempts, Return
from tests.live.client import Json, LiveClient, Reader
from tests.processes import Installation, installation, is_ready, until_ready
from tests.waiting import eventually
from tests.world import again, sign_in

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

SENDS, SENDERS = 10_000, 32
CUSTOMERS = 6
# In this order, over and over; "backend" is one connection of PostgreSQL, whose death makes all the others end.
VICTIMS = ["serve", "postgres", "worker", "serve", "backend"]
KILLS = 20
# So many messages are answered between two kills, one number or another of them: others are under way at each.
BETWEEN_KILLS = SENDS // KILLS


class Sender:
    """Somebody who says things in one conversation, each once, as often as it takes."""

    def __init__(self, http: aiohttp.ClientSession, url: str, back: Return, token: str, place: str) -> None:
        self.place = place
        self.answered: dict[str, Json] = {}
        """The answer to each key."""
        self._http, self._url, self._token = http, f"{url}/api/v1/conversations/{place}/messages", token
        self._back = back
        self.retries = 0

    async def send(self) -> None:
        """Says one thing more and returns when that is certain."""
        key, attempts = uuid4().hex, Attempts(self._back)
        while True:
            try:
                async with self._http.post(
                    self._url,
                    json={"text": f"message {key}"},
                    headers={"Authorization": f"Bearer {self._token}", "Idempotency-Key": key},
                ) as answer:
                    if answer.status == 201:
                        self.answered[key] = await answer.json()
                        return
                    assert answer.status in (429, 500, 502, 503, 504), (answer.status, await answer.text())
            except (aiohttp.ClientError, TimeoutError, OSError):
                pass
            self.retries += 1
            await attempts.next()


async def test_ten_thousand_sends_survive_twenty_kills() -> None:
    async with (
        installation("--workers", 2) as here,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10), connector=aiohttp.TCPConnector(limit=0)) as http,
    ):
        async with open_database(here.dsn(), size=2) as database:
            people, places, readers = await settle_in(database, http, here)
        back = Return(partial(is_ready, here.url, http))
        senders = [Sender(http, here.url, back, *each) for each in people]
        watching = LiveClient(readers[0])
        async with watching.connected():
            await send_through_kills(here, senders)
            await until_ready(here, here.url, http)
            await until_calm(here)
            for place in places:
                await nothing_lost_nothing_doubled(readers[0], place, senders)
            await everything_can_be_found(here, readers[0])
            fresh = await readers[0].everything()
            await eventually(lambda: watching.threads == fresh, lambda: (watching.threads, fresh))


async def settle_in(
    database: Database, http: aiohttp.ClientSession, here: Installation
) -> tuple[list[tuple[str, str]], list[str], list[Reader]]:
    """(token, conversation) of each who will send; the conversations; and who can read them all."""
    partner = (await accounts.make_partner(database, "Château de Vaux-le-Vicomte")).id
    owner = await sign_in(database, "claire@example.com", "Claire")
    await accounts.add_member(database, partner, owner.person_id, "owner")
    owner_token = await token_of(database, await again(database, owner.person_id))
    sending: list[tuple[str, str]] = []
    places: list[str] = []
    for number in range(CUSTOMERS):
        customer = await sign_in(database, f"customer{number}@example.com", f"Customer {number}")
        token = await token_of(database, customer)
        place = await write_first(http, here.url, token, str(partner))
        places.append(place)
        sending += [(token, place), (owner_token, place)]
    everybody = [sending[number % len(sending)] for number in range(SENDERS)]
    return everybody, places, [Reader(http, here.url, owner_token)]


async def token_of(database: Database, who: SignedIn) -> str:
    return await accounts.create_token(database, who.person_id, "test", ("read", "write"))


async def write_first(http: aiohttp.ClientSession, url: str, token: str, partner: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    body = {"partner_id": partner, "text": "Good day"}
    async with http.post(f"{url}/api/v1/conversations", json=body, headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        return (await answer.json())["conversation"]["id"]


async def send_through_kills(here: Installation, senders: list[Sender]) -> None:
    """Everybody sends until the last kill is over and there are enough."""
    enough = asyncio.Event()

    def answered() -> int:
        return sum(len(each.answered) for each in senders)

    async def keep_sending(sender: Sender) -> None:
        while not enough.is_set() or answered() < SENDS:
            await sender.send()

    sending = asyncio.gather(*map(keep_sending, senders))
    for number in range(KILLS):
        wanted = answered() + random.randint(BETWEEN_KILLS // 2, BETWEEN_KILLS)
        await eventually(
            lambda wanted=wanted: sending.done() or answered() >= wanted, lambda: (answered(), here.output[-3_000:])
        )
        if sending.done():
            await sending  # somebody has failed
        await kill(here, VICTIMS[number % len(VICTIMS)])
    enough.set()
    await sending
    assert sum(each.retries for each in senders) > 0  # some of it did hurt


async def kill(here: Installation, kind: str) -> None:
    """Kills one process of a kind, waiting until there is one; never the supervisor itself."""
    found = await eventually(lambda: here.backends() if kind == "backend" else here.members(kind), lambda: here.output)
    # The one that has lived longest: what was killed just now is not killed over and over.
    os.kill(min(found), signal.SIGKILL)


@asynccontextmanager
async def inside(here: Installation) -> AsyncGenerator[Database, None]:
    """A look into the database behind the server's back."""
    async with open_database(here.dsn(), size=1) as database:
        yield database


async def until_calm(here: Installation) -> None:
    """Waits until the worker is back and has done all that is due."""
    async with inside(here) as database:
        left: list[object] = []

        async def all_done() -> bool:
            # A change that was put off although nothing was wrong with it would stay here for long.
            left[:] = await database.fetch("SELECT * FROM pending_reactions LIMIT 3")
            return not left

        await eventually(all_done, lambda: (left, here.output[-3_000:]))


async def nothing_lost_nothing_doubled(reader: Reader, place: str, senders: list[Sender]) -> None:
    said = sorted((await reader.history(place)).messages.values(), key=lambda each: each["ordinal"])
    assert [each["ordinal"] for each in said] == list(range(1, len(said) + 1))
    by_key = {each["key"]: each for each in said if each["key"]}
    answers = {key: one for each in senders if each.place == place for key, one in each.answered.items()}
    assert by_key.keys() == answers.keys()  # every one that was answered, and nothing else
    for key, answer in answers.items():
        assert by_key[key] == answer  # the retry got what was stored at first
    assert len(by_key) == sum(1 for each in said if each["key"])
    texts = [each["text"] for each in said if each["key"]]
    assert len(set(texts)) == len(texts)
    assert sum(1 for each in said if each["kind"] == "confirmation") <= 1
    await feed_equals_history(reader, place, said)


async def feed_equals_history(reader: Reader, place: str, said: list[Json]) -> None:
    """The feed counts without a gap, and tells each message of the history once."""
    number, told = 0, list[Json]()
    while True:
        page = await reader.get(f"/conversations/{place}/changes", after=number, limit=1000)
        assert [each["number"] for each in page["changes"]] == list(range(number + 1, page["until"] + 1))
        told += [each["message"] for each in page["changes"] if each["kind"] == "message_sent"]
        number = page["until"]
        if number >= page["head"]:
            break
    assert number == len(said) + 1  # the opening is a change without a message
    assert told == said


async def everything_can_be_found(here: Installation, reader: Reader) -> None:
    async with inside(here) as database:
        stored = await database.fetchval("SELECT count(*) FROM messages")
        assert stored > SENDS
        indexed = await database.fetchval("SELECT count(*) FROM search_documents")
        assert indexed == stored
        some = await database.fetch(
            "SELECT id::text, text FROM messages WHERE key IS NOT NULL ORDER BY random() LIMIT 5"
        )
    for row in some:
        page = await reader.get("/search", q=row["text"].split()[-1])
        assert [each["message"]["id"] for each in page["messages"]["items"]] == [row["id"]]
