"""Whatever happens in groups and channels: what was read before and the changes since are what is read after."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.live.client import Json
from tests.live.whole import Place, WholeClient, WholeReader, read_anew
from tests.processes import Site, ask
from tests.waiting import eventually
from tests.world import sign_in

pytestmark = pytest.mark.timeout(300)

WRITING = ("send", "send", "reply to", "edit", "delete", "pin", "unpin", "react", "take back", "below", "below", "slip")
RULING = ("invite", "remove", "leave", "role", "rename", "archive", "restore", "open", "close", "join")
SETTLING = ("favourite", "plain", "level", "put away", "back")
EMOJI = ("👍", "❤️", "🎉")

doing = st.tuples(
    st.sampled_from([*WRITING, *WRITING, *RULING, *SETTLING, "cut", "catch up"]),
    st.integers(0, 2),
    st.integers(0, 5),
)


class Somebody:
    """One of three employees, at one of the two web processes, who holds what they are told."""

    def __init__(self, here: Site, id_: str, token: str, web: int) -> None:
        self.id, self._here = id_, here
        self.client = WholeClient(WholeReader(here.http, here.webs[web].url, token))

    async def tries(self, method: str, path: str, body: object = None) -> Any:
        """The answer, or None for what is refused: not every step fits the moment."""
        reader = self.client.reader
        status, answer = await ask(self._here.http, method, f"{reader.url}/api/v1{path}", reader.token, body)
        assert status < 500, answer
        return answer if status < 300 else None


class Scene:
    """A group and an open channel of three people, and what each step does to one of them."""

    def __init__(self, people: list[Somebody], places: list[str]) -> None:
        self.people, self.places = people, places
        self.said: dict[str, list[str]] = {place: [] for place in places}
        self.below: list[tuple[str, str]] = []

    async def do(self, what: str, who: int, which: int) -> None:
        """One step; what there is nothing to do with is passed over."""
        actor, place = self.people[who], self.places[which % 2]
        said = self.said[place]
        message = said[-1 - which % len(said)] if said else None
        path = f"/conversations/{place}"
        if what in {"cut", "catch up"}:
            await self._network(actor, what)
        elif what in {"send", "reply to"}:
            reply = {"reply_to": message} if what == "reply to" and message else {}
            sent = await actor.tries("POST", f"{path}/messages", {"text": f"Pears {which}", **reply})
            said += [sent["id"]] if sent else []
        elif what in RULING:
            await self._rule(actor, what, path, self.people[which % 3].id, which)
        elif what in SETTLING:
            await self._settle(actor, what, path, which)
        elif what == "slip" and self.below:
            thread, reply_id = self.below[which % len(self.below)]
            await actor.tries("DELETE", f"/conversations/{thread}/messages/{reply_id}")
        elif message is not None:
            await self._about(actor, what, f"{path}/messages/{message}", which)

    async def _about(self, actor: Somebody, what: str, path: str, which: int) -> None:
        emoji = f"{path}/reactions/{EMOJI[which % 3]}"
        match what:
            case "below":
                reply = await actor.tries("POST", f"{path}/thread", {"text": f"Apples {which}"})
                self.below += [(reply["conversation_id"], reply["id"])] if reply else []
            case "edit":
                await actor.tries("PATCH", path, {"text": f"Plums {which}"})
            case _:
                method, where = {
                    "delete": ("DELETE", path),
                    "pin": ("PUT", f"{path}/pin"),
                    "unpin": ("DELETE", f"{path}/pin"),
                    "react": ("PUT", emoji),
                    "take back": ("DELETE", emoji),
                    "slip": ("GET", f"{path}/seen"),
                }[what]
                await actor.tries(method, where)

    async def _rule(self, actor: Somebody, what: str, path: str, other: str, which: int) -> None:
        role = ("member", "reader", "moderator")[which % 3]
        method, where, body = {
            "invite": ("POST", f"{path}/members", {"people": [each.id for each in self.people], "role": "member"}),
            "remove": ("DELETE", f"{path}/members/{other}", None),
            "leave": ("DELETE", f"{path}/members/me", None),
            "join": ("PUT", f"{path}/members/me", None),
            "role": ("PUT", f"{path}/members/{other}", {"role": role}),
            "rename": ("PATCH", path, {"name": f"Lunch {which}", "purpose": f"At {which}"}),
            "archive": ("PUT", f"{path}/archive", None),
            "restore": ("DELETE", f"{path}/archive", None),
            "open": ("PATCH", path, {"is_open": True}),
            "close": ("PATCH", path, {"is_open": False}),
        }[what]
        await actor.tries(method, where, body)

    async def _settle(self, actor: Somebody, what: str, path: str, which: int) -> None:
        level = ("all", "mentions", "nothing")[which % 3]
        method, where, body = {
            "favourite": ("PUT", f"{path}/favourite", None),
            "plain": ("DELETE", f"{path}/favourite", None),
            "level": ("PUT", f"{path}/level", {"level": level}),
            "put away": ("PUT", f"{path}/put-away", None),
            "back": ("DELETE", f"{path}/put-away", None),
        }[what]
        await actor.tries(method, where, body)

    async def _network(self, actor: Somebody, what: str) -> None:
        if what == "cut":
            actor.client.cut()
        else:
            await holds_everything(actor)


EVERYTHING = [(what, who, place) for what in (*WRITING, *SETTLING, *RULING) for who, place in ((0, 0), (1, 1), (0, 1))]


@settings(
    max_examples=3,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes seconds: shrinking it would take long
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(script=st.lists(doing, min_size=20, max_size=40))
@example(script=EVERYTHING)
@example(script=[("send", 1, 0), ("archive", 0, 0), ("archive", 0, 1), ("cut", 1, 0), ("put away", 1, 1)])
@example(script=[*EVERYTHING[:40], ("cut", 1, 0), *EVERYTHING[40:], ("cut", 2, 0), *EVERYTHING[:20]])
async def test_what_was_held_and_the_changes_since_are_what_is_read_anew(
    here: Site, script: list[tuple[str, int, int]]
) -> None:
    people = [await hire(here, web) for web in (0, 1, 1)]
    places = [await opens(people, kind) for kind in ("group", "channel")]
    scene = Scene(people, places)
    async with people[0].client.connected(), people[1].client.connected(), people[2].client.connected():
        for step in script:
            await scene.do(*step)
        held = [await holds_everything(each) for each in people]
    assert held[0].keys() == set(places), "the owner is in both to the end"


async def opens(people: list[Somebody], kind: str) -> str:
    """A group or an open channel of all three, which the first of them owns."""
    wanted = {"kind": kind, "name": "Lunch", "is_open": kind == "channel"}
    place: Json = await people[0].tries("POST", "/groups", wanted)
    await people[0].tries("POST", f"/conversations/{place['id']}/members", {"people": [each.id for each in people[1:]]})
    return str(place["id"])


async def hire(here: Site, web: int) -> Somebody:
    """Somebody new of the organisation."""
    who = await sign_in(here.world.database, f"{uuid4().hex}@example.com", "Somebody", "employee")
    return Somebody(here, str(who.person_id), await here.token(who), web)


async def holds_everything(actor: Somebody) -> dict[str, Place]:
    """Nothing more happens that would show a gap: what was missed has to come by itself."""
    client, fresh = actor.client, dict[str, Place]()

    async def holds() -> bool:
        nonlocal fresh
        fresh = await read_anew(client.reader)
        return client.up_to_date.is_set() and client.places == fresh

    await eventually(holds, lambda: (client.places, fresh))
    return fresh
