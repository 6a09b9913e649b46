"""What waits for an employee, over all systems."""

import pytest

from estafette.base.errors import Forbidden
from estafette.documents.actions.acknowledging import acknowledge
from estafette.documents.actions.waiting import waiting
from estafette.documents.models.cards import NewAcknowledgement
from tests.documents.conftest import GINA, HUGO, Scene
from tests.documents.connector import Doubtful, Example, entry, link
from tests.ports import free_port


async def test_the_nearest_deadline_comes_first_and_what_is_done_is_gone(scene: Scene, personnel: Example) -> None:
    personnel.holds(
        entry("A", GINA, acknowledged_by=[GINA]),
        entry("B", GINA, status="to_sign", deadline="2026-12-15"),
        entry("C", GINA, acknowledged_by=[GINA], deadline="2026-12-04"),
        entry("D", GINA),
        entry("E", HUGO, status="to_sign"),
    )
    await scene.register(personnel.url)
    found = await waiting(scene.documents, scene.gina)
    assert [each.document.document for each in found.items] == ["C", "B", "A"]
    assert {each.system for each in found.items} == {"Personnel"}
    await acknowledge(scene.documents, scene.gina, NewAcknowledgement(link=link("C"), version="1"))
    # The system has not been told, and its answer of before is kept.
    assert [each.document.document for each in (await waiting(scene.documents, scene.gina)).items] == ["B", "A"]
    assert [each.document.document for each in (await waiting(scene.documents, scene.hugo)).items] == ["E"]


async def test_a_system_that_does_not_answer_is_named_beside_what_the_others_say(
    scene: Scene, personnel: Example
) -> None:
    personnel.holds(entry("B", GINA, status="to_sign"))
    await scene.register(personnel.url)
    await scene.register(f"http://127.0.0.1:{free_port()}", "https://down.example.com/{id}", name="Contracts")
    found = await waiting(scene.documents, scene.gina)
    assert [each.document.document for each in found.items] == ["B"]
    assert [(each.system, each.reason) for each in found.silent] == [("Contracts", "not_connected")]


async def test_what_is_more_than_200_is_left_out(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.says({"documents": [entry(str(each), status="to_sign") for each in range(201)]})
    assert len((await waiting(scene.documents, scene.gina)).items) == 200


async def test_it_is_for_employees_and_says_whether_there_is_a_system(scene: Scene, connector: Doubtful) -> None:
    with pytest.raises(Forbidden):
        await waiting(scene.documents, scene.world.ann)
    assert (await waiting(scene.documents, scene.gina)).systems == 0
    await scene.register(connector.url)
    await scene.database.execute("UPDATE people SET email_confirmed_at = NULL WHERE id = $1", scene.gina.person_id)
    found = await waiting(scene.documents, scene.gina)
    assert (found.systems, found.email_confirmed) == (1, False)
    assert connector.asked == []
