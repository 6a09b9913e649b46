"""What clients answer: shown with them, heeded where it is a word such as STOP, and handed on."""

from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from estafette import conversations
from estafette.base.errors import Forbidden, Invalid
from estafette.clients.actions import keeping, linking, looking
from estafette.communications.actions import answers
from estafette.communications.models.answers import Answer, AnswerSettings
from estafette.communications.rules.preferences import CHARACTERS
from estafette.deliveries.models.inbound import InboundMessage
from tests.communications.scene import Scene
from tests.world import World

ANN, BORIS = "+33612345601", "+33612345602"


@pytest_asyncio.fixture
async def scene(world: World) -> Scene:
    found = await Scene(world).begin()
    await found.register(Ann=ANN, Boris=BORIS)
    return found


async def told(scene: Scene, text: str, sender: str = ANN, **more: Any) -> None:
    """Somebody writes, and the worker does what follows."""
    given: dict[str, Any] = {"channel": "sms", "recipient": "36111", "body": text.encode()}
    await scene.engine.told(InboundMessage(sender=sender, text=text, **(given | more)))
    await scene.world.react()


async def listed(scene: Scene, **of: Any) -> list[Answer]:
    return (await answers.list_answers(scene.database, scene.root, **of)).items


async def refused(scene: Scene, name: str) -> list[str]:
    return list((await looking.client(scene.database, scene.root, scene.clients[name])).refused)


async def confirmations(scene: Scene) -> list[tuple[Any, ...]]:
    rows = await scene.database.fetch(
        "SELECT sender, recipient, text, only_gateway_id FROM deliveries WHERE key LIKE 'answer:%' ORDER BY id"
    )
    return [tuple(row) for row in rows]


async def test_an_answer_is_shown_with_its_client_and_what_it_answers(scene: Scene) -> None:
    made = await scene.create("Ann")
    await scene.work()
    await scene.accept(*await scene.claim())
    await told(scene, "At ten, please", sender="33612345601")
    await told(scene, "Who is there?", sender="+33612345699")
    unknown, answer = await listed(scene)
    assert (unknown.client_id, unknown.sender, unknown.communication_id) == (None, "+33612345699", None)
    assert (answer.client_id, answer.client, answer.text) == (scene.clients["Ann"], "Ann", "At ten, please")
    assert (answer.communication_id, answer.meaning, answer.read_at) == (made.id, "message", None)
    assert await listed(scene, client_id=scene.clients["Ann"]) == [answer]
    assert await listed(scene, communication_id=made.id) == [answer]
    scene.database.clock.move(timedelta(days=8))
    await told(scene, "Too late for that")
    assert [each.communication_id for each in await listed(scene, client_id=scene.clients["Ann"])] == [None, made.id]


async def test_what_was_read_is_unread_no_more_for_nobody(scene: Scene) -> None:
    await told(scene, "One")
    await told(scene, "Two")
    await told(scene, "Three", sender=BORIS)
    first = await answers.list_answers(scene.database, scene.root, unread=True, limit=2)
    assert (first.unread, [each.text for each in first.items]) == (3, ["Three", "Two"])
    rest = await answers.list_answers(scene.database, scene.root, unread=True, limit=2, cursor=first.next)
    assert ([each.text for each in rest.items], rest.next) == (["One"], None)
    await answers.mark_read(scene.database, scene.root, first.items[0].id)
    await answers.mark_all_read(scene.database, scene.root, scene.clients["Ann"])
    assert (await answers.list_answers(scene.database, scene.root)).unread == 0
    with pytest.raises(Forbidden):
        await answers.list_answers(scene.database, scene.world.ann)


async def test_stop_and_start_are_heeded_and_confirmed_once(scene: Scene) -> None:
    await told(scene, " Stop. ")
    assert await refused(scene, "Ann") == ["sms"]
    assert await refused(scene, "Boris") == []
    consent = (await looking.client(scene.database, scene.root, scene.clients["Ann"])).consents[0]
    assert (consent.given, consent.source, consent.recorded_by) == (False, "answer", None)
    [sent] = await confirmations(scene)
    assert (sent[0], sent[1], sent[3]) == ("36111", ANN, scene.engine.gateway_id)
    assert "START" in sent[2]
    scene.database.clock.move(timedelta(hours=1))
    await told(scene, "STOP")
    assert len(await confirmations(scene)) == 1
    assert [each.meaning for each in await listed(scene)] == ["stop", "stop"]
    assert (await answers.list_answers(scene.database, scene.root)).unread == 0
    await told(scene, "Yes")
    assert await refused(scene, "Ann") == []
    assert len(await confirmations(scene)) == 2
    scene.database.clock.move(timedelta(hours=1))
    await told(scene, "Yes")
    assert (await listed(scene))[0].meaning == "message"


async def test_by_whatsapp_it_is_heeded_and_confirmed_too(scene: Scene) -> None:
    await scene.database.execute("UPDATE clients SET whatsapp = $1 WHERE name = 'Ann'", ANN)
    await told(scene, "Parar", channel="whatsapp", sender="33612345601", recipient="+33700000000")
    assert await refused(scene, "Ann") == ["whatsapp"]
    [sent] = await confirmations(scene)
    assert sent[1] == ANN
    assert "START" in sent[2]


async def test_whether_it_is_confirmed_is_a_setting(scene: Scene) -> None:
    await answers.change_answer_settings(scene.database, scene.root, AnswerSettings(confirms=False))
    await told(scene, "STOP")
    assert await refused(scene, "Ann") == ["sms"]
    assert await confirmations(scene) == []


async def test_by_e_mail_only_that_channel_is_stopped_whatever_stands_below(scene: Scene) -> None:
    await told(scene, "Désabonner\n\n--\nAnn", channel="email", sender="ANN@example.com", recipient="talk@example.com")
    assert await refused(scene, "Ann") == ["email"]
    assert await confirmations(scene) == []


async def test_by_e_mail_nobody_has_messages_back_in_the_name_of_another(scene: Scene) -> None:
    made = await scene.create("Ann", channels=["email"])
    await scene.work()
    [sent] = await scene.claim()
    await scene.accept(sent)
    by_mail = {"channel": "email", "sender": "ann@example.com", "recipient": "talk@example.com"}
    await told(scene, "STOP", **by_mail)
    await told(scene, "START", **by_mail)
    assert await refused(scene, "Ann") == ["email"]
    [started, _] = await listed(scene)
    assert (started.meaning, started.read_at, started.communication_id) == ("message", None, made.id)
    await told(scene, "Start", **by_mail, answers=(str(sent.delivery_id),))
    assert await refused(scene, "Ann") == []


async def test_a_note_of_a_program_is_nobodys_answer(scene: Scene) -> None:
    await told(scene, "STOP", channel="email", sender="ann@example.com", automatic=True)
    assert await refused(scene, "Ann") == []
    [answer] = await listed(scene)
    assert (answer.meaning, answer.read_at is None) == ("automatic", False)


async def test_whom_the_last_was_sent_to_answers_where_several_have_one_number(scene: Scene) -> None:
    await scene.register(Ben=ANN)
    made = await scene.create("Ann")
    await scene.work()
    await told(scene, "Yes")
    assert [(each.client, each.communication_id) for each in await listed(scene)] == [("Ann", made.id)]
    await told(scene, "STOP")
    assert await refused(scene, "Ann") == ["sms"]
    assert await refused(scene, "Ben") == ["sms"]


async def test_a_communication_counts_its_answers_and_who_ended_messages_after_it(scene: Scene) -> None:
    made = await scene.create()
    await scene.work()
    await told(scene, "At ten, please")
    await told(scene, "Stop")
    await told(scene, "Stop", sender=BORIS)
    await told(scene, "STOP", sender=BORIS)
    [counted] = (await answers.response_counts(scene.database, scene.root, made.id)).items
    assert (counted.channel, counted.answers, counted.unsubscribed) == ("sms", 1, 2)
    await keeping.erase_client(scene.database, scene.root, scene.clients["Ann"])
    await scene.world.react()
    [counted] = (await answers.response_counts(scene.database, scene.root, made.id)).items
    assert (counted.answers, counted.unsubscribed) == (0, 2)


async def test_a_client_with_an_account_answers_in_the_conversation_with_the_chosen_partner(scene: Scene) -> None:
    world = scene.world
    await linking.link_account(scene.database, scene.root, scene.clients["Ann"])
    await told(scene, "Nobody is chosen yet")
    await answers.change_answer_settings(scene.database, scene.root, AnswerSettings(partner_id=world.chateau))
    key = "a_-4" * (CHARACTERS // 4)
    await told(scene, f"At ten, please\n> Unsubscribe: https://talk.example.com/preferences/{key}")
    await told(scene, "At nine", channel="email", sender="ann@example.com")
    forged, answer, before = await listed(scene)
    assert (forged.conversation_id, before.conversation_id) == (None, None)
    assert answer.conversation_id is not None
    history = await conversations.history(scene.database, world.claire.person_id, answer.conversation_id)
    # The letter that is repeated below an answer holds a key to the preferences of the client.
    said = "At ten, please\n> Unsubscribe: https://talk.example.com/preferences/…"
    assert [each.text for each in history.items if each.kind == "text"] == [said]
    assert answer.text == said


async def test_settings_name_a_partner_and_are_an_administrators(scene: Scene) -> None:
    with pytest.raises(Invalid):
        await answers.change_answer_settings(
            scene.database, scene.root, AnswerSettings(partner_id=scene.clients["Ann"])
        )
    with pytest.raises(Forbidden):
        await answers.change_answer_settings(scene.database, scene.world.ann, AnswerSettings())


async def test_what_an_erased_client_wrote_is_gone(scene: Scene) -> None:
    await told(scene, "My secret")
    await keeping.erase_client(scene.database, scene.root, scene.clients["Ann"])
    await scene.world.react()
    assert await listed(scene) == []
    assert await scene.database.fetchval("SELECT count(*) FROM inbound_messages") == 0
