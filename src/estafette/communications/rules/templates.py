"""Texts with variables: Liquid, of which there is what a message needs and nothing that runs long or grows.

There are no loops, no partials and no blocks that are kept, so that what a template costs follows from its length.
What a variable puts in is never read again, neither as Liquid nor as Markdown.
"""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final, TextIO

from liquid import Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags import assign_tag, case_tag, comment_tag, if_tag, inline_comment_tag, unless_tag
from liquid.exceptions import LiquidError
from liquid.template import BoundTemplate

from estafette.base.languages import Language, Sentence
from estafette.communications.models.content import MOST_CHARACTERS
from estafette.communications.models.rendering import RenderFailure
from estafette.communications.rules import delimiters
from estafette.communications.rules.comparing import known_nothing
from estafette.communications.rules.filters import add_filters, is_missing

MOST_PARTS: Final = 2_000
"""Tags, variables and filters of one text."""
PLACES: Final = "@places"
"""Where values are gathered instead of being written: no variable can be called so."""
MARK: Final = f"v{token_hex(8)}"
"""Begins what stands in the place of a value meanwhile, with its number and an `n` behind it: a word like any other to
Markdown and in an address, which nobody who writes a template can know."""

_PARTS: Final = frozenset(("else", "elsif", "when", "#"))
_YES: Final = Sentence("yes", "oui", "sim", "да")
_NO: Final = Sentence("no", "non", "não", "нет")
# What may go wrong in a template that was parsed: a filter that does not fit its value, a number that is too large.
_FAILURES: Final = (LiquidError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _OutputNode(OutputNode):
    """Writes a value, or a mark in its place; one that is not there is an error instead of nothing."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        value = self.expression.evaluate(context)
        if is_missing(value):
            raise RenderFailure("variable_missing", str(getattr(self.expression, "left", self.expression)))
        text = _words(value, context.resolve("language"))
        places: list[str] | None = context.resolve(PLACES)
        if places is None:
            return buffer.write(text)
        places.append(text)
        return buffer.write(f"{MARK}{len(places) - 1}n")


class _Output(Output):
    node_class = _OutputNode


class _Environment(Environment):
    block_nesting_limit = 10
    context_depth_limit = 20
    loop_iteration_limit = 1
    local_namespace_limit = 4 * MOST_CHARACTERS
    output_stream_limit = 4 * MOST_CHARACTERS
    suppress_blank_control_flow_blocks = False

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        literal = ("content", "illegal")
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in literal}
        for tag in (
            _Output,
            assign_tag.AssignTag,
            case_tag.CaseTag,
            comment_tag.CommentTag,
            if_tag.IfTag,
            inline_comment_tag.InlineCommentTag,
            unless_tag.UnlessTag,
        ):
            self.add_tag(tag)
        add_filters(self)


_ENVIRONMENT: Final = _Environment()


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


def _words(value: object, language: Language) -> str:
    match value:
        case str():
            return value
        case bool():
            return (_YES if value else _NO).say(language)
        case float() if value.is_integer():
            return str(int(value))
        case list():
            return "".join(map(str, value))
        case int() | float():
            return str(value)
        case _:
            raise RenderFailure("template_failed")
