"""Who is told: programs of the maker of each state, once; and whoever watches, of what is new."""

from typing import Any
from uuid import UUID

import msgspec
import pytest_asyncio

from estafette.base.ids import new_id
from estafette.communications.actions.live import LiveCommunications, may_watch
from estafette.communications.actions.telling import tell_programs
from estafette.realtime import Frame, Watch
from tests.communications.scene import Scene
from tests.world import World


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    made = await Scene(world).begin()
    await made.register(Zoe="+33612345601")
    return made


async def test_programs_are_told_of_every_state_in_order_and_once(scene: Scene) -> None:
    await scene.database.execute(
        "INSERT INTO webhooks (id, owner_id, url, events, secret, enabled, created_at) "
        "VALUES ($1, $2, 'https://example.com', '{communication.state_changed}', '', true, now())",
        new_id(),
        scene.root.person_id,
    )
    made = await scene.create(name="Opening")
    await scene.work()
    await scene.pause(made)
    assert await tell_programs(scene.database) == 4
    assert await tell_programs(scene.database) == 0
    rows = await scene.database.fetch("SELECT event, payload AS data FROM webhook_calls ORDER BY id")
    told: list[dict[str, Any]] = [row["data"] for row in rows]
    assert {row["event"] for row in rows} == {"communication.state_changed"}
    assert {(each["state"], each["revision"]) for each in told} == {
        ("scheduled", 1),
        ("preparing", 2),
        ("running", 3),
        ("paused", 4),
    }
    assert {(each["communication"], each["name"]) for each in told} == {(str(made.id), "Opening")}
    assert [each["pause_reason"] for each in told if each["state"] == "paused"] == ["by_hand"]


class Watcher:
    """A connection as far as telling needs one."""

    def __init__(self, *watched: UUID) -> None:
        self.watched = self.topics = frozenset(watched)
        self.frames: list[dict[str, Any]] = []

    def push_about(self, topics: frozenset[UUID], frame: Frame) -> None:
        assert topics <= self.watched
        self.frames.append(msgspec.json.decode(frame.event["text"]))


async def test_who_watches_is_told_at_once_and_then_what_is_new(scene: Scene) -> None:
    made, other = await scene.create(), new_id()
    live, watcher = LiveCommunications(scene.database), Watcher(made.id, other)
    connection: Any = watcher
    for topic in (made.id, other):
        live.heard(connection, Watch(topic))
    for _ in range(2):
        await live.tell()
    scheduled = {"type": "communication", "id": str(made.id), "state": "scheduled", "revision": 1, "totals": {}}
    assert watcher.frames == [scheduled]
    await scene.work()
    await live.tell()
    running = scheduled | {"state": "running", "revision": 3, "totals": {"sms": {"CREATED": 1}}}
    assert watcher.frames == [scheduled, running]
    # Whoever asks again is told again, and nobody who looks no more.
    live.heard(connection, Watch(made.id))
    await live.tell()
    watcher.watched = frozenset()
    await scene.pause(made)
    await live.tell()
    assert watcher.frames == [scheduled, running, running]


async def test_only_those_with_the_role_may_watch(scene: Scene, world: World) -> None:
    made = await scene.create()
    for who, may in ((world.root, True), (world.claire, False), (None, False)):
        assert await may_watch(scene.database, who, made.id) is may
    assert not await may_watch(scene.database, world.root, new_id())
