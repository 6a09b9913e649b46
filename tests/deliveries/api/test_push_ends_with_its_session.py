"""A phone is told by push messages for as long as the session lasts that asked for it, however that ends."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from estafette import deliveries
from estafette.base.database import Database
from estafette.deliveries.actions.push import UNUSED
from tests.deliveries.api.conftest import Scene
from tests.http import PASSWORD
from tests.waiting import eventually
from tests.web.outgoing import subscription

API = "/api/v1"
SUBSCRIPTIONS = f"{API}/push/subscriptions"
PHONE = {"email": "ann@example.com", "password": PASSWORD}


class Devices:
    """Ann's laptop and her phone, both of which want to be told."""

    def __init__(self, scene: Scene, laptop: httpx.AsyncClient, phone: httpx.AsyncClient) -> None:
        self.scene, self.laptop, self.phone = scene, laptop, phone
        self.endpoint = subscription()
        self.session = ""
        self.person = UUID(int=0)

    async def subscribe(self) -> None:
        await done(self.phone.post(f"{API}/sessions", json=PHONE))
        sessions = (await done(self.phone.get(f"{API}/sessions")))["items"]
        [self.session] = [each["id"] for each in sessions if each["current"]]
        self.person = UUID((await done(self.phone.get(f"{API}/me")))["id"])
        self.there = UUID((await done(self.phone.post(SUBSCRIPTIONS, json=self.endpoint)))["id"])
        self.here = UUID((await done(self.laptop.post(SUBSCRIPTIONS, json=subscription())))["id"])

    async def told(self) -> list[UUID]:
        """The subscriptions through which Ann would be told now."""
        database = self.scene.database
        return (await deliveries.browsers(database, [self.person], database.clock.now())).get(self.person, [])


async def done(asked: Awaitable[httpx.Response]) -> Any:
    answer = await asked
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


async def ends_the_others(devices: Devices) -> None:
    await done(devices.laptop.delete(f"{API}/sessions"))


async def ends_that_one(devices: Devices) -> None:
    await done(devices.laptop.delete(f"{API}/sessions/{devices.session}"))


async def signs_out(devices: Devices) -> None:
    await done(devices.phone.delete(f"{API}/sessions/current"))


async def changes_the_password(devices: Devices) -> None:
    given = {"current": PASSWORD, "new": "another horse, another battery"}
    await done(devices.laptop.put(f"{API}/me/password", json=given))


async def it_expires(devices: Devices) -> None:
    await devices.scene.database.execute("UPDATE sessions SET expires_at = now() WHERE id = $1", devices.session)


async def somebody_else_signs_in_there(devices: Devices) -> None:
    ben = await devices.scene.visitor("Ben")
    await ben.good("POST", "/push/subscriptions", devices.endpoint)


async def switched_off_there(devices: Devices) -> None:
    await done(devices.phone.delete(f"{SUBSCRIPTIONS}/{devices.there}"))


@pytest.mark.parametrize(
    "end",
    [
        ends_the_others,
        ends_that_one,
        signs_out,
        changes_the_password,
        it_expires,
        somebody_else_signs_in_there,
        switched_off_there,
    ],
)
async def test_nothing_more_is_pushed_to_a_phone_whose_session_has_ended(
    scene: Scene, end: Callable[[Devices], Awaitable[None]]
) -> None:
    devices = await both_subscribed(scene)
    gateway = await scene.gateway()
    # What was accepted before waits in the queue meanwhile.
    to_phone = await done(devices.phone.post(f"{SUBSCRIPTIONS}/{devices.there}/test"))
    to_laptop = await done(devices.laptop.post(f"{SUBSCRIPTIONS}/{devices.here}/test"))
    await end(devices)
    assert await devices.told() == [devices.here]
    assert [each["id"] for each in (await done(devices.laptop.get(SUBSCRIPTIONS)))["items"]] == [str(devices.here)]
    async with scene.working():
        assert await outcome(scene.database, to_phone["id"]) == ("OPERATOR_ERROR", "subscription_gone")
        assert (await outcome(scene.database, to_laptop["id"]))[0] == "DELIVERED"
    assert len(scene.files(gateway)) == 1


async def test_who_is_deactivated_or_given_another_password_is_told_nothing_more(scene: Scene) -> None:
    root = await scene.in_browser(scene.root.who)  # a token does not set passwords
    for number, change in enumerate(({"disabled": True}, {"password": "another horse, another battery"})):
        ben = await scene.visitor(f"Ben{number}")
        await ben.good("POST", "/push/subscriptions", subscription())
        await root.good("PATCH", f"/people/{ben.id}", change)
        assert await deliveries.browsers(scene.database, [ben.id], scene.database.clock.now()) == {}


async def test_a_token_cannot_subscribe_and_its_person_still_sees_and_ends_subscriptions(scene: Scene) -> None:
    robot = scene.robot
    status, answer = await robot.ask("POST", "/push/subscriptions", subscription())
    assert (status, answer["code"]) == (403, "session_needed")
    ann = await scene.visitor("Ann")
    made = await ann.good("POST", "/push/subscriptions", subscription())
    status, _ = await robot.ask("DELETE", f"/push/subscriptions/{made['id']}")
    assert status == 404


async def test_a_person_who_signs_in_again_in_the_same_browser_is_told_once(scene: Scene) -> None:
    devices = await both_subscribed(scene)
    await done(devices.phone.post(f"{API}/sessions", json=PHONE))
    again = await done(devices.phone.post(SUBSCRIPTIONS, json=devices.endpoint))
    assert again["id"] != str(devices.there)
    assert await devices.told() == [devices.here, UUID(again["id"])]


async def test_what_has_ended_is_removed_and_nothing_else(scene: Scene) -> None:
    devices = await both_subscribed(scene)
    await ends_that_one(devices)
    database = scene.database
    await deliveries.forget_ended_subscriptions(database)
    assert await left(database) == (1, 2), "an endpoint may be subscribed to just now"
    database.clock.move(UNUSED + timedelta(minutes=1))
    await deliveries.forget_ended_subscriptions(database)
    assert await left(database) == (1, 1)


async def both_subscribed(scene: Scene) -> Devices:
    devices = Devices(scene, await scene.web_server.sign_up(), scene.web_server.client())
    await devices.subscribe()
    return devices


async def left(database: Database) -> tuple[int, int]:
    """How many subscriptions and endpoints there are."""
    row = await database.fetchrow(
        "SELECT (SELECT count(*) FROM push_subscriptions) AS s, (SELECT count(*) FROM push_endpoints) AS e"
    )
    assert row is not None
    return row["s"], row["e"]


async def outcome(database: Database, id_: int) -> tuple[str, str | None]:
    """How a message ended."""

    async def look() -> Any:
        row = await database.fetchrow("SELECT status, reason FROM deliveries WHERE id = $1", id_)
        assert row is not None
        return row if row["status"] not in ("CREATED", "SENT") else None

    row = await eventually(look)
    return row["status"], row["reason"]
