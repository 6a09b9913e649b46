"""The words of this contract; its errors are English texts, the document names no other language."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.contracts.text_messages import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.WrongValue: Sentence("{sentence}", "{sentence}", "{sentence}", "{sentence}"),
    errors.UnreadableMessage: Sentence("{reason}", "{reason}", "{reason}", "{reason}"),
}

FIELDS: Final[dict[str, Sentence]] = {}
