"""Letters to clients: what was written in Markdown, in a calm frame that names who writes and how to end it.

A letter is put together once for all clients that get the same passages; then each value goes into its place, escaped
for where it stands. So whatever a client is called, it is a word.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from estafette.base.languages import Language, Sentence
from estafette.base.urls import is_url
from estafette.communications.rules import markdown
from estafette.communications.rules.plain_text import as_text
from estafette.communications.rules.text_environment import MARK

_PLACE: Final = re.compile(rf"(href=\"|\()?{MARK}(\d+)([nu])")
_KEPT: Final = "/:?#[]@!$&'()*+,;=-._~%"
"""What an address may have beside letters and digits (RFC 3986)."""

_WHY: Final = Sentence(
    "You get this e-mail because you are a client of {organisation}.",
    "Vous recevez cet e-mail car vous êtes client de {organisation}.",
    "Você recebe este e-mail porque é cliente de {organisation}.",
    "Вы получили это письмо, потому что вы клиент {organisation}.",
)
_CHOOSE: Final = Sentence("Choose what you get", "Choisir mes envois", "Escolher o que recebo", "Настроить рассылки")
_STOP: Final = Sentence("Unsubscribe", "Se désabonner", "Cancelar inscrição", "Отписаться")


class _Place(NamedTuple):
    """Where a value goes: in front of it stands what is neither escaped nor a part of an address."""

    number: int
    in_address: bool
    is_address: bool


_Piece = str | _Place


class Compiled(NamedTuple):
    """A letter in which the values are missing: its pieces as HTML and as text, in their order."""

    html: list[_Piece]
    text: list[_Piece]


def compiled(marked: str, language: Language, organisation: str, after: int) -> Compiled:
    """The letter of a marked text; behind its values come, from the number `after` on, subject and both links."""
    tokens = markdown.read(marked)
    plain = as_text(tokens)
    why = _WHY.say(language, organisation=organisation)
    subject, preferences, unsubscribe = f"{MARK}{after}n", f"{MARK}{after + 1}u", f"{MARK}{after + 2}u"
    html = _frame().render(
        language=language,
        subject=subject,
        organisation=organisation,
        body=Markup(markdown.as_html(tokens)),  # noqa: S704 - made of tokens, in which no HTML is
        why=why,
        preferences=preferences,
        choose=_CHOOSE.say(language),
        unsubscribe=unsubscribe,
        stop=_STOP.say(language),
    )
    # What follows two dashes is a signature to programs that read mail (RFC 3676).
    foot = f"-- \n{why}\n{_CHOOSE.say(language)}: {preferences}\n{_STOP.say(language)}: {unsubscribe}\n"
    return Compiled(_pieces(html), _pieces(f"{plain}\n\n{foot}"))


def filled_html(pieces: Sequence[_Piece], values: Sequence[str]) -> str:
    """The HTML of a letter with its values."""
    return "".join([each if isinstance(each, str) else _html(each, values[each.number]) for each in pieces])


def filled_text(pieces: Sequence[_Piece], values: Sequence[str]) -> str:
    """The plain text of a letter with its values."""
    return "".join([each if isinstance(each, str) else _text(each, values[each.number]) for each in pieces])


def _html(place: _Place, value: str) -> str:
    if place.is_address:
        return escape(value) if _leads_somewhere(value) else "#"
    return escape(quote(value, _KEPT)) if place.in_address else escape(value).replace("\n", "<br>\n")


def _text(place: _Place, value: str) -> str:
    return quote(value, _KEPT) if place.in_address and not _leads_somewhere(value) else value


def _leads_somewhere(value: str) -> bool:
    return is_url(value, "http", "https") or value.startswith("mailto:")


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    end = 0
    for found in _PLACE.finditer(text):
        before = found.group(1) or ""
        pieces += [
            text[end : found.start()] + before,
            _Place(int(found.group(2)), found.group(3) == "u", before == 'href="' and found.group(3) == "u"),
        ]
        end = found.end()
    return [*pieces, text[end:]]


@cache
def _frame() -> Template:
    """`letter.html`, where all that is put in is escaped unless it says otherwise; read for the first letter."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("letter.html")
