"""Gateways over HTTP: what administrators set up, what is wrong with it, and what nobody is ever shown again."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from estafette.deliveries.actions.receiving import Inbox
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.rules.retries import TRIED_FOR
from estafette.deliveries.store.gateway_health import not_understood
from estafette.deliveries.transports import TRANSPORTS
from tests.deliveries.api.conftest import Json, Scene
from tests.waiting import eventually

SMPP: Json = {
    "name": "Submitter",
    "transport": "smpp",
    "channels": ["sms"],
    "settings": {"host": "smsc.example.com", "port": 2775},
    "credentials": {"system_id": "estafette", "password": "s3cret!!"},
}


async def test_credentials_are_stored_encrypted_and_never_shown_again(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", SMPP)
    assert made["credentials_set"] == ["password", "system_id"]
    shown = [
        made,
        await scene.root.good("GET", f"/gateways/{made['id']}"),
        await scene.root.good("GET", "/gateways"),
        await scene.root.good("PUT", f"/gateways/{made['id']}", SMPP | {"credentials": {}}),
    ]
    assert "s3cret" not in str(shown)
    row = await scene.database.fetchrow("SELECT * FROM gateways")
    assert row is not None
    assert b"s3cret" not in row["credentials"]
    assert "s3cret" not in str(dict(row))


async def test_a_credential_that_is_left_out_stays_and_null_takes_it_away(scene: Scene) -> None:
    mail: Json = {
        "name": "Mail",
        "transport": "smtp",
        "channels": ["email"],
        "settings": {"host": "mail.example.com", "sender": "us@example.com"},
        "credentials": {"user": "us", "password": "s3cret"},
    }
    id_ = (await scene.root.good("POST", "/gateways", mail))["id"]
    changed = await scene.root.good("PUT", f"/gateways/{id_}", mail | {"name": "Post", "credentials": {"user": "me"}})
    assert (changed["name"], changed["credentials_set"]) == ("Post", ["password", "user"])
    gone = {"credentials": {"user": None, "password": None}}
    assert (await scene.root.good("PUT", f"/gateways/{id_}", mail | gone))["credentials_set"] == []


@pytest.mark.parametrize("place", [{"host": "elsewhere.example.com"}, {"port": 2776}, {"tls": True}])
async def test_where_a_gateway_is_changes_only_with_its_credentials(scene: Scene, place: Json) -> None:
    """Else whoever may change it could have them sent to himself."""
    made = await scene.root.good("POST", "/gateways", SMPP)
    moved = SMPP | {"settings": SMPP["settings"] | place}
    path = f"/gateways/{made['id']}"
    again = {"credentials.password": "needed_again", "credentials.system_id": "needed_again"}
    assert await scene.root.wrong("PUT", path, moved | {"credentials": {}}) == again
    some = moved | {"credentials": {"system_id": "estafette"}}
    assert await scene.root.wrong("PUT", path, some) == {"credentials.password": "needed_again"}
    assert await scene.root.good("GET", path) == made
    assert (await scene.root.good("PUT", path, moved))["settings"] == made["settings"] | place
    assert (await scene.root.good("PUT", path, moved | {"name": "Else", "credentials": {}}))["name"] == "Else"


async def test_a_gateway_is_shown_with_all_its_settings_its_health_and_its_counts(scene: Scene) -> None:
    made = await scene.gateway()
    assert made["settings"] == {"delivers": True, "fails": 0}
    assert made["health"] == made["health"] | {"up": False, "links_open": 0, "error": None, "waiting": 0}
    assert (made["managed"], made["counts"], made["callback_url"]) == (False, {}, None)
    sent = await scene.robot.sends()
    async with scene.working():
        await scene.robot.comes_to(sent, "DELIVERED")
        # Noted with the next sign of life.
        health = await told(scene, made["id"], "accepted_at")
        assert (health["up"], health["links_open"]) == (True, 1)
    scene.database.clock.move(timedelta(minutes=5))
    await scene.robot.sends(send_at="2026-01-01T00:00:00Z")
    health = (await scene.root.good("GET", f"/gateways/{made['id']}"))["health"]
    assert health["waiting"] == 1


async def test_what_a_gateway_tells_and_is_not_understood_is_counted_for_a_day(scene: Scene) -> None:
    made = await scene.root.good("POST", "/gateways", SMPP)
    assert (made["health"]["not_understood"], made["health"]["not_understood_why"]) == (0, None)
    inbox, gateway_id = Inbox(scene.database), UUID(made["id"])
    odd = ["It is malformed", "Its state is not known: none", "It reads like a receipt"]
    scene.database.clock.move(timedelta(hours=-25))
    await inbox.hand_in(gateway_id, [Receipt(body=b"0", fault=odd[0])])
    scene.database.clock.move(timedelta(hours=24))
    await inbox.hand_in(gateway_id, [Receipt(body=b"1", fault=odd[1])])
    scene.database.clock.move(timedelta(hours=1))
    strangers, written = Receipt(body=b"3", fault="callback_refused"), Receipt(body=b"5", fault="message")
    sound = Receipt(body=b"4", provider_id="1", status="delivered")
    await inbox.hand_in(gateway_id, [Receipt(body=b"2", fault=odd[2]), strangers, written, sound])
    health = (await scene.root.good("GET", f"/gateways/{made['id']}"))["health"]
    assert (health["not_understood"], health["not_understood_why"]) == (2, odd[2])
    since = scene.database.clock.now() - timedelta(hours=24)
    assert await not_understood(scene.database, since) == {SMPP["name"]: (2, odd[2])}


async def told(scene: Scene, gateway_id: str, field: str) -> Json:
    """How a gateway is, once there is something to say about this."""
    health: Json = {}

    async def is_told() -> bool:
        nonlocal health
        health = (await scene.root.good("GET", f"/gateways/{gateway_id}"))["health"]
        return health[field] is not None

    await eventually(is_told, lambda: health)
    return health


async def test_a_gateway_that_cannot_be_reached_says_why(scene: Scene) -> None:
    nowhere = SMPP | {"settings": {"host": "127.0.0.1", "port": 1}}
    id_ = (await scene.root.good("POST", "/gateways", nowhere))["id"]
    async with scene.working():
        health = await told(scene, id_, "error")
    assert (health["up"], health["fault"]) == (False, "unreachable")
    assert datetime.fromisoformat(health["next_attempt_at"]) > datetime.fromisoformat(health["error_at"])
    assert "s3cret" not in health["error"]


async def test_the_test_of_a_gateway_without_a_link_ends(scene: Scene) -> None:
    nowhere = SMPP | {"settings": {"host": "127.0.0.1", "port": 1}}
    id_ = (await scene.root.good("POST", "/gateways", nowhere))["id"]
    async with scene.working():
        sent = await scene.root.good("POST", f"/gateways/{id_}/test", {"to": "+33612345678", "text": "Anybody?"})
        scene.database.clock.move(TRIED_FOR)
        await scene.root.comes_to(sent, "EXPIRED")


async def test_the_order_is_that_in_which_gateways_are_asked(scene: Scene) -> None:
    for name, priority in (("Zebra", 1), ("ant", 5), ("Bee", 5)):
        await scene.gateway(name, priority=priority)
    found = [each["name"] for each in (await scene.root.good("GET", "/gateways"))["items"]]
    assert found == ["Zebra", "ant", "Bee"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": " "}, {"name": "required"}),
        ({"name": "x" * 81}, {"name": "too_long"}),
        ({"name": "a\x00b"}, {"name": "forbidden_character"}),
        ({"transport": "pigeon"}, {"transport": "unknown"}),
        ({"channels": []}, {"channels": "required"}),
        ({"channels": ["sms", "email"]}, {"channels[1]": "channel_not_carried"}),
        ({"channels": ["fax"]}, {"channels[0]": "wrong_type"}),
        ({"priority": -1}, {"priority": "out_of_range"}),
        ({"links": 0}, {"links": "out_of_range"}),
        ({"links": 101}, {"links": "out_of_range"}),
        ({"segments_per_second": 0}, {"segments_per_second": "out_of_range"}),
        ({"settings": {}}, {"settings.host": "required"}),
        ({"settings": {"host": 5, "port": "x"}}, {"settings.host": "wrong_type", "settings.port": "wrong_type"}),
        ({"settings": {"host": "a", "colour": 1}}, {"settings.colour": "unknown_field"}),
        ({"settings": {"host": "a\x00"}}, {"settings": "forbidden_character"}),
        ({"credentials": {}}, {"credentials.system_id": "required"}),
        ({"credentials": {"system_id": "x", "password": ["y"]}}, {"credentials.password": "wrong_type"}),
        ({"colour": "red"}, {"colour": "unknown_field"}),
        ({"name": "", "settings": {"port": 1}}, {"name": "required", "settings.host": "required"}),
    ],
)
async def test_every_wrong_field_is_named(scene: Scene, changes: Json, wrong: dict[str, str]) -> None:
    assert await scene.root.wrong("POST", "/gateways", SMPP | changes) == wrong
    assert (await scene.root.good("GET", "/gateways"))["items"] == []


async def test_a_name_is_taken_once_whatever_its_case_and_free_again_after_removal(scene: Scene) -> None:
    first = await scene.gateway("Élan")
    folder = {"name": "elan ", "transport": "folder", "channels": ["sms"]}
    assert await scene.root.wrong("POST", "/gateways", folder) == {"name": "gateway_name_taken"}
    other = await scene.gateway("Other")
    assert await scene.root.wrong("PUT", f"/gateways/{other['id']}", folder) == {"name": "gateway_name_taken"}
    assert (await scene.root.ask("DELETE", f"/gateways/{first['id']}"))[0] == 204
    for method in ("GET", "DELETE"):
        assert (await scene.root.ask(method, f"/gateways/{first['id']}"))[0] == 404
    await scene.root.good("POST", "/gateways", folder)


async def test_what_a_removed_gateway_carried_still_names_it(scene: Scene) -> None:
    gateway = await scene.gateway("Old one")
    sent = await scene.robot.sends()
    async with scene.working():
        await scene.robot.comes_to(sent, "DELIVERED")
    await scene.root.ask("DELETE", f"/gateways/{gateway['id']}")
    [attempt] = (await scene.robot.good("GET", f"/deliveries/{sent['id']}"))["attempts"]
    assert attempt["gateway"] == "Old one"


async def test_every_kind_describes_its_settings_and_credentials_for_a_form(scene: Scene) -> None:
    kinds = {each["name"]: each for each in (await scene.root.good("GET", "/gateways/kinds"))["items"]}
    assert kinds.keys() == TRANSPORTS.keys()
    smpp = kinds["smpp"]
    assert smpp["channels"] == ["sms"]
    assert smpp["receipts"] is True
    assert "host" in smpp["settings"]["required"]
    assert smpp["settings"]["properties"]["host"]["type"] == "string"
    assert set(smpp["credentials"]["properties"]) >= {"system_id", "password"}
    assert "$ref" not in str(kinds)


async def test_a_test_message_goes_through_its_gateway_and_no_other(scene: Scene) -> None:
    first, second = await scene.gateway("First", priority=1), await scene.gateway("Second", priority=2)
    async with scene.working():
        sent = await scene.root.good(
            "POST", f"/gateways/{second['id']}/test", {"to": "+33612345678", "text": "Is anybody there?"}
        )
        history = await scene.root.comes_to(sent, "DELIVERED")
        given = {"to": "+33612345678", "text": "Once"}
        for _ in range(2):
            await scene.root.good("POST", f"/gateways/{second['id']}/test", given, Idempotency_Key="once")
        mail = await scene.root.good("POST", f"/gateways/{first['id']}/test", {"to": "ann@example.com", "text": "Hi"})
        assert (await scene.root.comes_to(mail, "DELIVERED"))["delivery"]["channel"] == "email"
    assert [each["gateway"] for each in history["attempts"]] == ["Second"]
    assert (len(scene.files(first)), len(scene.files(second))) == (1, 2)
    only = await scene.gateway("Only", channels=["email"])
    path = f"/gateways/{only['id']}/test"
    assert await scene.root.wrong("POST", path, {"to": "+33612345678", "text": "x"}) == {"to": "channel_not_carried"}
    assert await scene.root.wrong("POST", path, {"to": "ann@", "text": "x"}) == {"to": "email_invalid"}


async def test_gateways_are_for_administrators(scene: Scene) -> None:
    gateway = await scene.gateway()
    plain = await scene.program("Plain", "administrator", "read", "write")  # a token without the scope for it
    for other in (scene.robot, await scene.program("Ann", "customer"), plain):
        for method, path, body in (
            ("GET", "/gateways", None),
            ("POST", "/gateways", SMPP),
            ("GET", "/gateways/kinds", None),
            ("GET", f"/gateways/{gateway['id']}", None),
            ("PUT", f"/gateways/{gateway['id']}", SMPP),
            ("DELETE", f"/gateways/{gateway['id']}", None),
            ("POST", f"/gateways/{gateway['id']}/test", {"to": "+33612345678", "text": "x"}),
        ):
            assert (await other.ask(method, path, body))[0] == 403, (method, path)
    assert (await scene.root.good("GET", f"/gateways/{gateway['id']}"))["enabled"]
