"""A communication by push and another channel: its broadcast begins, pauses and ends with it."""

from uuid import UUID

import pytest_asyncio

from estafette.communications.actions.reporting import failures
from estafette.communications.models.communications import Communication, FailureCount
from estafette.communications.models.content import Content, PushText, SmsText, Texts
from estafette.deliveries.models.messages import Accepted, Outcome, Refused
from tests.communications.scene import Scene
from tests.deliveries.broadcasts.conftest import Station
from tests.world import World

NEWS = Content(
    default_language="en",
    texts={"en": Texts(sms=SmsText(text="We open."), push=PushText(title="News", text="We open.", url="/partners"))},
)


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    made = await Scene(world).begin()
    await made.register(Anna="+33612345601")
    return made


@pytest_asyncio.fixture
async def station(scene: Scene) -> Station:
    made = await Station(scene.database).begin()
    await made.subscribe(3)
    return made


async def begun(scene: Scene) -> Communication:
    made = await scene.create(channels=["push", "sms"], content=NEWS)
    await scene.work()
    return made


async def test_the_broadcast_is_a_channel_like_others(scene: Scene, station: Station) -> None:
    made = await begun(scene)
    assert (await scene.pause(made)).waiting == 4
    assert not await is_leased(station)
    await scene.resume(made)
    leased = await station.leased()
    flying = await scene.pause(made)
    assert (flying.waiting, flying.in_flight) == (1, 3)
    await scene.resume(made)
    await station.record(leased, Accepted(provider_ids=("x",)))
    await scene.work()
    assert await scene.state(made.id) == "running"
    await scene.accept(*await scene.claim())
    await scene.work()
    assert await scene.state(made.id) == "completed"
    assert (await scene.shown(made.id))["push"] == {"SENT": 3}


async def test_a_cancellation_waits_for_what_is_in_flight(scene: Scene, station: Station) -> None:
    made = await begun(scene)
    leased = await station.leased()
    cancelled = await scene.cancel(made)
    assert (cancelled.cancelled, cancelled.in_flight) == (1, 3)
    await scene.work()
    assert await scene.state(made.id) == "cancelling"
    await station.record(leased, Accepted(provider_ids=("x",)))
    await scene.work()
    assert await scene.state(made.id) == "cancelled"


async def test_browsers_that_were_not_told_are_among_the_failures(scene: Scene, station: Station) -> None:
    made = await begun(scene)
    leased = await station.leased()
    gone = Refused(kind="operator", permanent=True, code="subscription_gone", reason="410", gone=True)
    ended: list[Outcome] = [gone, gone, Accepted(provider_ids=("x",))]
    await station.record(leased, {each.delivery_id: how for each, how in zip(leased.messages, ended, strict=True)})
    found = await failures(scene.database, scene.world.root, made.id)
    assert found.items == [
        FailureCount(channel="push", status="OPERATOR_ERROR", reason="subscription_gone", count=2),
    ]


async def is_leased(station: Station) -> bool:
    return not isinstance(await station.lease(UUID(int=7)), float | None)
