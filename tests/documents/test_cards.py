"""Cards: seen by whom the system grants the document, a minute old at most, and kept by nobody."""

import asyncio
import gc
import weakref
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from estafette.base.errors import Invalid
from estafette.documents.actions import cards
from estafette.documents.actions.recent import KEPT, Recent
from tests.documents.conftest import GINA, HUGO, Scene
from tests.documents.connector import Doubtful, Example, entry, link


async def test_a_card_is_seen_by_one_and_not_by_another(scene: Scene, personnel: Example) -> None:
    personnel.holds(
        entry("HR-118", GINA, title="Order on remote work", number="118-R", status="to_sign", deadline="2026-12-15")
    )
    await scene.register(personnel.url)
    seen = await scene.card(scene.gina, "HR-118")
    assert seen.document is not None
    assert (seen.state, seen.system, seen.document.title, seen.document.number, seen.document.status) == (
        "granted",
        "Personnel",
        "Order on remote work",
        "118-R",
        "to_sign",
    )
    assert str(seen.document.deadline) == "2026-12-15"
    hidden, unknown = await scene.card(scene.hugo, "HR-118"), await scene.card(scene.hugo, "HR-000")
    assert hidden.state == "not_granted"
    assert replace(hidden, link="") == replace(unknown, link=""), "what one may not see is as if it were not there"


async def test_systems_know_people_by_a_confirmed_address_alone(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    await scene.database.execute("UPDATE people SET email_confirmed_at = NULL WHERE id = $1", scene.gina.person_id)
    assert (await scene.card(scene.gina, "HR-118")).state == "email_not_confirmed"
    assert (await cards.origins(scene.documents, scene.gina)).origins == []
    await scene.card(scene.hugo, "HR-118")
    [(_, question, _)] = connector.asked
    assert question == {"reader": {"id": str(scene.hugo.person_id), "email": HUGO}, "documents": ["HR-118"]}
    assert (await cards.origins(scene.documents, scene.hugo)).origins == ["https://documents.example.com"]


async def test_links_of_nobody_are_left_out_and_no_system_hears_of_them(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    given = ["https://example.org/view/1", "https://documents.example.com/edit/1", "no link", ""]
    assert await cards.cards(scene.documents, scene.gina, given) == []
    assert connector.asked == []


@pytest.mark.parametrize(
    ("links", "code"), [([link(str(each)) for each in range(51)], "too_many"), (["x" * 2_001], "too_long")]
)
async def test_links_have_their_limits(scene: Scene, links: list[str], code: str) -> None:
    with pytest.raises(Invalid) as error:
        await cards.cards(scene.documents, scene.gina, links)
    assert [(each.field, each.code) for each in error.value.fields] == [("links", code)]


async def test_many_links_are_one_question(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    before = scene.database.statements
    await cards.cards(scene.documents, scene.gina, [link("1")])
    for_one = scene.database.statements - before
    await cards.cards(scene.documents, scene.gina, [link(str(each)) for each in range(2, 50)])
    assert len(connector.asked) == 2
    assert scene.database.statements - before == 2 * for_one


async def test_an_answer_is_kept_for_a_minute_for_its_reader_alone(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    for who in (scene.gina, scene.gina, scene.hugo):
        await scene.card(who, "HR-118")
    assert connector.documents == ["HR-118"] * 2
    scene.database.clock.move(KEPT)
    await scene.card(scene.gina, "HR-118")
    assert connector.documents == ["HR-118"] * 3


async def test_what_several_pages_ask_at_once_is_asked_once(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.hangs
    first, second = (asyncio.create_task(scene.card(scene.gina, "HR-118")) for _ in range(2))
    await connector.until(1)
    first.cancel()
    third = asyncio.create_task(scene.card(scene.gina, "HR-118"))
    connector.go_on.set()
    assert {(await each).state for each in (second, third)} == {"not_granted"}
    assert connector.documents == ["HR-118"]


async def test_the_oldest_answers_make_room(scene: Scene) -> None:
    recent: Recent[str] = Recent(scene.database.clock, most=2)
    asked: list[str] = []

    async def ask(wanted: object) -> dict[str, str]:
        assert isinstance(wanted, list)
        asked.extend(wanted)
        return {each: each for each in wanted}

    for each in ("a", "b", "c", "c", "b", "a"):
        assert await recent.get("gina", [each], ask) == {each: each}
    assert asked == ["a", "b", "c", "a"]


async def test_what_is_older_than_a_minute_is_let_go(scene: Scene) -> None:
    class Answer:
        """Seen by whoever still holds it."""

    recent: Recent[Answer] = Recent(scene.database.clock)

    async def ask(wanted: Sequence[str]) -> dict[str, Answer]:
        return {each: Answer() for each in wanted}

    old = weakref.ref((await recent.get("gina", ["a"], ask))["a"])
    scene.database.clock.move(KEPT / 2)
    young = weakref.ref((await recent.get("gina", ["b"], ask))["b"])
    scene.database.clock.move(KEPT / 2)
    await recent.get("hugo", ["c"], ask)
    gc.collect()
    assert old() is None
    assert young() is not None


async def test_long_lists_make_room_for_fewer(scene: Scene) -> None:
    recent: Recent[list[int]] = Recent(scene.database.clock, most=4, size=len)
    asked: list[str] = []

    async def ask(wanted: Sequence[str]) -> dict[str, list[int]]:
        asked.extend(wanted)
        return {each: [1, 2] for each in wanted}

    for each in ("a", "b", "a", "c", "b", "c", "a"):
        await recent.get("gina", [each], ask)
    assert asked == ["a", "b", "c", "a"]


async def test_what_a_connector_says_can_harm_nobody(scene: Scene, connector: Doubtful) -> None:
    await scene.register(connector.url)
    connector.answer = connector.says(
        {
            "cards": [
                entry("1", title="Order \u202egnp.exe\n\0" + "x" * 400, number="7\u2066", url="https://evil.example/1"),
                entry("2", title="\u200b ", url="javascript:alert(1)"),
                entry("3", url="https://documents.example.com/deep/3"),
                entry("4", version="v" * 101),
                entry("5", readers=None, more={"nested": True}),
                entry("not asked for"),
            ]
        }
    )
    found = await cards.cards(scene.documents, scene.gina, [link(each) for each in "12345"])
    shown = {each.link.rpartition("/")[2]: each.document for each in found}
    assert shown["1"] is not None
    assert (shown["1"].title[:14], len(shown["1"].title), shown["1"].number) == ("Order gnp.exe ", 300, "7")
    assert shown["1"].url == link("1"), "a card leads to its own system and nowhere else"
    assert shown["2"] is not None
    assert (shown["2"].title, shown["2"].url) == ("2", link("2"))
    assert shown["3"] is not None
    assert shown["3"].url == "https://documents.example.com/deep/3"
    assert shown["4"] is None
    assert shown["5"] is not None


async def test_of_a_document_nothing_is_kept(scene: Scene, personnel: Example) -> None:
    personnel.holds(entry("HR-118", GINA, title="Dismissal of Hugo"))
    await scene.register(personnel.url)
    opened = await scene.world.write(scene.world.ann, scene.world.chateau, link("HR-118"))
    await scene.world.react()
    assert (await scene.card(scene.gina, "HR-118")).document is not None
    tables = await scene.database.fetch("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public'")
    assert opened.conversation.id
    assert {"messages", "notifications", "search_documents"} <= {row["relname"] for row in tables}
    for row in tables:
        query = f"SELECT count(*) FROM \"{row['relname']}\" AS kept WHERE kept::text LIKE '%Dismissal%'"
        assert await scene.database.fetchval(query) == 0, row["relname"]
