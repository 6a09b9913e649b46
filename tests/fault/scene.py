"""Three who talk in conversations of every kind, all connected, all writing, on processes that come and go."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from types import TracebackType
from uuid import uuid4

from websockets.exceptions import ConnectionClosed

from estafette import accounts
from estafette.base import pending_reactions
from estafette.conversations.actions import groups, membership, opening
from estafette.conversations.models.groups import NewGroup
from tests.fault.asking import Asking
from tests.fault.rights import LETTING_IN, LETTING_OUT
from tests.fault.test_lost_links import cut_links
from tests.live.client import LiveClient, Reader
from tests.processes import Site, new_token
from tests.waiting import PATIENCE, eventually, turns
from tests.world import sign_in

TROUBLE = ("kill", "stop", "kill the worker", "cut the bus")


class Actor:
    """Somebody with a live client, and (conversation, id) of the messages that they sent."""

    def __init__(self, person: str, client: LiveClient) -> None:
        self.person, self.client = person, client
        self.sent: list[tuple[str, str]] = []
        self.turns = defaultdict[str, asyncio.Lock](asyncio.Lock)
        """One for each conversation that they join and leave."""


class Scene:
    """Three people in a storefront, a direct chat, a group and a channel, the first of them the owner of the last two.

    What they write goes on in the background until it is answered.
    """

    def __init__(self, here: Site) -> None:
        self._here = here
        self._asking = Asking(here)
        self._writing: list[asyncio.Task[object]] = []
        self._stack = AsyncExitStack()
        self.actors: list[Actor] = []
        self.places: list[str] = []

    async def __aenter__(self) -> "Scene":
        world = self._here.world
        partner = (await accounts.make_partner(world.database, f"Partner {uuid4().hex}")).id
        names = ("Ann", "Bo", "Cy")
        people = [await sign_in(world.database, f"{uuid4().hex}@example.com", name, "employee") for name in names]
        for member in people[1:]:
            await accounts.add_member(world.database, partner, member.person_id, "member")
        ann, bo, cy = people
        opened = await world.write(ann, partner, "Hello")
        direct = await opening.open_direct(world.database, ann, bo.person_id)
        # One in which nothing was said is in no list.
        await world.say(ann, direct.id, "Hello")
        group = await groups.open_group(world.database, ann, NewGroup(kind="group", name="Lunch"))
        channel = await groups.open_group(world.database, ann, NewGroup(kind="channel", name="News", is_open=True))
        await membership.invite(world.database, ann, group.id, [bo.person_id, cy.person_id], "member")
        await membership.invite(world.database, ann, channel.id, [bo.person_id], "member")
        self.places = [str(each) for each in (opened.conversation.id, direct.id, group.id, channel.id)]
        for number, who in enumerate(people):
            url = self._here.webs[number % len(self._here.webs)].url
            reader = Reader(self._here.http, url, await new_token(world, who))
            client = LiveClient(reader)
            invited_to = self.groups[:1] if who is cy else self.groups
            client.frames += [{"type": LETTING_IN, "conversation": each} for each in invited_to]
            await self._stack.enter_async_context(client.connected())
            self.actors.append(Actor(str(who.person_id), client))
        return self

    @property
    def groups(self) -> list[str]:
        """The conversations that people join and leave."""
        return self.places[2:]

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
                self._write(self._send(actor, self.places[which % 4], f"{which} {uuid4().hex}"))
            case "edit" if actor.sent:
                self._write(self._change(actor, "PATCH", actor.sent[which % len(actor.sent)], {"text": uuid4().hex}))
            case "delete" if actor.sent:
                self._write(self._change(actor, "DELETE", actor.sent[which % len(actor.sent)], None))
            case "read":
                self._write(
                    self._asking.insist(
                        actor.client.reader, "PUT", f"{self.places[which % 4]}/read", {"ordinal": which}
                    )
                )
            case "type" if actor.client.socket is not None:
                with suppress(ConnectionClosed):
                    await actor.client.say({"type": "typing", "conversation": self.places[which % 4]})
            case "join" | "go" | "remove" | "invite" | "invite all" | "open" | "close":
                self._write(self._let_in_or_out(what, self.actors[1 + whom % 2], self.groups[which % 2]))
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
        """Everything runs, everybody is there, all that was written is answered, and the worker has reacted to it."""
        await self._here.all_ready()
        for actor in self.actors:
            actor.client.wanted.set()
        done, waiting = await asyncio.wait(self._writing, timeout=PATIENCE) if self._writing else (set(), set())
        for task in done:
            task.result()
        said = "\n".join(each.output[-3_000:] for each in [*self._here.webs, self._here.worker])
        assert not waiting, f"{len(waiting)} writes got no answer; the last was {self._asking.last}\n{said}"
        # The automatic confirmation is one more message, whenever it comes.
        await eventually(self._all_is_reacted_to)

    async def _all_is_reacted_to(self) -> bool:
        return await pending_reactions.waiting(self._here.world.database) == 0

    async def _until_answered(self, count: int) -> None:
        """Waits until so many more of those that are under way are answered, or returns when all have just begun."""
        await turns()
        left = {each for each in self._writing if not each.done()}
        least = max(0, len(left) - count)
        async with asyncio.timeout(PATIENCE):
            # In the very moment: others are still being answered then.
            while len(left) > least:
                _, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)

    def _write(self, work: Coroutine[object, object, object]) -> None:
        self._writing.append(asyncio.create_task(work))

    async def _send(self, actor: Actor, place: str, text: str) -> None:
        answer = await self._asking.insist(actor.client.reader, "POST", f"{place}/messages", {"text": text})
        if answer is not None:
            actor.sent.append((place, answer["id"]))

    async def _change(self, actor: Actor, method: str, message: tuple[str, str], body: object) -> None:
        await self._asking.insist(actor.client.reader, method, "/messages/".join(message), body)

    async def _let_in_or_out(self, what: str, actor: Actor, place: str) -> None:
        """What anybody but the owner does, or the owner does to them; one thing after the other for each of them."""
        owner, channel = self.actors[0], self.places[-1]
        match what:
            case "open" | "close":
                await self._asking.insist(owner.client.reader, "PATCH", channel, {"is_open": what == "open"})
            case "join":
                async with self._turn(LETTING_IN, place, actor):
                    await self._asking.insist(actor.client.reader, "PUT", f"{place}/members/me", None)
            case "go":
                async with self._turn(LETTING_OUT, place, actor):
                    await self._asking.insist(actor.client.reader, "DELETE", f"{place}/members/me", None)
            case "remove":
                async with self._turn(LETTING_OUT, place, actor):
                    await self._asking.insist(owner.client.reader, "DELETE", f"{place}/members/{actor.person}", None)
            case _:
                invited = [actor] if what == "invite" else self.actors[1:]
                async with self._turn(LETTING_IN, place, *invited):
                    people = [each.person for each in invited]
                    await self._asking.insist(owner.client.reader, "POST", f"{place}/members", {"people": people})

    @asynccontextmanager
    async def _turn(self, asked: str, place: str, *actors: Actor) -> AsyncGenerator[None, None]:
        async with AsyncExitStack() as turns:
            for each in actors:
                await turns.enter_async_context(each.turns[place])
            head = await self._head(place)
            for each in actors:
                each.client.frames.append({"type": asked, "conversation": place, "head": head})
            yield

    async def _head(self, place: str) -> int:
        page = await self._asking.insist(self.actors[0].client.reader, "GET", f"{place}/changes?after=0&limit=1", None)
        assert page is not None, "the first of them is in all the conversations"
        return page["head"]
