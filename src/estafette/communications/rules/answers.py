"""What an answer means: the words by which people everywhere stop messages, and have them back."""

import re
from typing import Final, Literal
from unicodedata import category, combining, normalize

from estafette.base.languages import Language

Meaning = Literal["message", "stop", "start", "automatic"]

LONGEST: Final = 60
"""Characters of an answer that may be such a word: more is a sentence, and meant for people."""

_STOP: Final[dict[str, Language]] = {
    "stop": "en",
    "stopall": "en",
    "stop all": "en",
    "unsubscribe": "en",
    "cancel": "en",
    "end": "en",
    "quit": "en",
    "revoke": "en",
    "optout": "en",
    "opt out": "en",
    "arret": "fr",
    "arreter": "fr",
    "desabonner": "fr",
    "desabonnement": "fr",
    "desinscrire": "fr",
    "desinscription": "fr",
    "annuler": "fr",
    "stop sms": "fr",
    "parar": "pt",
    "pare": "pt",
    "sair": "pt",
    "cancelar": "pt",
    "descadastrar": "pt",
    "remover": "pt",
    "стоп": "ru",
    "отписаться": "ru",
    "отписка": "ru",
    "отпишите": "ru",
    "отмена": "ru",
    "отказ": "ru",
    "хватит": "ru",
}
_START: Final[dict[str, Language]] = {
    "start": "en",
    "unstop": "en",
    "subscribe": "en",
    "resume": "en",
    "yes": "en",
    "reprendre": "fr",
    "abonner": "fr",
    "sabonner": "fr",
    "reabonner": "fr",
    "voltar": "pt",
    "assinar": "pt",
    "iniciar": "pt",
    "comecar": "pt",
    "старт": "ru",
    "подписаться": "ru",
    "подписка": "ru",
    "возобновить": "ru",
}
# "Yes" gives back what was stopped, and answers every other question.
_ONLY_AFTER_STOP: Final = frozenset({"yes"})
_SPACES: Final = re.compile(r"\s+")


def meaning_of(text: str, *, is_letter: bool = False, has_stopped: bool = False) -> tuple[Meaning, Language | None]:
    """What an answer means, and in which language it said so. Only the whole of it may be such a word.

    Under the word of a letter there may stand whatever its writer puts under all of them.
    """
    said = text.strip()
    if is_letter:
        said = said.split("\n", 1)[0]
    if len(said) > LONGEST:
        return "message", None
    word = plain(said)
    if word in _STOP:
        return "stop", _STOP[word]
    if word in _START and (has_stopped or word not in _ONLY_AFTER_STOP):
        return "start", _START[word]
    return "message", None


def plain(text: str) -> str:
    """A text in small letters, without accents, punctuation and signs that are not seen."""
    letters = normalize("NFKD", text.casefold())
    # й is и with a sign above: without it words would become others, but nobody writes these without it.
    kept = "".join(
        " " if each.isspace() else each
        for each in letters
        if not combining(each) and (each.isspace() or category(each)[0] in "LN")
    )
    return _SPACES.sub(" ", kept).strip()
