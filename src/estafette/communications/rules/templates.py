"""Texts with variables: Liquid, of which there is what a message needs and nothing that runs long or grows.

There are no loops, no partials and no blocks that are kept, so that what a template costs follows from its length.
What a variable puts in is never read again, neither as Liquid nor as Markdown.
"""

from collections.abc import Mapping
from typing import Any, Final

from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate

from estafette.communications.models.rendering import RenderFailure
from estafette.communications.rules import delimiters
from estafette.communications.rules.comparing import known_nothing
from estafette.communications.rules.text_environment import PLACES, TextEnvironment

MOST_PARTS: Final = 2_000
"""Tags, variables and filters of one text."""
_PARTS: Final = frozenset(("else", "elsif", "when", "#"))
# What may go wrong in a template that was parsed: a filter that does not fit its value, a number that is too large.
_FAILURES: Final = (LiquidError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_ENVIRONMENT: Final = TextEnvironment()


class Broken(Exception):
    """A text is no template: the code of the reason, and what its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def parse(source: str) -> BoundTemplate:
    """A template of at most 100,000 characters; raises Broken."""
    try:
        parts = source.count("|")
        for _, tag in delimiters.tags(source):
            parts += 1
            if tag is not None and not _is_tag(tag):
                raise Broken("template_tag_unknown", tag=tag or "{%")
        if parts > MOST_PARTS:
            raise Broken("template_too_complex", max=MOST_PARTS)
        template = _ENVIRONMENT.from_string(source)
    except delimiters.Unbalanced as error:
        raise Broken("template_broken", line=_line(source, error.position)) from None
    except LiquidError as error:
        raise Broken("template_broken", line=_line(source, error.token.start_index if error.token else -1)) from None
    except RecursionError:
        raise Broken("template_too_complex", max=MOST_PARTS) from None
    known_nothing(template.nodes)
    for name in template.analyze(include_partials=False).filters:
        if name not in _ENVIRONMENT.filters:
            raise Broken("template_filter_unknown", filter=name[:100])
    return template


def _line(source: str, position: int) -> int:
    return source.count("\n", 0, position if position >= 0 else len(source)) + 1


def _is_tag(name: str) -> bool:
    return name.removeprefix("end") in _ENVIRONMENT.tags or name in _PARTS


def render(template: BoundTemplate, values: Mapping[str, Any]) -> str:
    """The text for one client; raises RenderFailure."""
    return _render(template, {**values, PLACES: None})


def render_marked(template: BoundTemplate, values: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The text with a mark in the place of each value, and the values; raises RenderFailure."""
    places: list[str] = []
    return _render(template, {**values, PLACES: places}), places


def _render(template: BoundTemplate, values: Mapping[str, Any]) -> str:
    try:
        return template.render(values)
    except _FAILURES:
        raise RenderFailure("template_failed") from None
