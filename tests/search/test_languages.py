"""Words are found in their other forms, in four languages, with or without accents."""

import pytest

from .conftest import Index


@pytest.mark.parametrize(
    ("text", "q"),
    [
        # English
        ("We are booking two rooms", "book room"),
        ("The parties were organised", "party organise"),
        # French
        ("Nous avons visité les châteaux", "visiter château"),
        ("Les chevaux galopaient dans la prairie", "galoper"),
        ("J’ai réservé deux chambres", "réservation chambre"),
        ("Bienvenue à l’hôtel", "hôtel"),
        # Portuguese
        ("Gostaria de fazer duas reservas", "reserva"),
        ("As informações chegaram ontem", "informação"),
        ("Quero alugar os quartos", "quarto alugar"),
        # Russian
        ("Мы забронировали два номера", "номер"),
        ("Спасибо за приглашения на праздники", "приглашение праздник"),
        ("Свободных комнат уже нет", "свободные комнаты"),
        ("ПРИВЕТ ВСЕМ", "привет"),
    ],
)
async def test_a_word_is_found_in_another_form(index: Index, text: str, q: str) -> None:
    await index.put("it", text)
    await index.put("another", "Something else, autre chose, outra coisa, другое")
    assert await index.find(q) == ["it"]


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("Le château est complet", "chateau complet"),
        ("Les châteaux sont complets", "chateau complet"),
        ("Le chateau est complet", "château complet"),
        ("C’est à côté de la forêt", "cote foret"),
        ("Não há informações disponíveis", "informacoes disponiveis"),
        ("A reunião é amanhã", "reuniao amanha"),
        ("Ещё один самолёт", "еще самолет"),
        ("Еще один самолет", "ещё самолёт"),
        ("Чай и зелёный йогурт", "чаи иогурт"),
        ("Die Straße ist gesperrt", "strasse gesperrt"),
        ("un cafe\u0301 noir", "café noir"),
        ("ﬁn de saison", "fin saison"),
    ],
)
async def test_accents_may_be_left_out_or_added(index: Index, text: str, q: str) -> None:
    await index.put("it", text)
    await index.put("another", "Something else, autre chose, outra coisa, другое")
    assert await index.find(q) == ["it"]


async def test_one_query_may_mix_languages(index: Index) -> None:
    await index.put("it", "Booking confirmed for the château, спасибо!")
    assert await index.find("châteaux bookings спасибо") == ["it"]


@pytest.mark.parametrize("q", ["le château", "un château", "the château", "château à", "no château"])
async def test_common_words_do_not_matter(index: Index, q: str) -> None:
    await index.put("it", "Château complet")
    assert await index.find(q) == ["it"]


async def test_common_words_alone_are_looked_for_as_they_are(index: Index) -> None:
    await index.put("it", "To be or not to be")
    await index.put("other", "That is a question")
    assert await index.find("to be") == ["it"]
    assert await index.find('"or not to"') == ["it"]
    assert await index.find("для") == []


async def test_digits_addresses_and_parts_of_names_are_words(index: Index) -> None:
    await index.put(
        "it", "Mail ann.b@example.org, call +33 6 12 34 56 78, see https://example.com/rouge/blanc, Jean-Pierre"
    )
    for q in ["example.org", "ann", "12 34 56", "blanc", "pierre", "jean-pierre", "https://example.com/rouge/blanc"]:
        assert await index.find(q) == ["it"], q


@pytest.mark.parametrize("word", ["東京", "שלום", "مرحبا", "कमरा", "ράφι", "𝒻𝒶𝓃𝒸𝓎"])
async def test_other_scripts_are_found_as_they_are_written(index: Index, word: str) -> None:
    await index.put("it", f"{word} !")
    assert await index.find(word) == ["it"]
