"""The words of this contract; its errors are English texts, the document names no other language."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.contracts.storefront_messages import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.BadMessage: Sentence("{reason}", "{reason}", "{reason}", "{reason}"),
    errors.UnknownConversationOrPartner: Sentence(
        "Conversation or partner not found.",
        "Conversation ou partenaire introuvable.",
        "Conversa ou parceiro não encontrado.",
        "Беседа или партнёр не найдены.",
    ),
}

WORDS: Final[dict[str, str]] = {
    "too_long": "has more than {max} characters",
    "empty_message": "is empty",
    "forbidden_character": "holds a character that cannot be stored",
}
"""What can be wrong with a content, in the English that the errors of this contract speak."""

FIELDS: Final[dict[str, Sentence]] = {}
