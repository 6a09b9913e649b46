"""Whatever can go wrong in accounts is said in four languages."""

import ast
import inspect
import re
from pathlib import Path

from estafette import accounts
from estafette.accounts import errors, texts
from estafette.base import texts as base_texts
from estafette.base.errors import Problem
from estafette.base.languages import Sentence

FOLDER = Path(accounts.__file__).parent


def test_every_problem_has_its_sentences() -> None:
    own = {each for _, each in inspect.getmembers(errors, inspect.isclass) if each.__module__ == errors.__name__}
    assert own == set(texts.PROBLEMS)
    assert all(issubclass(each, Problem) for each in own)


def test_every_code_of_a_field_has_its_sentences_and_every_sentence_a_code() -> None:
    used: set[str] = set()
    for file in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = {"Wrong": 0, "refuse": 1, "invalid": 1}.get(name)
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    used.add(str(node.args[place].value))  # pyright: ignore[reportAttributeAccessIssue]
    assert used - base_texts.FIELDS.keys() == texts.FIELDS.keys()


def test_sentences_are_whole_different_and_hold_the_same_values() -> None:
    sentences: list[Sentence] = [*texts.PROBLEMS.values(), *texts.FIELDS.values(), texts.CONFIRMATION]
    for sentence in sentences:
        assert all(sentence)
        assert len(set(sentence)) == 4
        assert re.search("[а-яё]", sentence.ru)
        assert len({frozenset(re.findall(r"\{(\w+)\}", each)) for each in sentence}) == 1
