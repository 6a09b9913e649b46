"""All sentences of problems and fields, collected from every capability."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

import estafette
from estafette.base.errors import FieldError, Problem
from estafette.base.languages import Language, Sentence


class _Forgiving(dict[str, object]):
    """A value that a problem did not bring is left out of the sentence rather than breaking it."""

    def __missing__(self, key: str) -> str:
        return "…"


def problem_sentence(kind: type[Problem]) -> Sentence:
    """The sentence of a problem, or of the nearest of its parents that has one."""
    problems, _ = _all()
    return next(problems[each] for each in kind.__mro__ if each in problems)


def say(sentence: Sentence, language: Language, values: Mapping[str, object]) -> str:
    """A sentence with its values."""
    return getattr(sentence, language).format_map(_Forgiving(values))


def field_message(error: FieldError, language: Language) -> str:
    """What is wrong with one field."""
    _, fields = _all()
    sentence = fields.get(error.code)
    return say(sentence or fields["wrong_type"], language, error.values)


def problem_sentences() -> Mapping[type[Problem], Sentence]:
    """Every problem that has a sentence of its own."""
    return _all()[0]


def field_sentences() -> Mapping[str, Sentence]:
    """Every code of a field with its sentence."""
    return _all()[1]


@cache
def _all() -> tuple[dict[type[Problem], Sentence], dict[str, Sentence]]:
    problems: dict[type[Problem], Sentence] = {}
    fields: dict[str, Sentence] = {}
    package = Path(estafette.__file__).parent
    for file in sorted(package.rglob("texts.py")):
        texts = import_module(".".join(["estafette", *file.relative_to(package).with_suffix("").parts]))
        problems |= getattr(texts, "PROBLEMS", {})
        fields |= getattr(texts, "FIELDS", {})
    return problems, fields
