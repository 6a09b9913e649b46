"""One customer and two members of one partner, all connected, all writing, on processes that come and go."""

import asyncio
import random
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from types import TracebackType
from uuid import uuid4

import aiohttp

from estafette import accounts
from tests.fault.test_lost_links import cut_links
from tests.fault.trying_again import Attempts, Return
from tests.live.client import LiveClient, Reader, Unreachable
from tests.processes import Site, is_ready, new_token
from tests.waiting import PATIENCE, turns
from tests.world import sign_in

TROUBLE = ("kill", "stop", "kill the worker", "cut the bus")


class Actor:
    """Somebody with a live client, and the ids of the messages that they sent."""

    def __init__(self, client: LiveClient) -> None:
        self.client = client
        self.sent: list[str] = []


class Scene:
    """Three people in one conversation; what they write goes on in the background until it is answered."""

    def __init__(self, here: Site) -> None:
        self._here = here
        self._back = Return(self._some_are_ready)
        self._writing: list[asyncio.Task[None]] = []
        self._stack = AsyncExitStack()
        self.actors: list[Actor] = []
        self.place = ""
        self._last: object = None

    async def __aenter__(self) -> "Scene":
        world = self._here.world
        partner = (await accounts.make_partner(world.database, f"Partner {uuid4().hex}")).id
        people = [await sign_in(world.database, f"{uuid4().hex}@example.com", name) for name in ("Ann", "Bo", "Cy")]
        for member in people[1:]:
            await accounts.add_member(world.database, partner, member.person_id, "member")
        opened = await world.write(people[0], partner, "Hello")
        self.place = str(opened.conversation.id)
        for number, who in enumerate(people):
            url = self._here.webs[number % len(self._here.webs)].url
            reader = Reader(self._here.http, url, await new_token(world, who))
            client = await self._stack.enter_async_context(LiveClient(reader).connected())
            self.actors.append(Actor(client))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._writing:
            task.cancel()
        await asyncio.gather(*self._writing, return_exceptions=True)
        await self._stack.aclose()

    async def do(self, step: tuple[str, int, int]) -> None:
        """One step of a script: what happens, to whom, and a number to choose by."""
        what, whom, which = step
        actor = self.actors[whom % len(self.actors)]
        web = self._here.webs[whom % len(self._here.webs)]
        if what in TROUBLE:
            # What was begun is under way then, and how far it has come differs.
            await self._until_answered(which)
        match what:
            case "send":
                self._write(self._send(actor, f"{which} {uuid4().hex}"))
            case "edit" if actor.sent:
                self._write(self._change(actor, "PATCH", actor.sent[which % len(actor.sent)], {"text": uuid4().hex}))
            case "delete" if actor.sent:
                self._write(self._change(actor, "DELETE", actor.sent[which % len(actor.sent)], None))
            case "leave":
                actor.client.leave()
            case "come back":
                actor.client.wanted.set()
            case "cut":
                actor.client.cut()
            case "move":
                # To another process, as behind a load balancer.
                actor.client.reader.url = web.url
                actor.client.cut()
            case "kill":
                web.kill()
                web.again()
            case "stop":
                await web.stop()
                web.again()
            case "kill the worker":
                self._here.worker.kill()
                self._here.worker.again()
            case "cut the bus":
                await cut_links(self._here.dsn)
            case _:
                await self._until_answered(which)

    async def calm(self) -> None:
        """Everything runs, everybody is there, and all that was written is answered."""
        await self._here.all_ready()
        for actor in self.actors:
            actor.client.wanted.set()
        done, waiting = await asyncio.wait(self._writing, timeout=PATIENCE) if self._writing else (set(), set())
        for task in done:
            task.result()
        said = "\n".join(each.output[-3_000:] for each in [*self._here.webs, self._here.worker])
        assert not waiting, f"{len(waiting)} writes got no answer; the last was {self._last}\n{said}"

    async def _until_answered(self, count: int) -> None:
        """Waits until so many more of those that are under way are answered, or returns when all have just begun."""
        await turns()
        left = {each for each in self._writing if not each.done()}
        least = max(0, len(left) - count)
        async with asyncio.timeout(PATIENCE):
            # In the very moment: others are still being answered then.
            while len(left) > least:
                _, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)

    async def _some_are_ready(self) -> bool:
        return any([await is_ready(each.url, self._here.http) for each in self._here.webs])

    def _write(self, work: Coroutine[object, object, None]) -> None:
        self._writing.append(asyncio.create_task(work))

    async def _send(self, actor: Actor, text: str) -> None:
        answer = await self._insist(actor, "POST", "", {"text": text}, str(uuid4()))
        actor.sent.append(answer["id"])

    async def _change(self, actor: Actor, method: str, message: str, body: object) -> None:
        await self._insist(actor, method, f"/{message}", body, str(uuid4()))

    async def _insist(self, actor: Actor, method: str, path: str, body: object, key: str) -> dict[str, str]:
        """Retries with the same key, at whichever process is up."""
        attempts = Attempts(self._back)
        while True:
            url = random.choice(self._here.webs).url
            try:
                return await _once(actor.client.reader, url, method, f"{self.place}/messages{path}", body, key)
            except Unreachable as error:
                self._last = error, error.__cause__
                await attempts.next()


async def _once(reader: Reader, url: str, method: str, path: str, body: object, key: str) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {reader.token}", "Idempotency-Key": key}
    try:
        async with reader.http.request(
            method, f"{url}/api/v1/conversations/{path}", json=body, headers=headers
        ) as answer:
            if answer.status >= 500:
                raise Unreachable(path, answer.status, await answer.text())
            said = await answer.json()
            # Somebody may have deleted meanwhile what was to be edited: that is an answer.
            assert answer.status < 400 or said["code"] == "message_deleted", said
            return said
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unreachable(path) from error
