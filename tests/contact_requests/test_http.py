"""Contact requests over the native API, from the advert on the storefront to the answer in a conversation."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from estafette.accounts import SignedIn
from tests.contact_requests.scene import Scene
from tests.http import WebServer, running
from tests.processes import new_token
from tests.web.walk import picture


@pytest_asyncio.fixture
async def web_server(dsn: str, tmp_path: Path) -> AsyncGenerator[WebServer, None]:
    async with running(dsn, tmp_path) as started:
        yield started


@pytest.fixture
def day(scene: Scene) -> str:
    return scene.today.isoformat()


async def client(web_server: WebServer, scene: Scene, who: SignedIn) -> httpx.AsyncClient:
    return web_server.client(await new_token(scene.world, who))


async def test_the_whole_way_of_a_request(web_server: WebServer, scene: Scene, day: str) -> None:
    world = scene.world
    async with (
        await client(web_server, scene, world.ann) as ann,
        await client(web_server, scene, world.denis) as denis,
        web_server.client() as visitor,
    ):
        base = f"/api/v1/partners/{world.chateau}"
        shown: list[Any] = (await visitor.get(f"{base}/adverts")).json()["items"]
        assert [each["title"] for each in shown] == ["Guided tour", "Wedding reception"]
        assert "requests" not in shown[0]
        left = await ann.post("/api/v1/contact-requests", json={"advert_id": shown[1]["id"], "starts_at": day})
        assert left.status_code == 201
        made = left.json()
        assert (made["state"], made["email"], made["starts_at"]) == ("new", "ann@example.com", day)
        assert [each["id"] for each in (await ann.get("/api/v1/contact-requests")).json()["items"]] == [made["id"]]
        listed = (await denis.get(f"{base}/contact-requests?state=new&advert_id={shown[1]['id']}")).json()
        assert (listed["items"][0]["id"], listed["next"]) == (made["id"], None)
        path = f"{base}/contact-requests/{made['id']}"
        assert (await denis.get(path)).json()["steps"] == []
        given = {"state": "seen", "assigned_to": str(world.denis.person_id)}
        assert (await denis.patch(path, json=given)).json()["state"] == "seen"
        assert (await denis.post(f"{path}/notes", json={"text": "Called"})).status_code == 201
        opened = await denis.post(f"{path}/conversation", json={"text": "Which day?"})
        assert opened.status_code == 201
        place = opened.json()["conversation_id"]
        details = (await denis.get(path)).json()
        assert [each["kind"] for each in details["steps"]] == ["state", "assigned", "note", "conversation", "state"]
        for who in (ann, denis):
            linked = (await who.get(f"/api/v1/conversations/{place}/contact-requests")).json()["items"]
            assert [(each["id"], each["conversation_id"]) for each in linked] == [(made["id"], place)]
        said = (await ann.get(f"/api/v1/conversations/{place}/messages")).json()["items"]
        assert [each["text"] for each in said] == ["Which day?"]
        counts = (await denis.get(f"{base}/contact-requests/counts?group_by=ad&from={day}")).json()
        assert counts["count"] == 1
        assert counts["groups"][0]["title"] == "Wedding reception"


async def test_a_write_with_a_key_happens_once(web_server: WebServer, scene: Scene, day: str) -> None:
    world = scene.world
    async with (
        await client(web_server, scene, world.ann) as ann,
        await client(web_server, scene, world.claire) as claire,
    ):
        key = {"Idempotency-Key": "once"}
        body = {"advert_id": str(scene.wedding.id), "starts_at": day}
        answers = [await ann.post("/api/v1/contact-requests", json=body, headers=key) for _ in range(2)]
        assert answers[0].json() == answers[1].json()
        assert await scene.stored() == 1
        path = f"/api/v1/partners/{world.chateau}/contact-requests/{answers[0].json()['id']}"
        for what, given in (("/notes", {"text": "Called"}), ("/conversation", {"text": "Hello"})):
            again = [await claire.post(path + what, json=given, headers={"Idempotency-Key": what}) for _ in range(2)]
            assert again[0].json() == again[1].json()
            assert again[1].headers["Idempotent-Replay"] == "true"
        details = (await claire.get(path)).json()
        assert [each["kind"] for each in details["steps"]] == ["note", "conversation", "state"]
        refused = await claire.post(f"{path}/conversation", json={"text": ""}, headers={"Idempotency-Key": "wrong"})
        assert refused.status_code == 422
        assert (await claire.get(path)).json()["steps"] == details["steps"]


async def test_what_is_wrong_is_named_as_the_native_api_calls_it(web_server: WebServer, scene: Scene, day: str) -> None:
    world = scene.world

    async def refused(who: SignedIn, body: dict[str, Any]) -> dict[str, str]:
        async with await client(web_server, scene, who) as browser:
            answer = await browser.post("/api/v1/contact-requests", json=body)
        assert answer.status_code == 422, answer.text
        return {each["field"]: each["code"] for each in answer.json()["errors"]}

    nobody = "00000000-0000-0000-0000-000000000001"
    assert await refused(world.ann, {"advert_id": nobody, "starts_at": "2001-01-01", "profile_id": nobody}) == {
        "advert_id": "unknown",
        "profile_id": "unknown",
        "starts_at": "out_of_range",
    }
    own = {"advert_id": str(scene.wedding.id), "starts_at": day}
    assert await refused(world.denis, own) == {"advert_id": "own_partner", "phone": "required"}
    assert await refused(world.ann, own | {"email": "x", "starts_at": "soon"}) == {
        "email": "unknown_field",
        "starts_at": "wrong_type",
    }
    async with await client(web_server, scene, world.claire) as claire:
        path = f"/api/v1/partners/{world.chateau}/contact-requests"
        answer = (await claire.get(f"{path}?from=soon&state=old")).json()
        assert {each["field"] for each in answer["errors"]} == {"from", "state"}


async def test_the_picture_of_an_advert_is_for_everyone(web_server: WebServer, scene: Scene) -> None:
    world = scene.world
    async with await client(web_server, scene, world.claire) as claire, web_server.client() as visitor:
        ids = [(await claire.post("/api/v1/files?name=hall.png", content=picture())).json()["id"] for _ in range(2)]
        path = f"/api/v1/partners/{world.chateau}/adverts/{scene.wedding.id}"
        assert (await visitor.get(f"/api/v1/files/{ids[0]}")).status_code == 404
        for id_ in ids:
            assert (await claire.patch(path, json={"picture": id_})).json()["picture"] == id_
            assert (await visitor.get(f"/api/v1/files/{id_}/thumbnail")).status_code == 200
        assert (await visitor.get(f"/api/v1/files/{ids[0]}")).status_code == 404, "it was given up"
        text = (await claire.post("/api/v1/files?name=notes.txt", content=b"words")).json()["id"]
        refused = await claire.patch(path, json={"picture": text})
        assert [each["code"] for each in refused.json()["errors"]] == ["not_an_image"]
        assert (await claire.patch(path, json={"picture": None})).json()["picture"] is None


async def test_the_table_is_handed_out_as_a_file(web_server: WebServer, scene: Scene) -> None:
    world = scene.world
    await scene.ask()
    async with await client(web_server, scene, world.claire) as claire:
        answer = await claire.get(f"/api/v1/partners/{world.chateau}/contact-requests.csv?state=new")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="contact-requests.csv"'
        assert answer.content.startswith(b'\xef\xbb\xbf"Received",')
        assert len(answer.text.splitlines()) == 2


async def test_what_a_visitor_fills_in_is_checked_before_there_is_an_account(
    web_server: WebServer, scene: Scene, day: str
) -> None:
    about = {"advert_id": str(scene.wedding.id), "starts_at": day}
    path = "/api/v1/contact-requests/checks"
    async with web_server.client(Accept_Language="en") as visitor:
        # The partner's country: neither the language nor the device speaks of it.
        await scene.world.database.execute(
            "UPDATE partners SET time_zone = 'Europe/Paris' WHERE id = $1", scene.world.chateau
        )
        checked = await visitor.post(path, json=about | {"phone": "06 12 34 56 78", "time_zone": "America/New_York"})
        assert (checked.status_code, checked.json()) == (200, {"phone": "+33612345678", "spaced": "+33 6 12 34 56 78"})
        wrong = {"phone": "12", "message": "x" * 5_001, "starts_at": "2001-01-01"}
        refused = await visitor.post(path, json=about | wrong)
        assert refused.status_code == 422
        assert {each["field"] for each in refused.json()["errors"]} == {"phone", "message", "starts_at"}
        missing = await visitor.post(path, json=about | {"phone": " "})
        assert [(each["field"], each["code"]) for each in missing.json()["errors"]] == [("phone", "required")]
        gone = await visitor.post(path, json=about | {"phone": "+33612345678", "advert_id": str(uuid4())})
        assert [each["field"] for each in gone.json()["errors"]] == ["advert_id"]
    assert await scene.stored() == 0


async def test_a_neighbourhood_that_asked_too_much_hears_it_before_signing_up(
    web_server: WebServer, scene: Scene, day: str
) -> None:
    await scene.world.database.execute(
        "INSERT INTO rate_limits (bucket, count, ends_at) VALUES ($1, 120, now() + interval '9 minutes')",
        "contact-requests:address:127.0.0.1",
    )
    body = {"advert_id": str(scene.wedding.id), "starts_at": day, "phone": "+33612345678"}
    async with web_server.client() as visitor:
        refused = await visitor.post("/api/v1/contact-requests/checks", json=body)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")


async def test_a_number_is_shown_as_it_is_understood(web_server: WebServer, scene: Scene) -> None:
    path = "/api/v1/phone-numbers/lookups"
    async with web_server.client(Accept_Language="fr") as visitor:
        shown = await visitor.post(path, json={"phone": "06 12 34 56 78"})
        assert shown.json() == {"phone": "+33612345678", "spaced": "+33 6 12 34 56 78"}
        await scene.world.database.execute(
            "UPDATE partners SET time_zone = 'Europe/Paris' WHERE id = $1", scene.world.chateau
        )
        swiss = {"phone": "079 123 45 67", "time_zone": "Europe/Zurich", "partner_id": str(scene.world.chateau)}
        [asked] = (await visitor.post(path, json=swiss)).json()["errors"]
        assert (asked["field"], asked["code"]) == ("phone", "phone_ambiguous")
        assert "+41 79 123 45 67, +33 7 91 23 45 67" in asked["message"]
