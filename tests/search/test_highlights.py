"""Where the words stand in what was found."""

import itertools
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette import search
from estafette.search.models import AS_WRITTEN
from estafette.search.rules.highlights import near, wanted_of
from estafette.search.rules.questions import alternatives

from .conftest import Index


async def shown(index: Index, asked: str, text: str) -> list[str]:
    [found] = await search.highlight(index.database, asked, [text])
    return [text[first:end] for first, end in found]


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("château", "Deux CHÂTEAUX et un chateau", ["CHÂTEAUX", "chateau"]),
        ("cham", "Une chambre, un champ", ["chambre", "champ"]),
        ('"grand lit"', "Un grand lit, un lit grand", ["grand lit"]),
        ("номера", "Свободных номеров нет", ["номеров"]),
        ("booking -hotel", "Bookings of a hotel", ["Bookings"]),
        ("🎂", "Cake 🎂 at five", ["🎂"]),
        ("boat OR train", "A train, then a boat", ["train", "boat"]),
        ("le château", "le beau château", ["château"]),
        ("l'hôtel", "À l’hôtel", ["hôtel"]),
        ("x", "nothing of it", []),
    ],
)
async def test_words_are_shown_as_they_are_found(index: Index, asked: str, text: str, expected: list[str]) -> None:
    assert await shown(index, asked, text) == expected


async def test_nothing_is_asked_of_the_database_for_nothing(index: Index) -> None:
    before = index.database.statements
    assert await search.highlight(index.database, "  ", ["text"]) == [[]]
    assert await search.highlight(index.database, "word", []) == []
    assert index.database.statements == before


def test_an_excerpt_begins_shortly_before_the_first_words_and_keeps_their_places() -> None:
    text = "word " * 200 + "needle and more " + "word " * 200
    first = text.index("needle")
    cut, found = search.excerpt(text, [(first, first + 6)], 100)
    assert [cut[a:b] for a, b in found] == ["needle"]
    assert cut.startswith("…word")
    assert cut.endswith("…")
    assert len(cut) <= 102
    assert search.excerpt("short", [(0, 5)], 100) == ("short", [(0, 5)])
    assert search.excerpt("x" * 200, [], 100) == ("x" * 100 + "…", [])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=40), text=st.text(max_size=400))
async def test_ranges_lie_in_the_text_one_after_the_other(index: Index, asked: str, text: str) -> None:
    [found] = await search.highlight(index.database, asked, [text])
    cut, inside = search.excerpt(text, found, 50)
    for ranges, whole in ((found, text), (inside, cut)):
        ends = [0, *(place for each in ranges for place in each), len(whole)]
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("asked", "there"),
    [("chateau", "Châteaux"), ('"grand lit"', "grand lit"), ("cham", "chambres"), ("🎂", "🎂"), ("номер", "номера")],
)
async def test_the_excerpt_of_a_long_text_shows_what_stands_deep_in_it(index: Index, asked: str, there: str) -> None:
    text = "word " * 9_000 + there + " and more" + " word" * 1_000
    [(cut, found)] = await search.excerpts(index.database, asked, [text], 100)
    assert [cut[first:end] for first, end in found] == [there]


def test_how_much_is_asked_costs_little_more_where_it_is_looked_for() -> None:
    letters = "abcdefghij"
    text = " ".join("".join(each) for each in itertools.islice(itertools.product(letters, repeat=5), 10_000))

    def seconds(asked: str) -> float:
        [terms] = alternatives(asked)
        wanted = wanted_of([terms], {word: AS_WRITTEN for term in terms for word in term.words})
        before = time.process_time()
        for _ in range(5):
            assert near(text, wanted, 2_000) == text[:2_000]
        return time.process_time() - before

    assert seconds(" ".join(f"z{letters[n % 10]}{n}xyz" for n in range(100))) < 3 * seconds("quite other words ")
