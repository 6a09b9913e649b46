"""What people can ask."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette.base.errors import Invalid

from .conftest import Shelf


async def test_all_words_must_be_there(shelf: Shelf) -> None:
    await shelf.put("both", "chambre avec balcon")
    await shelf.put("one", "chambre sans vue")
    assert await shelf.find("chambre balcon") == ["both"]


async def test_what_is_newest_comes_first(shelf: Shelf) -> None:
    for name in ["first", "second", "third"]:
        await shelf.put(name, "la même chambre")
    assert await shelf.find("chambre") == ["third", "second", "first"]


@pytest.mark.parametrize("q", ["ch", "cham", "chambr", "balcon cha", "химч"])
async def test_the_last_word_may_be_unfinished(shelf: Shelf, q: str) -> None:
    await shelf.put("it", "chambre, balcon, химчистка")
    await shelf.put("another", "rien")
    assert await shelf.find(q) == ["it"]


@pytest.mark.parametrize("q", ["cham balcon", "cham ", '"cham"', "c", "balcon -cham"])
async def test_other_words_must_be_whole(shelf: Shelf, q: str) -> None:
    await shelf.put("it", "chambre, balcon")
    assert await shelf.find(q) == (["it"] if q == "balcon -cham" else [])


async def test_a_phrase_is_found_as_it_stands(shelf: Shelf) -> None:
    await shelf.put("it", "Un grand lit près du mur")
    await shelf.put("apart", "Le lit est grand")
    await shelf.put("plural", "Deux grands lits")
    assert await shelf.find('"grand lit"') == ["it"]
    assert await shelf.find("«grand lit»") == ["it"]
    assert await shelf.find("“pres du mur”") == ["it"]
    assert await shelf.find('"près du mu') == ["it"]
    assert await shelf.find("grand lit") == ["plural", "apart", "it"]


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
async def test_an_unwanted_word_is_unwanted_in_every_form(shelf: Shelf, text: str, unwanted: str) -> None:
    await shelf.put("with", f"ping {text}")
    await shelf.put("without", "ping alone")
    assert await shelf.find(f"ping -{unwanted}") == ["without"]
    assert await shelf.find(f"-{unwanted} ping") == ["without"]


async def test_an_unwanted_phrase(shelf: Shelf) -> None:
    await shelf.put("with", "hôtel au grand lit")
    await shelf.put("without", "hôtel au lit grand")
    assert await shelf.find('hôtel -"grand lit"') == ["without"]


async def test_a_hyphen_inside_a_word_does_not_exclude(shelf: Shelf) -> None:
    await shelf.put("it", "Saint-Malo")
    assert await shelf.find("saint-malo") == ["it"]
    assert await shelf.find("saint - malo") == ["it"]


async def test_unwanted_words_alone_find_nothing(shelf: Shelf) -> None:
    await shelf.put("it", "text")
    assert await shelf.find("-word") == []


@pytest.mark.parametrize("q", ["lyon OR paris", "lyon OU paris", "lyon ИЛИ paris", "OR lyon OR paris OR"])
async def test_one_or_the_other(shelf: Shelf, q: str) -> None:
    await shelf.put("lyon", "à Lyon")
    await shelf.put("paris", "à Paris")
    await shelf.put("nice", "à Nice")
    assert await shelf.find(q) == ["paris", "lyon"]


async def test_small_or_is_a_word(shelf: Shelf) -> None:
    await shelf.put("gold", "une bague en or")
    await shelf.put("ring", "une bague")
    assert await shelf.find('bague "or"') == ["gold"]


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
async def test_odd_input_is_no_error(shelf: Shelf, q: str) -> None:
    await shelf.put("it", "some text")
    assert await shelf.find(q) == []


@pytest.mark.parametrize(
    "text", [*ODD, "a b " * 2500, "x" * 10_000, "ﷺ" * 10_000, "語" * 10_000, "".join(map(chr, range(0x100, 0x2700)))]
)
async def test_odd_text_is_no_error(shelf: Shelf, text: str) -> None:
    await shelf.put("it", f"needle {text}")
    assert await shelf.find("needle") == ["it"]


async def test_ten_thousand_different_words_are_found(shelf: Shelf) -> None:
    text = " ".join(f"{number:x}g" for number in range(2500))
    await shelf.put("it", text)
    assert await shelf.find("9c3g") == ["it"]
    assert await shelf.find('"9c2g 9c3g"') == ["it"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
async def test_any_text_can_be_kept_and_asked(shelf: Shelf, text: str) -> None:
    await shelf.put("it", text, version=len(text) + 1)
    await shelf.find(text)


@pytest.mark.parametrize("length", [201, 10_000])
async def test_a_query_that_is_too_long_names_the_field(shelf: Shelf, length: int) -> None:
    with pytest.raises(Invalid) as problem:
        await shelf.find("a" * length)
    (field,) = problem.value.fields
    assert (field.field, field.code, field.values) == ("q", "too_long", {"max": 200})


@pytest.mark.parametrize(
    ("kept", "other"), [("63e7f20a", "63e7bd41"), ("1e5abc", "1e5xyz"), ("12e4", "120000"), ("7f20a", "7f20as")]
)
async def test_a_number_with_letters_is_one_word(shelf: Shelf, kept: str, other: str) -> None:
    await shelf.put("it", f"Votre commande {kept} est prête")
    await shelf.put("another", f"Votre commande {other} est prête")
    assert await shelf.find(f"{kept} commande") == ["it"]
    assert await shelf.find(f'"commande {kept}"') == ["it"]
    assert await shelf.find(f"commande -{kept}") == ["another"]
