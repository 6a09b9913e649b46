"""News by push: anybody's browser subscribes, and who has its secret ends that, with or without an account."""

from typing import Any

import httpx

from estafette import deliveries
from estafette.deliveries.rules import broadcasts
from tests.deliveries.api.conftest import Json, Scene
from tests.web.outgoing import base64url, subscription

PATH = "/api/v1/push/broadcast-subscriptions"


async def offered(scene: Scene) -> httpx.AsyncClient:
    """A stranger at an installation that can send notifications."""
    await deliveries.prepare_gateways(scene.database, scene.vault, [])
    return scene.web_server.client()


async def end(stranger: httpx.AsyncClient, browser: Json, **changes: str) -> int:
    given = {"endpoint": browser["endpoint"], "auth": browser["keys"]["auth"]} | changes
    return (await stranger.request("DELETE", PATH, json=given)).status_code


async def known(scene: Scene) -> dict[str, Any]:
    return await scene.root.good("GET", "/push/broadcast-subscribers")


async def test_news_are_offered_as_soon_as_a_gateway_carries_them_unless_administrators_say_no(scene: Scene) -> None:
    stranger = scene.web_server.client()
    assert (await stranger.get("/api/v1/push/broadcast-key")).json() == {"key": None}
    refused = await stranger.post(PATH, json=subscription())
    assert (refused.status_code, refused.json()["code"]) == (409, "news_not_offered")
    await offered(scene)
    ann = await scene.visitor("Ann")
    assert (await stranger.get("/api/v1/push/broadcast-key")).json() == await ann.good("GET", "/push/key")
    assert (await stranger.post(PATH, json=subscription())).status_code == 201
    assert await scene.root.good("GET", "/push/broadcast-settings") == {"offered": True}
    await scene.root.good("PUT", "/push/broadcast-settings", {"offered": False})
    assert (await stranger.get("/api/v1/push/broadcast-key")).json() == {"key": None}
    assert (await stranger.post(PATH, json=subscription())).status_code == 409
    assert (await known(scene))["count"] == 1, "who has subscribed stays"


async def test_only_who_has_the_secret_of_a_browser_ends_its_subscription(scene: Scene) -> None:
    stranger = await offered(scene)
    browser = subscription()
    made = await stranger.post(PATH, json=browser | {"language": "fr"})
    assert (made.status_code, made.json()["language"]) == (201, "fr")
    assert (await stranger.post(PATH, json=browser | {"language": "ru"})).json()["language"] == "ru"
    assert await known(scene) == {"count": 1, "languages": {"ru": 1}}
    assert await end(stranger, browser, auth=base64url(b"0" * 16)) == 204
    assert await end(stranger, browser, auth="no base64!") == 204
    assert await end(stranger, browser, endpoint="https://push.example.com/\0") == 204
    assert (await known(scene))["count"] == 1, "and nobody is told whether there was one"
    assert [await end(stranger, browser) for _ in range(2)] == [204, 204]
    assert (await known(scene))["count"] == 0


async def test_a_browser_with_a_new_address_keeps_its_language(scene: Scene) -> None:
    stranger = await offered(scene)
    former, fresh = subscription(), subscription()
    await stranger.post(PATH, json=former | {"language": "pt"})
    replaced = {"endpoint": former["endpoint"], "auth": former["keys"]["auth"]}
    answer = await stranger.post(PATH, json=fresh | {"language": "en", "replaces": replaced})
    assert answer.json()["language"] == "pt"
    assert await known(scene) == {"count": 1, "languages": {"pt": 1}}


async def test_news_have_nothing_to_do_with_a_session(scene: Scene) -> None:
    await offered(scene)
    ann = await scene.visitor("Ann")
    browser = subscription()
    await ann.good("POST", "/push/subscriptions", browser)
    await ann.good("POST", "/push/broadcast-subscriptions", browser)
    await ann.ask("DELETE", "/sessions/current")
    await deliveries.forget_ended_subscriptions(scene.database)
    assert await scene.database.fetchval("SELECT count(*) FROM push_subscriptions") == 0
    assert (await known(scene))["count"] == 1


async def test_what_is_no_browser_is_refused_by_the_name_of_its_field(scene: Scene) -> None:
    stranger = await offered(scene)
    keys = {"p256dh": "x", "auth": "y"}
    wrong = await stranger.post(PATH, json={"endpoint": "ftp://push.example.com", "keys": keys, "language": "en"})
    assert {(each["field"], each["code"]) for each in wrong.json()["errors"]} == {
        ("endpoint", "url_invalid"),
        ("keys.p256dh", "wrong_type"),
        ("keys.auth", "wrong_type"),
    }
    unknown = await stranger.post(PATH, json=subscription() | {"language": "de"})
    assert [each["field"] for each in unknown.json()["errors"]] == ["language"]


async def test_one_address_and_one_unknown_push_service_take_so_many_an_hour(scene: Scene) -> None:
    stranger = await offered(scene)
    assert broadcasts.unknown_service("https://fcm.googleapis.com/fcm/send/x") is None
    assert broadcasts.unknown_service("https://db5p.notify.windows.com./w") is None
    assert broadcasts.unknown_service("https://evilpush.apple.com.example/x") == "evilpush.apple.com.example"
    service, address = "news at:push.example.com", "news:127.0.0.1"
    await scene.database.execute(
        "INSERT INTO rate_limits (bucket, count, ends_at) VALUES ($1, $2, now() + interval '1 hour')",
        service,
        broadcasts.OF_SERVICE - 1,
    )
    assert [(await stranger.post(PATH, json=subscription())).status_code for _ in range(2)] == [201, 429]
    elsewhere = {"endpoint": "https://updates.push.services.mozilla.com/wpush/v2/x"}
    assert (await stranger.post(PATH, json=subscription() | elsewhere)).status_code == 201
    await scene.database.execute(
        "UPDATE rate_limits SET count = $2 WHERE bucket = $1", address, broadcasts.OF_NEIGHBOURHOOD
    )
    assert (await stranger.post(PATH, json=subscription() | elsewhere)).status_code == 429
