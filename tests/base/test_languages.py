"""Sentences in four languages."""

from estafette.base.languages import Sentence

ABOUT = Sentence("On “{title}”: sure?", "Pour « {title} » : sûr ?", "Sobre “{title}”: certeza?", "О «{title}»: точно?")


def test_french_punctuation_stays_with_its_word_and_what_is_filled_in_stays_as_it_is() -> None:
    assert ABOUT.say("fr", title="A : b") == "Pour «\u00a0A : b\u00a0»\u00a0: sûr\u00a0?"
    assert ABOUT.say("en", title="A : b") == "On “A : b”: sure?"
