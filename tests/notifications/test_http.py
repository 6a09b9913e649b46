"""Notifications over HTTP: as the web app and programs use them."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio

from estafette import accounts
from estafette.base.database import Database
from estafette.base.vault import open_vault
from estafette.notifications.rules.unsubscribing import unsubscribe_token
from tests.http import WebServer, running
from tests.notifications.people import bell
from tests.world import World

API = "/api/v1"


@pytest_asyncio.fixture
async def web_server(world: World, dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    async with running(dsn, tmp_path) as web_server:
        yield web_server


async def token(database: Database, who: accounts.SignedIn) -> str:
    return await accounts.create_token(database, who.person_id, "test", ("read", "write"))


async def test_the_bell_is_read_and_silenced(world: World, web_server: WebServer) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    async with web_server.client(await token(world.database, world.claire)) as claire:
        listed = (await claire.get(f"{API}/notifications")).json()
        [told] = listed["items"]
        assert (told["kind"], told["topic_id"], told["read_at"]) == ("message", str(place), None)
        assert told["actor"]["name"] == "Ann"
        assert told["place"] == "Château de Vaux-le-Vicomte"
        assert (listed["unread"], listed["next"]) == (1, None)
        assert (await claire.get(f"{API}/notifications/count")).json() == {"unread": 1}
        read = await claire.put(f"{API}/notifications/read", json={"topic_id": str(place)})
        assert (read.status_code, read.json()) == (200, {"unread": 0})
        assert (await claire.get(f"{API}/notifications?unread=true")).json()["items"] == []
        wrong = await claire.put(f"{API}/notifications/read", json={})
        assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (422, "one_of_them")
        assert (await claire.get(f"{API}/notifications?cursor=nonsense")).status_code == 422


async def test_settings_are_changed_one_by_one(world: World, web_server: WebServer) -> None:
    async with web_server.client(await token(world.database, world.claire)) as claire:
        first = (await claire.get(f"{API}/me/notification-settings")).json()
        assert first["quiet_from"] is None
        assert len(first["rules"]) == 25
        changed = await claire.patch(
            f"{API}/me/notification-settings",
            json={
                "quiet_from": "22:00",
                "quiet_until": "07:30",
                "rules": [{"kind": "message", "channel": "email", "delay_seconds": 3600}],
            },
        )
        assert changed.status_code == 200
        settings = (await claire.get(f"{API}/me/notification-settings")).json()
        assert (settings["quiet_from"], settings["quiet_until"]) == ("22:00", "07:30")
        [rule] = [each for each in settings["rules"] if (each["kind"], each["channel"]) == ("message", "email")]
        assert rule == {
            "kind": "message",
            "channel": "email",
            "enabled": True,
            "delay_seconds": 3600,
            "shortest_delay_seconds": 120,
        }
        over = await claire.patch(f"{API}/me/notification-settings", json={"quiet_from": None, "quiet_until": None})
        assert over.json()["quiet_until"] is None
        for body, field in (
            ({"rules": [{"kind": "message", "channel": "pigeon"}]}, "rules[0].channel"),
            ({"rules": [{"kind": "message", "channel": "sms", "delay_seconds": -1}]}, "rules[0].delay_seconds"),
            ({"do_not_disturb_until": "2020-01-01T00:00:00Z"}, "do_not_disturb_until"),
            ({"do_not_disturb_until": "2030-01-01T00:00:00"}, "do_not_disturb_until"),
            ({"volume": 11}, "volume"),
        ):
            refused = await claire.patch(f"{API}/me/notification-settings", json=body)
            assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


async def test_a_mail_program_unsubscribes_with_one_click(world: World, web_server: WebServer) -> None:
    link = unsubscribe_token(open_vault(web_server.settings.data), world.claire.person_id, "message")
    async with web_server.client(origin=None) as machine:
        assert (await machine.get(f"{API}/unsubscribe/{link}")).json() == {"kind": "message"}
        assert (await machine.get(f"{API}/unsubscribe/nonsense")).status_code == 404
        answer = await machine.post(
            f"{API}/unsubscribe/{link}",
            content="List-Unsubscribe=One-Click",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert answer.status_code == 204, answer.text
        assert (await machine.post(f"{API}/unsubscribe/nonsense")).status_code == 404
    async with web_server.client(await token(world.database, world.claire)) as claire:
        rules = (await claire.get(f"{API}/me/notification-settings")).json()["rules"]
        assert [each["kind"] for each in rules if each["channel"] == "email" and not each["enabled"]] == ["message"]


async def test_an_owner_sets_who_is_told_and_is_warned(world: World, web_server: WebServer) -> None:
    path = f"{API}/partners/{world.chateau}/notification-audience"
    async with web_server.client(await token(world.database, world.claire)) as claire:
        first = (await claire.get(path)).json()
        assert [(each["kind"], each["mode"]) for each in first["audiences"]] == [
            ("message", "everyone"),
            ("contact_request", "everyone"),
        ]
        assert first["warning"] == "no_mail_gateway"
        chosen = {"kind": "message", "mode": "chosen", "people": [str(world.claire.person_id)]}
        changed = (await claire.put(path, json={"audiences": [chosen]})).json()
        told = {each["person"]["name"]: each["notified_of"] for each in changed["members"]}
        assert told == {"Claire": ["message", "contact_request"], "Denis": ["contact_request"]}
        stranger = chosen | {"people": [str(world.eva.person_id)]}
        refused = await claire.put(path, json={"audiences": [stranger]})
        assert refused.json()["errors"][0]["code"] == "not_a_member"
        nobody = await claire.put(path, json={"audiences": [chosen | {"people": []}]})
        assert nobody.json()["errors"][0]["field"] == "audiences[0].people"
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    assert [each.text for each in await bell(world, world.claire)] == ["Hello"]
    assert await bell(world, world.denis) == []
    await accounts.add_member(world.database, world.chateau, world.ben.person_id, "owner")
    await world.database.execute("DELETE FROM partner_members WHERE person_id = $1", world.claire.person_id)
    await world.write(world.ann, world.chateau, "Anybody there?")
    await world.react()
    assert [each.text for each in await bell(world, world.ben)] == ["Anybody there?"], "nothing goes unheard"
    async with web_server.client(await token(world.database, world.ben)) as ben:
        shown = (await ben.get(path)).json()["audiences"]
        assert [(each["kind"], each["mode"]) for each in shown] == [
            ("message", "owners"),
            ("contact_request", "everyone"),
        ]
        assert (await ben.put(path, json={"audiences": shown})).status_code == 200
        twice = await ben.put(path, json={"audiences": [shown[0], shown[0]]})
        assert [(each["field"], each["code"]) for each in twice.json()["errors"]] == [
            ("audiences[1].kind", "named_twice")
        ]
