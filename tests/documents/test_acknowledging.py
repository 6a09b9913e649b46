"""Acknowledging: once for each person and version, and the system is told until it has taken it."""

from datetime import timedelta

import pytest

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.base.errors import Invalid, NotFound
from estafette.base.ids import new_id
from estafette.conversations import Message
from estafette.documents.actions import acknowledging, systems
from estafette.documents.actions.acknowledging import acknowledge, acknowledgers
from estafette.documents.errors import (
    DocumentChanged,
    DocumentSystemUnreachable,
    EmailNotConfirmed,
    NothingToAcknowledge,
    UnknownDocument,
)
from estafette.documents.models.cards import Acknowledgement, NewAcknowledgement
from estafette.documents.models.systems import DocumentSystem
from estafette.documents.store import acknowledgements as store
from tests.documents.conftest import GINA, HUGO, Scene
from tests.documents.connector import Doubtful, Example, entry, link


async def take_note(scene: Scene, who: SignedIn, document: str = "HR-118", version: str = "1") -> Acknowledgement:
    return await acknowledge(scene.documents, who, NewAcknowledgement(link=link(document), version=version))


def asked(*people: str) -> dict[str, object]:
    """An order of which some are to take note."""
    return entry("HR-118", GINA, HUGO, acknowledged_by=people)


async def test_it_is_kept_once_and_the_system_is_told_once(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA))
    await scene.register(personnel.url)
    first = await take_note(scene, scene.gina)
    assert not first.told
    scene.database.clock.move(timedelta(hours=1))
    again = await take_note(scene, scene.gina)
    assert again == first, "it says when that was"
    await scene.tell()
    await scene.tell()
    [told] = personnel.acknowledged
    assert (told["reader"]["email"], told["document"], told["version"]) == (GINA, "HR-118", "1")
    assert (await take_note(scene, scene.gina)).told
    card = (await scene.card(scene.gina, "HR-118")).document
    assert card is not None
    assert (card.acknowledged_at, card.told) == (first.acknowledged_at, True)


async def test_another_version_is_acknowledged_anew(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA))
    await scene.register(personnel.url)
    await take_note(scene, scene.gina)
    personnel.holds(asked(GINA) | {"version": "2"})
    with pytest.raises(DocumentChanged):
        await take_note(scene, scene.gina)
    await take_note(scene, scene.gina, version="2")
    await scene.tell()
    assert {each["version"] for each in personnel.acknowledged} == {"1", "2"}


async def test_a_connector_is_told_until_it_has_taken_it_under_the_same_key(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.says({"cards": [entry("HR-118", acknowledge=True)]})
    await take_note(scene, scene.gina)
    await take_note(scene, scene.hugo)
    connector.answer = connector.says({}, 503)
    connector.asked.clear()
    await scene.tell()
    assert {path for path, _, _ in connector.asked} == {"/acknowledgements"}
    connector.answer = connector.says({})
    before = len(connector.asked)
    await scene.tell()
    assert len(connector.asked) == before, "a system that failed has a rest"
    assert [(each.acknowledgements, each.untold) for each in await listed(scene)] == [(2, 2)]
    scene.database.clock.move(timedelta(minutes=1))
    await scene.tell()
    assert [(each.acknowledgements, each.untold) for each in await listed(scene)] == [(2, 0)]
    keys = [(body["reader"]["email"], body["id"], headers["idempotency-key"]) for _, body, headers in connector.asked]
    assert {email for email, _, _ in keys} == {GINA, HUGO}
    assert len(set(keys)) == 2
    assert all(id_ == key for _, id_, key in keys)


async def test_all_that_waits_for_a_system_waits_ever_longer_and_one_is_told_first(
    scene: Scene, connector: Doubtful
) -> None:
    system = await scene.register(connector.url)
    await waiting_there(scene, system, 20)
    connector.answer = connector.says({}, 503)
    tried: list[int] = []
    statements: set[int] = set()
    for pause in (5, 30, 300, 1_800, 3_600, 3_600):
        connector.asked.clear()
        before = scene.database.statements
        await scene.tell()
        statements.add(scene.database.statements - before)
        tried.append(len(connector.asked))
        scene.database.clock.move(timedelta(seconds=pause - 1))
        await scene.tell()
        assert len(connector.asked) == tried[-1], f"it is told again before {pause} seconds"
        scene.database.clock.move(timedelta(seconds=2 + pause / 5))
    assert tried == [8, 1, 1, 1, 1, 1]
    assert len(statements) == 1, "all of them are put off at once, however many were tried"
    connector.answer = connector.says({})
    await scene.tell()
    assert [each.untold for each in await listed(scene)] == [0]


async def test_one_that_was_refused_before_is_refused_again_and_holds_up_no_other(
    scene: Scene, connector: Doubtful
) -> None:
    system = await scene.register(connector.url)
    await waiting_there(scene, system, 1)
    connector.answer = connector.says({}, 422)
    await scene.tell()
    await waiting_there(scene, system, 1)
    scene.database.clock.move(timedelta(seconds=6))
    await scene.tell()
    assert len(connector.asked) == 3


async def test_one_that_is_refused_holds_up_no_other(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.says({"cards": [entry("HR-118", acknowledge=True)]})
    await take_note(scene, scene.gina)
    connector.answer = connector.says({}, 422)
    await scene.tell()
    connector.answer = connector.says({"cards": [entry("HR-118", acknowledge=True)]})
    await take_note(scene, scene.hugo)
    await scene.tell()
    assert [(each.acknowledgements, each.untold) for each in await listed(scene)] == [(2, 1)]


async def test_what_cannot_be_acknowledged_says_why_and_nothing_is_kept(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA), entry("HR-119", GINA))
    await scene.register(personnel.url)
    with pytest.raises(UnknownDocument):
        await take_note(scene, scene.gina, "HR-000")
    with pytest.raises(UnknownDocument):
        await acknowledge(scene.documents, scene.gina, NewAcknowledgement(link="https://example.org", version="1"))
    with pytest.raises(NothingToAcknowledge):
        await take_note(scene, scene.hugo)
    with pytest.raises(NothingToAcknowledge):
        await take_note(scene, scene.gina, "HR-119")
    with pytest.raises(Invalid):
        await take_note(scene, scene.gina, "x" * 2_000)
    with pytest.raises(Invalid):
        await take_note(scene, scene.gina, version="v" * 101)
    await scene.database.execute("UPDATE people SET email_confirmed_at = NULL WHERE id = $1", scene.gina.person_id)
    with pytest.raises(EmailNotConfirmed):
        await take_note(scene, scene.gina)
    await scene.database.execute("UPDATE document_systems SET connector = 'http://127.0.0.1:1'")
    with pytest.raises(DocumentSystemUnreachable):
        await take_note(scene, scene.hugo)
    assert [each.acknowledgements for each in await listed(scene)] == [0]


async def test_what_was_granted_a_moment_ago_may_be_granted_no_more(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA))
    await scene.register(personnel.url)
    assert (await scene.card(scene.gina, "HR-118")).state == "granted"
    personnel.holds()
    with pytest.raises(UnknownDocument):
        await take_note(scene, scene.gina)


async def test_the_author_of_a_message_sees_who_of_its_readers_has_taken_note(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA, HUGO, "root@example.com") | {"readers": [GINA, HUGO, "root@example.com"]})
    await scene.register(personnel.url)
    message = await said_to_hugo(scene, f"Please read [this]({link('HR-118')}?tab=2), soon.")
    await take_note(scene, scene.hugo)
    await take_note(scene, scene.root)
    found = await acknowledgers(scene.documents, scene.gina, message.conversation_id, message.id, link("HR-118"))
    assert [each.person.name for each in found.items] == ["Hugo"], "Root is not in this chat"


async def test_who_does_not_read_the_conversation_takes_no_place_in_the_list(
    scene: Scene, personnel: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acknowledging, "PEOPLE", 1)
    personnel.holds(asked(GINA, HUGO, "root@example.com") | {"readers": [GINA, HUGO, "root@example.com"]})
    await scene.register(personnel.url)
    message = await said_to_hugo(scene, f"Please read {link('HR-118')}")
    for who in (scene.root, scene.hugo, scene.gina):
        await take_note(scene, who)
        scene.database.clock.move(timedelta(minutes=1))
    found = await acknowledgers(scene.documents, scene.gina, message.conversation_id, message.id, link("HR-118"))
    assert [each.person.name for each in found.items] == ["Hugo"]


async def test_nobody_else_sees_who_has_taken_note(scene: Scene, personnel: Example) -> None:
    personnel.holds(asked(GINA, HUGO), entry("HR-119", GINA, HUGO))
    await scene.register(personnel.url)
    message = await said_to_hugo(scene, f"Please read {link('HR-118')}")
    for who, document in ((scene.hugo, "HR-118"), (scene.root, "HR-118"), (scene.gina, "HR-119")):
        with pytest.raises(NotFound):
            await acknowledgers(scene.documents, who, message.conversation_id, message.id, link(document))


async def said_to_hugo(scene: Scene, text: str) -> Message:
    """Gina says something to Hugo alone."""
    chat = await conversations.open_direct(scene.database, scene.gina, scene.hugo.person_id)
    return await scene.world.say(scene.gina, chat.id, text)


async def waiting_there(scene: Scene, system: DocumentSystem, number: int) -> None:
    """Gina has taken note of some documents of which their system has not been told."""
    now = scene.database.clock.now()
    for _ in range(number):
        id_ = new_id()
        assert await store.insert(scene.database, id_, system.id, str(id_), "1", scene.gina.person_id, GINA, now)


async def listed(scene: Scene) -> list[DocumentSystem]:
    return (await systems.list_systems(scene.database, scene.root)).items
