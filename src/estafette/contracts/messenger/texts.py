"""The words of this contract; its errors are English texts, the document names no other language."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.contracts.messenger import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.BadMessengerRequest: Sentence("{reason}", "{reason}", "{reason}", "{reason}"),
    errors.UnknownMessengerResource: Sentence(
        "There is nothing here, or nothing that you may see.",
        "Il n’y a rien ici, ou rien que vous puissiez voir.",
        "Não há nada aqui, ou nada que você possa ver.",
        "Здесь ничего нет или у вас нет к этому доступа.",
    ),
}

WORDS: Final[dict[str, str]] = {
    "forbidden_character": "holds a character that cannot be stored",
    "not_an_employee": "is no available contact",
    "required": "must not be empty",
    "search_missing": "“{piece}” (character {place}) lacks what to look for",
    "search_negation": "“{piece}” (character {place}) cannot be turned round",
    "search_nobody": "“{piece}” (character {place}) is nobody whom you know",
    "search_nowhere": "“{piece}” (character {place}) is no chat of yours",
    "search_too_many": "is too much from “{piece}” (character {place}) on",
    "search_unknown": "“{piece}” (character {place}) is no operator",
    "search_value": "“{piece}” (character {place}) has no value of this operator",
    "too_long": "has more than {max} characters",
    "too_many": "are more than {max}",
}
"""What can be wrong with a field, in the English that the errors of this contract speak."""

FIELDS: Final[dict[str, Sentence]] = {}
