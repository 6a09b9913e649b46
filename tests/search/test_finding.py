"""Who finds what, page by page, and what is forgotten."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from estafette import search
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.search import actions

from .conftest import START, Shelf


async def test_nobody_finds_what_is_not_for_them(shelf: Shelf) -> None:
    ben, eva = new_id(), new_id()
    await shelf.put("ours", "secret garden", audience=[shelf.ann, ben])
    await shelf.put("theirs", "secret garden", audience=[ben, eva])
    assert await shelf.find("secret") == ["ours"]
    assert await shelf.find("secret", audience=[ben]) == ["theirs", "ours"]
    assert await shelf.find("secret", audience=[shelf.ann, eva]) == ["theirs", "ours"]
    assert await shelf.find("secret", audience=[new_id()]) == []
    assert await shelf.find("secret", audience=[]) == []


async def test_a_search_can_stay_in_one_container_and_kind(shelf: Shelf) -> None:
    other = new_id()
    await shelf.put("here", "secret garden")
    await shelf.put("there", "secret garden", container=other)
    await shelf.put("note", "secret garden", kind="note")
    assert await shelf.find("garden", container_id=other) == ["there"]
    assert await shelf.find("garden", container_id=shelf.container) == ["here"]
    assert await shelf.find("garden", container_id=new_id()) == []
    assert await shelf.find("garden", kind="note") == ["note"]


async def test_an_edit_replaces_the_words(shelf: Shelf) -> None:
    await shelf.put("it", "first text", version=1)
    await shelf.put("it", "second text", version=2)
    assert await shelf.find("first") == []
    assert await shelf.find("second") == ["it"]


async def test_a_late_older_version_changes_nothing(shelf: Shelf) -> None:
    await shelf.put("it", "second text", version=2)
    await shelf.put("it", "first text", version=1)
    await shelf.put("it", "another second text", version=2)
    assert await shelf.find("first") == []
    assert await shelf.find("another") == []
    assert await shelf.find("second") == ["it"]


async def test_what_is_forgotten_does_not_come_back(shelf: Shelf, database: Database) -> None:
    await shelf.put("it", "secret text", version=1)
    await shelf.forget("it", version=3)
    await shelf.put("it", "secret text", version=2)
    await shelf.put("it", "secret text", version=3)
    assert await shelf.find("secret") == []
    assert await database.fetchval("SELECT words IS NULL AND audience = '{}' AND at IS NULL FROM search_documents")


async def test_what_is_forgotten_before_it_was_known_does_not_come(shelf: Shelf) -> None:
    await shelf.forget("it", version=3)
    await shelf.put("it", "secret text", version=1)
    assert await shelf.find("secret") == []


async def test_a_late_forgetting_spares_a_newer_version(shelf: Shelf) -> None:
    await shelf.put("it", "new text", version=5)
    await shelf.forget("it", version=4)
    assert await shelf.find("text") == ["it"]


async def test_one_batch_may_hold_versions_of_one_document(shelf: Shelf, database: Database) -> None:
    def version(number: int, text: str) -> search.Document:
        return search.Document(
            id=document_id,
            kind="message",
            container_id=shelf.container,
            audience=[shelf.ann],
            version=number,
            text=text,
            at=START,
        )

    document_id = shelf.ids.setdefault("it", new_id())
    async with database.transaction() as transaction:
        await search.index(transaction, [version(2, "newer"), version(1, "older")])
        await search.index(transaction, [])
        await search.forget(transaction, [])
    assert await shelf.find("older") == []
    assert await shelf.find("newer") == ["it"]


async def test_no_text_is_kept(shelf: Shelf, database: Database) -> None:
    await shelf.put("it", "Zanzibar. Un très grand secret")
    row = str(tuple(await database.fetchrow("SELECT * FROM search_documents") or ()))
    assert "Zanzibar." not in row
    assert "très grand" not in row


@pytest.fixture
async def many(shelf: Shelf, database: Database) -> list[UUID]:
    """5,000 messages in two containers, "often" in most of them, "seldom" in every 899th; some at the same time."""
    random.seed(7)
    ids = [new_id() for _ in range(5000)]
    containers = [shelf.container, new_id()]
    documents = [
        search.Document(
            id=document_id,
            kind="message",
            container_id=containers[number % 5 == 0],
            audience=[shelf.ann],
            version=1,
            text=("seldom " if number % 899 == 0 else "") + random.choice(["often", "often and often", "never"]),
            at=START + timedelta(seconds=number // 3),
        )
        for number, document_id in enumerate(ids)
    ]
    async with database.transaction() as transaction:
        await search.index(transaction, documents)
    return ids


@pytest.mark.parametrize(("q", "limit"), [("often", 30), ("often", 700), ("seldom", 2), ("often seldom", 3)])
@pytest.mark.parametrize("within", [False, True])
async def test_pages_go_through_everything_once(
    shelf: Shelf, database: Database, many: list[UUID], q: str, limit: int, within: bool
) -> None:
    scope = {"container_id": shelf.container} if within else {}
    everything = await shelf.hits(q, limit=10_000, **scope)
    assert everything
    assert [(hit.at, hit.id) for hit in everything] == sorted(((hit.at, hit.id) for hit in everything), reverse=True)
    paged: list[search.Hit] = []
    while page := await shelf.hits(q, limit=limit, before=(paged[-1].at, paged[-1].id) if paged else None, **scope):
        assert len(page) <= limit
        paged += page
    assert paged == everything


async def test_a_search_takes_three_statements_at_most(shelf: Shelf, database: Database, many: list[UUID]) -> None:
    for q, statements in [("often", 2), ("seldom", 3), ("-", 0)]:
        before = database.statements
        await shelf.hits(q)
        assert database.statements - before == statements


async def test_words_that_are_known_are_not_stemmed_again(shelf: Shelf, database: Database) -> None:
    counts: list[int] = []
    for name, text in [("one", "Wohin zwölf Boxkämpfer"), ("two", "zwölf Boxkämpfer"), ("three", "zwölf Deichtore")]:
        before = database.statements
        await shelf.put(name, text)
        counts.append(database.statements - before)
    assert counts == [2, 1, 2]
    assert await shelf.find("boxkampfer") == ["two", "one"]


async def test_only_so_many_words_are_known(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KNOWN_WORDS", 3)
    for name in ("one", "two"):
        await shelf.put(name, "Les châteaux de la Loire sont complets")
    assert await shelf.find("château complet") == ["two", "one"]
    assert len(actions._stems) <= 7
