"""Who finds what, page by page, and what is forgotten."""

import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from estafette import search
from estafette.base.database import Database, Queries
from estafette.base.ids import new_id
from estafette.search import store
from estafette.search.actions import stemming

from .conftest import START, Index


async def test_nobody_finds_what_is_not_for_them(index: Index) -> None:
    ben, eva = new_id(), new_id()
    await index.put("ours", "secret garden", audience=[index.ann, ben])
    await index.put("theirs", "secret garden", audience=[ben, eva])
    assert await index.find("secret") == ["ours"]
    assert await index.find("secret", audience=[ben]) == ["theirs", "ours"]
    assert await index.find("secret", audience=[index.ann, eva]) == ["theirs", "ours"]
    assert await index.find("secret", audience=[new_id()]) == []
    assert await index.find("secret", audience=[]) == []


async def test_a_search_can_stay_in_one_container_and_kind(index: Index) -> None:
    other = new_id()
    await index.put("here", "secret garden")
    await index.put("there", "secret garden", container=other)
    await index.put("note", "secret garden", kind="note")
    assert await index.find("garden", container_id=other) == ["there"]
    assert await index.find("garden", container_id=index.container) == ["here"]
    assert await index.find("garden", container_id=new_id()) == []
    assert await index.find("garden", kind="note") == ["note"]


async def test_an_edit_replaces_the_words(index: Index) -> None:
    await index.put("it", "first text", version=1)
    await index.put("it", "second text", version=2)
    assert await index.find("first") == []
    assert await index.find("second") == ["it"]


async def test_a_late_older_version_changes_nothing(index: Index) -> None:
    await index.put("it", "second text", version=2)
    await index.put("it", "first text", version=1)
    await index.put("it", "another second text", version=2)
    assert await index.find("first") == []
    assert await index.find("another") == []
    assert await index.find("second") == ["it"]


async def test_what_is_forgotten_does_not_come_back(index: Index, database: Database) -> None:
    await index.put("it", "secret text", version=1)
    await index.forget("it", version=3)
    await index.put("it", "secret text", version=2)
    await index.put("it", "secret text", version=3)
    assert await index.find("secret") == []
    assert await database.fetchval("SELECT words IS NULL AND audience = '{}' AND at IS NULL FROM search_documents")


async def test_what_is_forgotten_before_it_was_known_does_not_come(index: Index) -> None:
    await index.forget("it", version=3)
    await index.put("it", "secret text", version=1)
    assert await index.find("secret") == []


async def test_a_late_forgetting_spares_a_newer_version(index: Index) -> None:
    await index.put("it", "new text", version=5)
    await index.forget("it", version=4)
    assert await index.find("text") == ["it"]


async def test_one_batch_may_hold_versions_of_one_document(index: Index, database: Database) -> None:
    def version(number: int, text: str) -> search.Document:
        return search.Document(
            id=document_id,
            kind="message",
            container_id=index.container,
            audience=[index.ann],
            version=number,
            text=text,
            at=START,
        )

    document_id = index.ids.setdefault("it", new_id())
    async with database.transaction() as transaction:
        await search.index(transaction, [version(2, "newer"), version(1, "older")])
        await search.index(transaction, [])
        await search.forget(transaction, [])
    assert await index.find("older") == []
    assert await index.find("newer") == ["it"]


async def test_no_text_is_kept(index: Index, database: Database) -> None:
    await index.put("it", "Zanzibar. Un très grand secret")
    row = str(tuple(await database.fetchrow("SELECT * FROM search_documents") or ()))
    assert "Zanzibar." not in row
    assert "très grand" not in row


@pytest.fixture
async def many(index: Index, database: Database) -> list[UUID]:
    """5,000 messages in two containers, "often" in most of them, "seldom" in every 899th; some at the same time."""
    random.seed(7)
    ids = [new_id() for _ in range(5000)]
    containers = [index.container, new_id()]
    documents = [
        search.Document(
            id=document_id,
            kind="message",
            container_id=containers[number % 5 == 0],
            audience=[index.ann],
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
    index: Index, database: Database, many: list[UUID], q: str, limit: int, within: bool
) -> None:
    scope = {"container_id": index.container} if within else {}
    everything = await index.hits(q, limit=10_000, **scope)
    assert everything
    assert [(hit.at, hit.id) for hit in everything] == sorted(((hit.at, hit.id) for hit in everything), reverse=True)
    paged: list[search.Hit] = []
    while page := await index.hits(q, limit=limit, before=(paged[-1].at, paged[-1].id) if paged else None, **scope):
        assert len(page) <= limit
        paged += page
    assert paged == everything


async def test_a_search_takes_three_statements_at_most(index: Index, database: Database, many: list[UUID]) -> None:
    for q, statements in [("often", 2), ("seldom", 3), ("-", 2), (" ", 0)]:
        before = database.statements
        await index.hits(q)
        assert database.statements - before == statements


async def test_words_that_are_known_are_not_stemmed_again(index: Index, database: Database) -> None:
    counts: list[int] = []
    for name, text in [("one", "Wohin zwölf Boxkämpfer"), ("two", "zwölf Boxkämpfer"), ("three", "zwölf Deichtore")]:
        before = database.statements
        await index.put(name, text)
        counts.append(database.statements - before)
    assert counts == [2, 1, 2]
    assert await index.find("boxkampfer") == ["two", "one"]


async def test_only_so_many_words_are_known(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stemming, "KNOWN_WORDS", 3)
    for name in ("one", "two"):
        await index.put(name, "Les châteaux de la Loire sont complets")
    assert await index.find("château complet") == ["two", "one"]
    assert len(stemming._stems) <= 7


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("🎂", "🎂"),
        ("See you at the party 🎂!", "🎂"),
        ("👍🏽", "👍"),
        ("🇫🇷", "🇫🇷"),
        ("a <<< b", "<<<"),
        ("a <<< b", "a <<< b"),
        ("a <<< b", "<<"),
        ("100 €", "€"),
        ("C++", "++"),
        ("???", "???"),
        ("…", "…"),
        ("'\\'", "'\\'"),
        ("cake 🎂", '"🎂"'),
        ("cake", "cake 🎂 ???"),
        ("a `b` c", '"a b c"'),
    ],
)
async def test_signs_are_found(index: Index, text: str, asked: str) -> None:
    await index.put("it", text)
    await index.put("other", "something else, and nothing of that kind.")
    assert await index.find(asked) == ["it"]


async def test_signs_beside_words_ask_for_nothing_and_unwanted_ones_alone_neither(index: Index) -> None:
    await index.put("birthday", "cake 🎂")
    await index.put("plain", "cake, again")
    assert await index.find("cake - 🎂") == ["plain", "birthday"]
    assert await index.find("-🎂") == []
    assert await index.find(",") == []


async def test_long_documents_are_indexed_a_few_at_a_time_so_that_others_have_their_turn(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "boat " * 11_000
    documents = [
        search.Document(
            id=new_id(),
            kind="message",
            container_id=index.container,
            audience=[index.ann],
            version=1,
            text=text,
            at=START,
        )
        for text in (long, long, "boat", "boat")
    ]
    portions: list[int] = []
    keep = store.keep

    async def counting(queries: Queries, some: Sequence[tuple[search.Document, str]], *, again: bool) -> None:
        portions.append(sum(len(each.text) for each, _ in some))
        await keep(queries, some, again=again)

    monkeypatch.setattr(store, "keep", counting)
    async with index.database.transaction() as transaction:
        await search.index(transaction, documents)
    assert len(portions) == 2
    assert max(portions) < 60_000
    assert len(await index.hits("boat")) == 4
