"""What members are told of a contact request, in their language, and how it looks in an e-mail."""

from typing import Any
from uuid import uuid4

import pytest

from estafette import contact_requests
from estafette.accounts.actions import members, profiles
from estafette.accounts.models.inputs import ProfileChanges
from estafette.base.dates import day_in_words
from estafette.base.languages import LANGUAGES, Language
from estafette.contact_requests import RequestChanges
from estafette.notifications import Content, ContentRequest, Kind
from tests.contact_requests.scene import PHONES, Scene
from tests.notifications.people import bell, mail_gateway, recipients, sent


async def content_for(
    scene: Scene, request_id: Any, language: Language = "en", kind: Kind = "contact_request"
) -> Content | None:
    """What Claire is told."""
    claire = scene.world.claire.person_id
    ask = ContentRequest(
        id=uuid4(), kind=kind, person_id=claire, party_id=claire, topic_id=request_id, first=0, language=language
    )
    return (await contact_requests.render(scene.world.database, [ask])).get(ask.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["contact_request", "contact_request_assigned"])
async def test_a_content_says_what_who_and_where_in_the_readers_language(
    scene: Scene, language: Language, kind: Kind
) -> None:
    made = await scene.ask(message="")
    content = await content_for(scene, made.id, language, kind)
    assert content is not None
    assert "Ann" in content.title
    assert "Wedding reception" in content.title
    day = day_in_words(made.starts_at, language)
    assert "Ann" in content.text
    assert day in content.text
    assert [each.value for each in content.facts] == ["Ann", "ann@example.com", PHONES["ann"], day, "Wedding reception"]
    assert content.path == f"/inbox/{scene.world.chateau}/requests/{made.id}"
    assert (content.place, content.reply_to, content.lines) == ("Château de Vaux-le-Vicomte", "ann@example.com", ())
    assert content.actor is not None
    assert content.actor.id == scene.world.ann.person_id
    assert not content.seen


async def test_the_message_is_in_the_content(scene: Scene) -> None:
    long = "word " * 900
    made = await scene.ask(message=f"  Two\nlines, {long}")
    content = await content_for(scene, made.id)
    assert content is not None
    assert content.text.startswith("Two lines, word word")
    assert len(content.text) == 160
    [line] = content.lines
    assert (line.who, line.at, line.text[:11], len(line.text)) == ("Ann", made.created_at, "Two\nlines, ", 1_500)


async def test_what_was_looked_at_or_is_over_needs_not_be_told(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    for state, looked_at, over in (("seen", True, False), ("in_progress", True, False), ("done", True, True)):
        changes = RequestChanges(state=state)  # type: ignore[arg-type]
        await contact_requests.change_request(world.database, world.claire, world.chateau, made.id, changes)
        new, assigned = (
            await content_for(scene, made.id),
            await content_for(scene, made.id, kind="contact_request_assigned"),
        )
        assert new is not None
        assert assigned is not None
        assert (new.seen, assigned.seen) == (looked_at, over)
        assert assigned.subject == f"Re: {new.subject}", "mail programs show letters together that are called the same"


async def test_who_is_no_member_any_more_is_told_nothing(scene: Scene) -> None:
    world, made = scene.world, await scene.ask()
    await world.react()
    assert len(await bell(world, world.denis)) == 1
    await members.remove_member(world.database, world.claire, world.chateau, world.denis.person_id)
    assert await bell(world, world.denis) == []
    assert await content_for(scene, uuid4()) is None
    assert await content_for(scene, made.id) is not None


async def test_every_member_gets_an_e_mail_at_once_that_answers_to_the_person(scene: Scene) -> None:
    world = scene.world
    await mail_gateway(world.database)
    await profiles.change_profile(world.database, world.denis, ProfileChanges(language="fr"))
    made = await scene.ask(message="Is it free on <b>6 June</b>?")
    await world.react()
    await world.run_due_steps()
    assert sorted(await recipients(world.database)) == ["claire@example.com", "denis@example.com"]
    mails = {row["recipient"]: row for row in await sent(world.database)}
    claires, denis = mails["claire@example.com"], mails["denis@example.com"]
    assert claires["subject"] == "New contact request from Ann for “Wedding reception”"
    assert denis["subject"] == "Nouvelle demande de contact de Ann pour «\u00a0Wedding reception\u00a0»"
    assert claires["options"]["reply_to"] == "ann@example.com"
    assert claires["options"]["thread"] == denis["options"]["thread"] == str(made.id)
    for part in ("> Is it free on <b>6 June</b>?", f"Phone: {PHONES['ann']}", "E-mail: ann@example.com"):
        assert part in claires["text"]
    assert f"/inbox/{world.chateau}/requests/{made.id}" in claires["text"]
    assert "&lt;b&gt;6 June&lt;/b&gt;" in claires["html"]
    assert "<b>6 June" not in claires["html"]


async def test_who_looked_in_the_app_gets_no_e_mail_any_more(scene: Scene) -> None:
    world = scene.world
    await mail_gateway(world.database)
    made = await scene.ask()
    await world.react()
    changes = RequestChanges(state="seen")
    await contact_requests.change_request(world.database, world.claire, world.chateau, made.id, changes)
    await world.run_due_steps()
    assert await recipients(world.database) == []
