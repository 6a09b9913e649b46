"""Small marks of the documentation page: text, paths and types as HTML."""

import re
from html import escape
from typing import Any, cast

import msgspec

from estafette.base.languages import Sentence

Json = dict[str, Any]


def plain(sentence: Sentence) -> str:
    """A sentence in English with its values named."""
    return re.sub(r"\{(\w+)\}", r"⟨\1⟩", sentence.en)


def kind(schema: Json) -> str:
    """What values a schema takes, in words."""
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " or ".join(kind(each) for each in schema[choice] if each.get("type") != "null")
    given: Any = schema.get("type", "value")
    words = " or ".join(cast("list[str]", given)) if isinstance(given, list) else str(given)
    words += f" ({schema['format']})" if "format" in schema else ""
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is not None or most is not None:
        words += f", {'' if least is None else least}…{'' if most is None else most}"
    if "default" in schema and schema["default"] not in (None, ""):
        words += f", {msgspec.json.encode(schema['default']).decode()} if left out"
    return escape(words)


def path(path: str) -> str:
    """A path with its variables marked."""
    return re.sub(r"\{(\w+)\}", r"<var>{\1}</var>", escape(path))


def prose(text: str) -> str:
    """Paragraphs of text with `code` and **strong** words."""
    return "".join(f"<p>{inline(each)}</p>" for each in text.split("\n\n") if each.strip())


def inline(text: str) -> str:
    """One line of such text."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", marked)


def anchor(tag: str) -> str:
    """The anchor of a group of operations."""
    return "tag-" + re.sub(r"[^a-z0-9]+", "-", tag.lower())
