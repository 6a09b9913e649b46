"""E-mails as they look: one calm card, good in light, in dark and as plain text, with nothing from outside."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from estafette.base.languages import Language


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said, with who said it and when, in words."""

    head: str
    text: str


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What an e-mail says, in the reader's language.

    `url` is the one link that opens the right place, `action` its words. `foot` are sentences of why it came, each
    with an address or none.
    """

    language: Language
    title: str
    text: str = ""
    place: str | None = None
    passages: tuple[Passage, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    action: str
    url: str
    after: str = ""  # below the button: until when it is good, what to do if it was not you
    foot: tuple[tuple[str, str | None], ...] = ()


def as_text(letter: Letter) -> str:
    """The letter for who reads plain text."""
    return "\n\n".join(filter(None, _paragraphs(letter))) + "\n"


def _paragraphs(letter: Letter) -> Iterator[str]:
    yield letter.title
    yield letter.text
    for passage in letter.passages:
        quoted = "\n".join(f"> {line}" if line else ">" for line in passage.text.split("\n"))
        yield f"{passage.head}\n{quoted}"
    yield "\n".join(f"{label}: {value}" for label, value in letter.facts)
    yield f"{letter.action}:\n{letter.url}"
    yield letter.after
    # What follows is a signature to programs that read mail (RFC 3676).
    yield "-- \n" + "\n".join(f"{words} {address}" if address else words for words, address in letter.foot)


def as_html(letter: Letter) -> str:
    """The letter for who sees pictures of text: everything that people wrote is escaped."""
    return _template().render(letter=letter)


@cache
def _template() -> Template:
    """`letter.html`, where all that is put in is escaped unless it says otherwise; read for the first letter."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["lines"] = _lines
    return environment.get_template("letter.html")


def _lines(text: str) -> Markup:
    return Markup("<br>").join(text.split("\n"))
