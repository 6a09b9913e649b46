"""The words of what can go wrong with a search: the common ones say it all."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence

PROBLEMS: Final[dict[type[Problem], Sentence]] = {}
FIELDS: Final[dict[str, Sentence]] = {}
