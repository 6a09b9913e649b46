"""Which answers stop messages, and have them back: only the whole of a message is such a word."""

import pytest

from estafette.communications.rules.answers import meaning_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("STOP", "en"),
        ("  stop! ", "en"),
        ("Stop all", "en"),
        ("Unsubscribe", "en"),
        ("Arrêt", "fr"),
        ("DÉSABONNER", "fr"),
        ("désabonner.", "fr"),
        ("Parar", "pt"),
        ("SAIR", "pt"),
        ("Cancelar", "pt"),
        ("СТОП", "ru"),
        ("Отписаться", "ru"),
        ("ＳＴＯＰ", "en"),
        ("\u200bstop\u200b", "en"),
    ],
)
def test_words_that_stop(text: str, language: str) -> None:
    assert meaning_of(text) == ("stop", language)


@pytest.mark.parametrize(
    "text",
    ["", "Don't stop", "stop it", "Please stop sending", "arrêt de bus ?", "не стоп", "stop\nand go", "s" * 9_999],
)
def test_sentences_are_for_people(text: str) -> None:
    assert meaning_of(text)[0] == "message"


@pytest.mark.parametrize("text", ["START", "S’abonner", "Voltar", "Старт"])
def test_words_that_have_them_back(text: str) -> None:
    assert meaning_of(text)[0] == "start"


def test_yes_has_them_back_only_where_they_were_stopped() -> None:
    assert meaning_of("Yes")[0] == "message"
    assert meaning_of("Yes", has_stopped=True)[0] == "start"


def test_under_the_word_of_a_letter_may_stand_whatever_its_writer_always_puts_there() -> None:
    assert meaning_of("Stop\n--\nAnn Smith", is_letter=True)[0] == "stop"
    assert meaning_of("Please do not stop\n", is_letter=True)[0] == "message"
