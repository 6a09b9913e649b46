"""Which variables a template uses, and which of them a client must have."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions import logical as logic
from liquid.builtin.expressions.primitive import Literal
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.expression import Expression
from liquid.template import BoundTemplate

from estafette.base.languages import Language
from estafette.communications.models.content import Channel, Content
from estafette.communications.rules.choosing import sources, text_of
from estafette.communications.rules.comparing import is_nothing
from estafette.communications.rules.templates import parse

CLIENT: Final = ("name", "email", "phone", "external_id")
"""What a client may have or not."""
GIVEN: Final = ("language", "organisation", "unsubscribe_url", "preferences_url")
"""What is always there."""
ATTRIBUTE: Final = "attributes."


def used(template: BoundTemplate) -> set[str]:
    """All variables that it does not make itself; one that is asked for in an odd way is named as it stands there."""
    found = template.analyze(include_partials=False).globals
    return {
        ".".join(map(str, each.segments)) if all(isinstance(part, str) for part in each.segments) else str(each)
        for several in found.values()
        for each in several
    }


def required_of(content: Content, language: Language, channel: Channel) -> set[str]:
    """The variables that whoever gets this text must have."""
    text = text_of(content, language, channel)
    return set[str]().union(*(required(parse(source)) for _, source in sources(text))) if text else set()


def is_known(variable: str, attributes: Mapping[str, Any]) -> bool:
    """Whether there is such a variable; `attributes` are those of clients by their keys."""
    return (
        variable in CLIENT
        or variable in GIVEN
        or (variable.startswith(ATTRIBUTE) and variable.removeprefix(ATTRIBUTE) in attributes)
    )


def required(template: BoundTemplate) -> set[str]:
    """The variables that a client must have: put in without a default, and not only where a condition asks for them.

    Every branch counts, whoever it is for: whether a client comes there is not looked at.
    """
    return {each for each in _needs(template.nodes, set()) if each in CLIENT or each.startswith(ATTRIBUTE)}


def _needs(nodes: Iterable[Node], there: set[str]) -> set[str]:
    """What nodes need beside what is there: `there` grows with what they assign."""
    found: set[str] = set()
    for node in nodes:
        match node:
            case OutputNode():
                found |= _put_in(node.expression) - there
            case AssignNode():
                found |= _put_in(node.expression) - there
                there.add(str(node.name))
            case IfNode() | UnlessNode():
                found |= _branches(node, there)
            case CaseNode():
                found |= _cases(node, there)
            case BlockNode():
                found |= _needs(node.nodes, set(there))
            case _:
                pass
    return found


def _branches(node: IfNode | UnlessNode, there: set[str]) -> set[str]:
    asked = _asked_for(node.condition)
    absent = _absent(node.condition)
    inside, outside = (asked, absent) if isinstance(node, IfNode) else (absent, asked)
    found = _needs([node.consequence], there | inside)
    for each in node.alternatives:
        found |= _needs([each.block], there | outside | _asked_for(each.expression))
    return found | (_needs([node.default], there | outside) if node.default else set())


def _cases(node: CaseNode, there: set[str]) -> set[str]:
    found: set[str] = set()
    for each in node.blocks:
        match each:
            case MultiExpressionBlockNode():
                found |= _needs([each.block], there | _path(node.expression))
            case _:
                found |= _needs([each], set(there))
    return found


def _put_in(expression: Expression) -> set[str]:
    """The variables of an expression that must have a value: all, but what stands before a default."""
    if not isinstance(expression, FilteredExpression):
        return _path(expression)
    filters = expression.filters or []
    found = set[str]() if any(each.name == "default" for each in filters) else _path(expression.left)
    for each in filters:
        for argument in each.children():
            found |= _path(argument)
    return found


def _asked_for(condition: Expression) -> set[str]:
    """The variables that are there wherever a condition holds."""
    match condition:
        case logic.BooleanExpression():
            return _asked_for(condition.expression)
        case logic.LogicalAndExpression():
            return _asked_for(condition.left) | _asked_for(condition.right)
        case logic.LogicalOrExpression():
            return _asked_for(condition.left) & _asked_for(condition.right)
        case logic.NeExpression():
            return _path(condition.left) if is_nothing(condition.right) else set()
        case logic.EqExpression():
            is_one = isinstance(condition.right, Literal) and condition.right.value not in ("", False)
            return _path(condition.left) if is_one else set()
        case logic.ContainsExpression() | logic.GtExpression() | logic.GeExpression():
            return _path(condition.left)
        case logic.LtExpression() | logic.LeExpression():
            return _path(condition.left)
        case _:
            return _path(condition)


def _absent(condition: Expression) -> set[str]:
    """The variables that are there wherever a condition does not hold: it asked whether they are absent."""
    match condition:
        case logic.BooleanExpression():
            return _absent(condition.expression)
        case logic.LogicalOrExpression():
            return _absent(condition.left) | _absent(condition.right)
        case logic.EqExpression():
            return _path(condition.left) if is_nothing(condition.right) else set()
        case _:
            return set()


def _path(expression: Expression) -> set[str]:
    if isinstance(expression, Path) and all(isinstance(each, str) for each in expression.path):
        return {".".join(map(str, expression.path))}
    return set()
