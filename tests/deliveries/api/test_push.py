"""Browsers that want to be told: subscribed, renewed, tried out and gone, each of its own person."""

import base64

import pytest

from estafette import deliveries
from estafette.base.database import Database
from tests.deliveries.api.conftest import Json, Scene
from tests.waiting import eventually
from tests.web.outgoing import subscription


async def test_push_works_from_the_first_start_with_a_key_that_stays(scene: Scene) -> None:
    ann = await scene.visitor("Ann")
    assert await ann.good("GET", "/push/key") == {"key": None}
    for _ in range(2):
        await deliveries.prepare_gateways(scene.database, scene.vault, [])
    [gateway] = (await scene.root.good("GET", "/gateways"))["items"]
    assert (gateway["transport"], gateway["channels"], gateway["managed"]) == ("web_push", ["push"], False)
    assert gateway["credentials_set"] == ["private_key"]
    key = (await ann.good("GET", "/push/key"))["key"]
    point = base64.urlsafe_b64decode(key + "==")
    assert (len(point), point[0]) == (65, 4)
    # Changing the gateway does not change the key: browsers are subscribed with it.
    given: Json = {"name": "Push", "transport": "web_push", "channels": ["push"], "credentials": {}}
    await scene.root.good("PUT", f"/gateways/{gateway['id']}", given)
    assert (await ann.good("GET", "/push/key"))["key"] == key
    wrong = await scene.root.wrong("PUT", f"/gateways/{gateway['id']}", given | {"credentials": {"private_key": "x"}})
    assert wrong == {"credentials.private_key": "wrong_type"}
    # Removed, it stays removed.
    await scene.root.ask("DELETE", f"/gateways/{gateway['id']}")
    await deliveries.prepare_gateways(scene.database, scene.vault, [])
    assert await ann.good("GET", "/push/key") == {"key": None}


async def test_a_browser_is_known_by_its_endpoint(scene: Scene) -> None:
    ann = await scene.visitor("Ann")
    browser = subscription()
    first = await ann.good("POST", "/push/subscriptions", browser | {"label": " Phone  of Ann "})
    assert (first["label"], first["endpoint"]) == ("Phone of Ann", browser["endpoint"])
    renewed = await ann.good("POST", "/push/subscriptions", browser | {"keys": subscription()["keys"]})
    assert renewed["id"] == first["id"]
    assert len((await ann.good("GET", "/push/subscriptions"))["items"]) == 1
    assert (await ann.ask("DELETE", f"/push/subscriptions/{first['id']}"))[0] == 204
    assert (await ann.good("GET", "/push/subscriptions"))["items"] == []


async def test_a_browser_that_changes_hands_gets_nothing_that_was_meant_for_the_first(scene: Scene) -> None:
    ann, ben = await scene.visitor("Ann"), await scene.visitor("Ben")
    browser = subscription()
    first = await ann.good("POST", "/push/subscriptions", browser)
    second = await ben.good("POST", "/push/subscriptions", browser)
    assert first["id"] != second["id"]
    assert (await ann.good("GET", "/push/subscriptions"))["items"] == []


async def test_one_person_never_sees_anothers_browsers(scene: Scene) -> None:
    ann, ben = await scene.visitor("Ann"), await scene.visitor("Ben")
    hers = await ann.good("POST", "/push/subscriptions", subscription())
    for other in (ben, scene.robot, scene.root):
        assert (await other.good("GET", "/push/subscriptions"))["items"] == []
        for method, path in (("DELETE", ""), ("POST", "/test")):
            status, answer = await other.ask(method, f"/push/subscriptions/{hers['id']}{path}")
            assert (status, answer["code"]) == (404, "unknown_subscription")
    assert len((await ann.good("GET", "/push/subscriptions"))["items"]) == 1


async def test_a_person_has_twenty_browsers_at_most_and_the_oldest_is_forgotten(scene: Scene) -> None:
    ann = await scene.visitor("Ann")
    made = [(await ann.good("POST", "/push/subscriptions", subscription()))["id"] for _ in range(22)]
    assert [each["id"] for each in (await ann.good("GET", "/push/subscriptions"))["items"]] == made[2:]


async def until_delivered(database: Database, id_: int) -> None:
    await eventually(
        lambda: database.fetchval("SELECT true FROM deliveries WHERE id = $1 AND status = 'DELIVERED'", id_)
    )


async def test_a_browser_can_be_tried_out_now_and_then(scene: Scene) -> None:
    await scene.gateway()
    ann = await scene.visitor("Ann")
    hers = await ann.good("POST", "/push/subscriptions", subscription())
    path = f"/push/subscriptions/{hers['id']}/test"
    sent = await ann.good("POST", path)
    assert (sent["channel"], sent["recipient"]) == ("push", hers["id"])
    assert sent["text"]
    async with scene.working():
        await until_delivered(scene.database, sent["id"])
    for _ in range(19):
        await ann.good("POST", path)
    assert (await ann.ask("POST", path))[0] == 429


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"endpoint": "http://push.example.com/x"}, {"endpoint": "url_invalid"}),
        ({"endpoint": "https://127.0.0.1/x"}, {"endpoint": "url_invalid"}),
        ({"endpoint": "https://[::1]/x"}, {"endpoint": "url_invalid"}),
        ({"endpoint": "https://user:word@push.example.com/x"}, {"endpoint": "url_invalid"}),
        ({"endpoint": "https://push.example.com/" + "x" * 2_000}, {"endpoint": "too_long"}),
        ({"endpoint": 5}, {"endpoint": "wrong_type"}),
        ({"label": "x" * 101}, {"label": "too_long"}),
        ({"label": "a\x00"}, {"label": "forbidden_character"}),
        ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, {"keys.p256dh": "wrong_type", "keys.auth": "wrong_type"}),
        ({"keys": {"p256dh": "é", "auth": "!"}}, {"keys.p256dh": "wrong_type", "keys.auth": "wrong_type"}),
        ({"keys": {"auth": "AAAA"}}, {"keys.p256dh": "required"}),
        ({"keys": None}, {"keys": "wrong_type"}),
    ],
)
async def test_every_wrong_field_is_named(scene: Scene, changes: Json, wrong: dict[str, str]) -> None:
    ann = await scene.visitor("Ann")
    assert await ann.wrong("POST", "/push/subscriptions", subscription() | changes) == wrong
