"""The words of document D3's own errors in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence

PROBLEMS: Final[dict[type[Problem], Sentence]] = {}
FIELDS: Final[dict[str, Sentence]] = {
    "time_unreadable": Sentence(
        "Give a time such as 2026-12-01T09:00:00-03:00 or 2026-12-01T09:00:00[America/Sao_Paulo].",
        "Indiquez une date comme 2026-12-01T09:00:00-03:00 ou 2026-12-01T09:00:00[America/Sao_Paulo].",
        "Informe um horário como 2026-12-01T09:00:00-03:00 ou 2026-12-01T09:00:00[America/Sao_Paulo].",
        "Укажите время вида 2026-12-01T09:00:00-03:00 или 2026-12-01T09:00:00[America/Sao_Paulo].",
    ),
}
