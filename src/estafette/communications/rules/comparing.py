"""What is not there is blank: in Liquid an absent value equals `blank` and `empty`, in the library it does not."""

from collections.abc import Iterable

from liquid.ast import Node
from liquid.builtin.expressions.logical import EqExpression, NeExpression
from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.expression import Expression
from liquid.undefined import Undefined


class _Nothing(Blank):
    """Equals what is absent, empty or spaces alone."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Undefined) or super().__eq__(other)

    def __hash__(self) -> int:
        return hash("blank")


def known_nothing(nodes: Iterable[Node]) -> None:
    """Lets the comparisons of parsed nodes know it."""
    for node in nodes:
        for each in node.expressions():
            _replace(each)
        known_nothing(node.children(None, include_partials=False))  # pyright: ignore[reportArgumentType]


def is_nothing(expression: Expression) -> bool:
    """Whether an expression stands for what is not there."""
    return isinstance(expression, _Nothing) or str(expression) in ("", "nil", "null")


def _replace(expression: Expression) -> None:
    if isinstance(expression, EqExpression | NeExpression):
        if isinstance(expression.left, Blank | Empty):
            expression.left, expression.right = expression.right, expression.left
        if isinstance(expression.right, Blank | Empty):
            expression.right = _Nothing(expression.right.token)
    for each in expression.children():
        _replace(each)
