"""The words of this contract in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.contracts.contact_requests import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnreadableRequest: Sentence(
        "The body is not valid JSON.",
        "Le corps de la requête n’est pas du JSON valide.",
        "O corpo da solicitação não é um JSON válido.",
        "Тело запроса не является корректным JSON.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "date_invalid": Sentence(
        "Write a day of the calendar like 2026-05-17.",
        "Indiquez un jour du calendrier comme 2026-05-17.",
        "Escreva um dia do calendário como 2026-05-17.",
        "Укажите день календаря в виде 2026-05-17.",
    ),
}
