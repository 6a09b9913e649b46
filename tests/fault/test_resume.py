"""Whatever happens in whatever order: at the end everybody holds exactly what somebody new would read."""

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.fault.scene import TROUBLE, Actor, Scene
from tests.live.client import Thread
from tests.processes import Site
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]

writing = st.tuples(st.sampled_from(["send"] * 4 + ["edit", "edit", "delete"]), st.integers(0, 2), st.integers(0, 9))
network = st.tuples(
    st.sampled_from(["leave", "come back", "cut", "move", "pause"]), st.integers(0, 2), st.integers(0, 9)
)
trouble = st.tuples(st.sampled_from(TROUBLE), st.integers(0, 1), st.integers(0, 9))


@st.composite
def scripts(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Much writing, some of it without a network, and at most two processes that end in between."""
    steps = draw(st.lists(st.one_of(writing, writing, network), min_size=8, max_size=40))
    for one in draw(st.lists(trouble, max_size=2)):
        steps.insert(draw(st.integers(0, len(steps))), one)
    return steps


MANY_SENDS = [("send", number % 3, number) for number in range(12)]


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
async def test_whoever_resumes_holds_what_somebody_new_would_read(
    here: Site, script: list[tuple[str, int, int]]
) -> None:
    async with Scene(here) as scene:
        for step in script:
            await scene.do(step)
        await scene.calm()
        for actor in scene.actors:
            await holds_everything(actor, scene.place)


async def holds_everything(actor: Actor, place: str) -> None:
    """Nobody says anything more that would show a gap: what was missed has to come by itself."""
    client, fresh = actor.client, dict[str, Thread]()

    async def holds() -> bool:
        nonlocal fresh
        fresh = await client.reader.everything()
        return client.up_to_date.is_set() and client.threads == fresh

    await eventually(holds, lambda: (client.threads, fresh))
    said = sorted(fresh[place].messages.values(), key=lambda each: each["ordinal"])
    assert [each["ordinal"] for each in said] == list(range(1, len(said) + 1))
    assert {each["id"] for each in said} >= set(actor.sent)
    # Nothing was sent twice: each key stands once.
    keys = [each["key"] for each in said if each["key"]]
    assert len(keys) == len(set(keys))
