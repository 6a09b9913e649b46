"""What people can ask."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.base.errors import Invalid

from .conftest import Index


async def test_all_words_must_be_there(index: Index) -> None:
    await index.put("both", "chambre avec balcon")
    await index.put("one", "chambre sans vue")
    assert await index.find("chambre balcon") == ["both"]


async def test_what_is_newest_comes_first(index: Index) -> None:
    for name in ["first", "second", "third"]:
        await index.put(name, "la même chambre")
    assert await index.find("chambre") == ["third", "second", "first"]


@pytest.mark.parametrize("q", ["ch", "cham", "chambr", "balcon cha", "химч"])
async def test_the_last_word_may_be_unfinished(index: Index, q: str) -> None:
    await index.put("it", "chambre, balcon, химчистка")
    await index.put("another", "rien")
    assert await index.find(q) == ["it"]


@pytest.mark.parametrize("q", ["cham balcon", "cham ", '"cham"', "c", "balcon -cham"])
async def test_other_words_must_be_whole(index: Index, q: str) -> None:
    await index.put("it", "chambre, balcon")
    assert await index.find(q) == (["it"] if q == "balcon -cham" else [])


async def test_a_phrase_is_found_as_it_stands(index: Index) -> None:
    await index.put("it", "Un grand lit près du mur")
    await index.put("apart", "Le lit est grand")
    await index.put("plural", "Deux grands lits")
    assert await index.find('"grand lit"') == ["it"]
    assert await index.find("«grand lit»") == ["it"]
    assert await index.find("“pres du mur”") == ["it"]
    assert await index.find('"près du mu') == ["it"]
    assert await index.find("grand lit") == ["plural", "apart", "it"]


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("Nous aimons manger dehors", "mangé"),
        ("Deux chevaux à vendre", "chevaux"),
        ("Les châteaux", "chateau"),
        ("Свободные номера", "номер"),
        ("As reservas foram feitas", "reserva"),
        ("Booking confirmed", "bookings"),
    ],
)
async def test_an_unwanted_word_is_unwanted_in_every_form(index: Index, text: str, unwanted: str) -> None:
    await index.put("with", f"ping {text}")
    await index.put("without", "ping alone")
    assert await index.find(f"ping -{unwanted}") == ["without"]
    assert await index.find(f"-{unwanted} ping") == ["without"]


async def test_an_unwanted_phrase(index: Index) -> None:
    await index.put("with", "hôtel au grand lit")
    await index.put("without", "hôtel au lit grand")
    assert await index.find('hôtel -"grand lit"') == ["without"]


async def test_a_hyphen_inside_a_word_does_not_exclude(index: Index) -> None:
    await index.put("it", "Saint-Malo")
    assert await index.find("saint-malo") == ["it"]
    assert await index.find("saint - malo") == ["it"]


async def test_unwanted_words_alone_find_nothing(index: Index) -> None:
    await index.put("it", "text")
    assert await index.find("-word") == []


@pytest.mark.parametrize("q", ["lyon OR paris", "lyon OU paris", "lyon ИЛИ paris", "OR lyon OR paris OR"])
async def test_one_or_the_other(index: Index, q: str) -> None:
    await index.put("lyon", "à Lyon")
    await index.put("paris", "à Paris")
    await index.put("nice", "à Nice")
    assert await index.find(q) == ["paris", "lyon"]


async def test_small_or_is_a_word(index: Index) -> None:
    await index.put("gold", "une bague en or")
    await index.put("ring", "une bague")
    assert await index.find('bague "or"') == ["gold"]


ODD = [
    "",
    " ",
    "-",
    "--",
    '"',
    '""""',
    "- -",
    '-"',
    "!!!",
    "\0",
    "a\0b",
    "& | ! <-> ( ) :* '",
    "'; DROP TABLE files; --",
    "foo & | bar",
    "foo:*A",
    "\\",
    "'\\''",
    "le la les",
    "и в не",
    "\ud800",
    "OR",
    "OR OR",
    "-OR",
    "ﷺ" * 200,
    "a " * 100,
    "½ ² ﬀ ŉ ǰ ΐ",
    "👩‍👧‍👦",
    "\u0301\u0301",
    "%_",
    "\n\t",
]


@pytest.mark.parametrize("q", ODD)
async def test_odd_input_is_no_error(index: Index, q: str) -> None:
    await index.put("it", "some text")
    assert await index.find(q) == []


@pytest.mark.parametrize(
    "text", [*ODD, "a b " * 2500, "x" * 10_000, "ﷺ" * 10_000, "語" * 10_000, "".join(map(chr, range(0x100, 0x2700)))]
)
async def test_odd_text_is_no_error(index: Index, text: str) -> None:
    await index.put("it", f"needle {text}")
    assert await index.find("needle") == ["it"]


async def test_ten_thousand_different_words_are_found(index: Index) -> None:
    text = " ".join(f"{number:x}g" for number in range(2500))
    await index.put("it", text)
    assert await index.find("9c3g") == ["it"]
    assert await index.find('"9c2g 9c3g"') == ["it"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
async def test_any_text_can_be_kept_and_asked(index: Index, text: str) -> None:
    await index.put("it", text, version=len(text) + 1)
    await index.find(text)


@pytest.mark.parametrize("length", [201, 10_000])
async def test_a_query_that_is_too_long_names_the_field(index: Index, length: int) -> None:
    with pytest.raises(Invalid) as problem:
        await index.find("a" * length)
    (field,) = problem.value.fields
    assert (field.field, field.code, field.values) == ("q", "too_long", {"max": 200})


@pytest.mark.parametrize(
    ("kept", "other"), [("63e7f20a", "63e7bd41"), ("1e5abc", "1e5xyz"), ("12e4", "120000"), ("7f20a", "7f20as")]
)
async def test_a_number_with_letters_is_one_word(index: Index, kept: str, other: str) -> None:
    await index.put("it", f"Votre commande {kept} est prête")
    await index.put("another", f"Votre commande {other} est prête")
    assert await index.find(f"{kept} commande") == ["it"]
    assert await index.find(f'"commande {kept}"') == ["it"]
    assert await index.find(f"commande -{kept}") == ["another"]
