"""A document system that misbehaves is bounded, said in a word, and holds up nobody."""

import asyncio

import pytest

from estafette.documents import Documents
from estafette.documents.actions import cards, systems
from estafette.documents.actions.connectors import ANSWER_BYTES, AT_ONCE, REST
from estafette.documents.models.systems import SystemChanges
from tests.documents.conftest import GINA, Scene
from tests.documents.connector import Doubtful, Example, entry, link
from tests.ports import free_port


async def reason(scene: Scene, documents: Documents | None = None) -> str | None:
    """Why there is no card."""
    [card] = await cards.cards(documents or scene.documents, scene.gina, [link("HR-118")])
    assert card.state == "unreachable"
    assert card.document is None
    return card.reason


@pytest.mark.parametrize(
    ("content", "status", "expected"),
    [
        ({"cards": []}, 302, "redirected"),
        ({"cards": []}, 401, "credential_refused"),
        ({"cards": []}, 404, "wrong_status"),
        ({"cards": []}, 500, "wrong_status"),
        (b"<html>", 200, "wrong_form"),
        (b"\xff\xfe", 200, "wrong_form"),
        (b"[" * 100_000, 200, "wrong_form"),
        ({"cards": [{"document": "HR-118", "title": "No status"}]}, 200, "wrong_form"),
        ({"cards": [entry("HR-118", status="burnt")]}, 200, "wrong_form"),
        ({"cards": [entry("HR-118", deadline="soon")]}, 200, "wrong_form"),
    ],
)
async def test_a_wrong_answer_leaves_the_plain_link_and_a_word(
    scene: Scene, connector: Doubtful, content: object, status: int, expected: str
) -> None:
    await scene.register(connector.url)
    connector.answer = connector.says(content, status, Location=f"{connector.url}/inside")
    assert await reason(scene) == expected
    assert [path for path, _, _ in connector.asked] == ["/cards"], "no redirect is followed"


async def test_a_gigabyte_is_cut_off(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.floods
    assert await reason(scene) == "too_long"
    # What is under way when the connection goes fits into the buffers of both ends.
    assert connector.sent < 100 * ANSWER_BYTES


async def test_a_server_that_never_answers_is_not_waited_for(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.hangs
    async with scene.connectors(seconds=0.2) as impatient:
        assert await reason(scene, Documents(scene.database, impatient)) == "no_answer"


async def test_nobody_listens(scene: Scene) -> None:
    await scene.register(f"http://127.0.0.1:{free_port()}")
    assert await reason(scene) == "not_connected"


async def test_private_addresses_are_asked_only_where_that_is_allowed(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    async with scene.connectors(private_addresses=False) as public:
        assert await reason(scene, Documents(scene.database, public)) == "address_refused"
    assert connector.asked == []


async def test_a_name_that_leads_into_the_house_is_refused_when_it_is_looked_up(scene: Scene) -> None:
    await scene.register("https://localhost:8443")
    async with scene.connectors(private_addresses=False) as public:
        assert await reason(scene, Documents(scene.database, public)) == "address_refused"


async def test_a_system_that_failed_is_left_alone_for_some_seconds(scene: Scene, connector: Doubtful) -> None:
    system = await scene.register(connector.url)
    connector.answer = connector.says({}, 503)
    assert await reason(scene) == "wrong_status"
    connector.answer = connector.says({"cards": []})
    assert await reason(scene) == "wrong_status"
    assert len(connector.asked) == 1
    scene.database.clock.move(REST)
    assert (await scene.card(scene.gina, "HR-118")).state == "not_granted"
    connector.answer = connector.says({}, 503)
    assert (await systems.try_system(scene.documents, scene.root, system.id)).status == 503
    connector.answer = connector.says({"cards": []})
    await systems.change_system(scene.database, scene.vault, scene.root, system.id, SystemChanges(name="Mended"))
    assert (await scene.card(scene.hugo, "HR-118")).state == "not_granted", "what was changed is asked at once"


async def test_a_system_that_hangs_holds_up_neither_itself_nor_another(
    scene: Scene, connector: Doubtful, personnel: Example
) -> None:
    personnel.holds(entry("HR-118", GINA))
    await scene.register(personnel.url)
    await scene.register(connector.url, "https://slow.example.com/{id}")
    connector.answer = connector.hangs
    slow = [f"https://slow.example.com/{each}" for each in range(AT_ONCE + 1)]
    asking = [asyncio.create_task(cards.cards(scene.documents, scene.gina, [each])) for each in slow[:AT_ONCE]]
    await connector.until(AT_ONCE)
    [card] = await cards.cards(scene.documents, scene.gina, slow[AT_ONCE:])
    assert (card.state, card.reason) == ("unreachable", "busy")
    assert (await scene.card(scene.gina, "HR-118")).state == "granted"
    connector.go_on.set()
    assert {found.state for [found] in await asyncio.gather(*asking)} == {"not_granted"}


async def test_one_of_two_systems_is_down(scene: Scene, personnel: Example) -> None:
    personnel.holds(entry("HR-118", GINA))
    await scene.register(personnel.url)
    await scene.register(f"http://127.0.0.1:{free_port()}", "https://down.example.com/{id}")
    found = await cards.cards(scene.documents, scene.gina, ["https://down.example.com/1", link("HR-118")])
    assert [each.state for each in found] == ["unreachable", "granted"]


async def test_with_another_key_no_system_can_be_asked(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    await scene.database.execute("UPDATE document_systems SET credential = '\\x01'")
    assert await reason(scene) == "credential_unreadable"
    assert connector.asked == []
