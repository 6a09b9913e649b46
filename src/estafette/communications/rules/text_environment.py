"""The Liquid of texts to clients: few tags, own filters, low limits, and values that are never read again."""

from secrets import token_hex
from typing import Final, TextIO

from liquid import Environment, RenderContext
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags import assign_tag, case_tag, comment_tag, if_tag, inline_comment_tag, unless_tag

from estafette.base.languages import Language, Sentence
from estafette.communications.models.content import MOST_CHARACTERS
from estafette.communications.models.rendering import RenderFailure
from estafette.communications.rules.filters import add_filters, is_missing

PLACES: Final = "@places"
"""Where values are gathered instead of being written: no variable can be called so."""
MARK: Final = f"v{token_hex(8)}"
"""Begins what stands in the place of a value meanwhile, with its number and an `n` behind it: a word like any other to
Markdown and in an address, which nobody who writes a template can know."""

_YES: Final = Sentence("yes", "oui", "sim", "да")
_NO: Final = Sentence("no", "non", "não", "нет")


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


class TextEnvironment(Environment):
    """What is parsed here costs no more than its length, and so does rendering it."""

    block_nesting_limit = 10
    context_depth_limit = 20
    loop_iteration_limit = 1
    local_namespace_limit = 4 * MOST_CHARACTERS
    output_stream_limit = 4 * MOST_CHARACTERS
    suppress_blank_control_flow_blocks = False

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Adds what there is, and no more."""
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
