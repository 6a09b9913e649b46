"""Whatever happens in whatever order: at the end everybody holds exactly what somebody new would read."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.fault.rights import Membership
from tests.fault.scene import TROUBLE, Actor, Scene
from tests.live.client import Json, Reader, Thread
from tests.processes import Site
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

writing = st.tuples(st.sampled_from(["send"] * 4 + ["edit", "edit", "delete"]), st.integers(0, 2), st.integers(0, 9))
network = st.tuples(
    st.sampled_from(["leave", "come back", "cut", "move", "pause"]), st.integers(0, 2), st.integers(0, 9)
)
coming = st.tuples(
    st.sampled_from(["join", "go", "remove", "remove", "invite", "invite all", "open", "close", "read", "type"]),
    st.integers(0, 2),
    st.integers(0, 9),
)
trouble = st.tuples(st.sampled_from(TROUBLE), st.integers(0, 1), st.integers(0, 9))


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Much writing, members who come and go, some of it without a network, and at most two processes that end."""
    steps = draw(st.lists(st.one_of(writing, writing, coming, network), min_size=8, max_size=50))
    for one in draw(st.lists(trouble, max_size=2)):
        steps.insert(draw(st.integers(0, len(steps))), one)
    return steps


MANY_SENDS = [("send", number % 3, number) for number in range(12)]
ALL_GO = [("remove", 0, 0), ("go", 0, 1), ("remove", 1, 0), ("remove", 1, 1)]
ALL_COME = [("invite all", 0, 0), ("invite", 0, 1), ("join", 1, 1)]


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes seconds: shrinking it would take an hour
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(script=scripts())
@example(script=[*MANY_SENDS, ("kill", 0, 2), *MANY_SENDS, ("kill", 1, 5), *MANY_SENDS, ("kill", 0, 3)])
@example(script=[("leave", 1, 0), *MANY_SENDS, ("pause", 0, 9), ("edit", 0, 1), ("delete", 0, 2), ("come back", 1, 0)])
@example(script=[*MANY_SENDS, ("cut the bus", 0, 1), *MANY_SENDS, ("cut the bus", 0, 3), ("kill the worker", 0, 0)])
@example(script=[*MANY_SENDS, *ALL_GO, *MANY_SENDS, ("kill", 0, 2), *ALL_COME, *MANY_SENDS, *ALL_GO, *MANY_SENDS])
@example(script=[*MANY_SENDS, ("leave", 1, 0), *ALL_GO, ("close", 0, 0), *MANY_SENDS, ("come back", 1, 0), *ALL_COME])
async def test_whoever_resumes_holds_what_somebody_new_would_read(
    here: Site, script: list[tuple[str, int, int]]
) -> None:
    async with Scene(here) as scene:
        for step in script:
            await scene.do(step)
        await scene.calm()
        read = [await holds_everything(actor) for actor in scene.actors]
        # The first of them is in all the conversations from beginning to end.
        assert read[0].keys() == set(scene.places)
        nothing_lost_nothing_doubled(scene.actors, read[0])
        for actor, theirs in zip(scene.actors, read, strict=True):
            await unread_is_exact(actor, theirs)
        for place in scene.groups:
            await nobody_was_told_more_than_they_may(scene, place, read)


async def holds_everything(actor: Actor) -> dict[str, Thread]:
    """Nobody says anything more that would show a gap: what was missed has to come by itself."""
    client, fresh = actor.client, dict[str, Thread]()

    async def holds() -> bool:
        nonlocal fresh
        fresh = await client.reader.everything()
        return client.up_to_date.is_set() and client.threads == fresh

    await eventually(holds, lambda: (client.threads, fresh))
    return fresh


def nothing_lost_nothing_doubled(actors: list[Actor], read: dict[str, Thread]) -> None:
    for thread in read.values():
        assert [each["ordinal"] for each in said_in(thread)] == list(range(1, len(thread.messages) + 1))
        # Nothing was sent twice: each key stands once.
        keys = [each["key"] for each in said_in(thread) if each["key"]]
        assert len(keys) == len(set(keys))
    for place, message in [sent for actor in actors for sent in actor.sent]:
        assert message in read[place].messages


def said_in(thread: Thread) -> list[Json]:
    return sorted(thread.messages.values(), key=lambda each: each["ordinal"])


async def unread_is_exact(actor: Actor, read: dict[str, Thread]) -> None:
    """What others have said since the position, and not deleted."""
    reader = actor.client.reader
    for place, thread in read.items():
        seen = await reader.get(f"/conversations/{place}")
        position = await position_of(reader, place)
        side = seen.get("my_party", actor.person)
        unread = [
            each
            for each in said_in(thread)
            if each["ordinal"] > position and each["party_id"] != side and not each["deleted_at"]
        ]
        assert seen["unread"] == len(unread), (seen, position, unread)


async def position_of(reader: Reader, place: str) -> int:
    """How far somebody has read: to read up to nothing answers where one is."""
    url, headers = f"{reader.url}/api/v1/conversations/{place}/read", {"Authorization": f"Bearer {reader.token}"}
    async with reader.http.put(url, json={"ordinal": 0}, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
        return (await answer.json())["ordinal"]


async def nobody_was_told_more_than_they_may(scene: Scene, place: str, read: list[dict[str, Thread]]) -> None:
    page = await scene.actors[0].client.reader.get(f"/conversations/{place}/changes", after=0, limit=1000)
    assert page["until"] == page["head"]
    for actor, theirs in zip(scene.actors[1:], read[1:], strict=True):
        membership = Membership(place, actor.person, page["changes"])
        assert membership.inside_at_last == (place in theirs)
        assert membership.trespasses(actor.client.frames) == []
