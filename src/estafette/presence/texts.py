"""The words of presence in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence

PROBLEMS: Final[dict[type[Problem], Sentence]] = {}

FIELDS: Final[dict[str, Sentence]] = {
    "no_status_to_end": Sentence(
        "Only a status that you set can end.",
        "Seul un statut que vous avez défini peut prendre fin.",
        "Só um status que você definiu pode ter um fim.",
        "Окончание можно указать только для выбранного статуса.",
    ),
}
