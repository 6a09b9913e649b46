"""All sentences of problems and fields, of every capability."""

from collections.abc import Mapping
from typing import Final

from estafette.accounts import texts as accounts
from estafette.base import texts as base
from estafette.base.errors import FieldError, Problem
from estafette.base.languages import Language, Sentence
from estafette.clients import texts as clients
from estafette.communications import texts as communications
from estafette.contact_requests import texts as contact_requests
from estafette.contracts.communications import texts as documented_communications
from estafette.contracts.contact_requests import texts as documented_contact_requests
from estafette.contracts.messenger import texts as messenger
from estafette.contracts.storefront_messages import texts as storefront_messages
from estafette.contracts.text_messages import texts as text_messages
from estafette.conversations import texts as conversations
from estafette.deliveries import texts as deliveries
from estafette.documents import texts as documents
from estafette.files import texts as files
from estafette.notifications import texts as notifications
from estafette.presence import texts as presence
from estafette.web import texts as web
from estafette.webhooks import texts as webhooks

_ALL: Final = (
    base,
    files,
    accounts,
    webhooks,
    deliveries,
    notifications,
    presence,
    conversations,
    clients,
    communications,
    contact_requests,
    documents,
    documented_communications,
    documented_contact_requests,
    messenger,
    storefront_messages,
    text_messages,
    web,
)
_PROBLEMS: Final[Mapping[type[Problem], Sentence]] = {
    kind: sentence for texts in _ALL for kind, sentence in texts.PROBLEMS.items()
}
_FIELDS: Final[Mapping[str, Sentence]] = {code: sentence for texts in _ALL for code, sentence in texts.FIELDS.items()}


class _Forgiving(dict[str, object]):
    """A value that a problem did not bring is left out of the sentence rather than breaking it."""

    def __missing__(self, key: str) -> str:
        return "…"


def problem_sentence(kind: type[Problem]) -> Sentence:
    """The sentence of a problem, or of the nearest of its parents that has one."""
    return next(_PROBLEMS[each] for each in kind.__mro__ if each in _PROBLEMS)


def say(sentence: Sentence, language: Language, values: Mapping[str, object]) -> str:
    """A sentence with its values."""
    return getattr(sentence, language).format_map(_Forgiving(values))


def field_message(error: FieldError, language: Language) -> str:
    """What is wrong with one field."""
    return say(_FIELDS.get(error.code, _FIELDS["wrong_type"]), language, error.values)


def problem_sentences() -> Mapping[type[Problem], Sentence]:
    """Every problem that has a sentence of its own."""
    return _PROBLEMS


def field_sentences() -> Mapping[str, Sentence]:
    """Every code of a field with its sentence."""
    return _FIELDS
