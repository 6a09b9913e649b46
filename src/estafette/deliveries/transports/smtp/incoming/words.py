"""The words of a letter: its text, without what it quotes."""

import re
from email.message import Message
from typing import Final

from estafette.base.text_extraction.web_pages import page_text
from estafette.deliveries.transports.smtp.incoming.fields import content_of, parts_of

_CHARACTERS: Final = 200_000
_BLANKS: Final = re.compile(r"\n{3,}")
# How the programs of those who answer introduce what they quote.
_QUOTES: Final = re.compile(
    r"^(?:-{2,} ?(?:Original Message|Message d’origine|Message d'origine|Mensagem original|Исходное сообщение)"
    r"|_{10,}$"
    r"|(?:On|Le|Em|El|Am)\b.{5,200}(?:wrote|a écrit|escreveu|escribió|schrieb)\s*:$"
    r"|.{5,200}(?:пишет|написал|написала|написал\(а\))\s*:$"
    r"|(?:From|De|От|Von) ?: .{3,})",
    re.IGNORECASE,
)
_MARK: Final = ">"


def text_of(letter: Message) -> str:
    """The text of a letter: the plain one where there is one, else what a reader of the HTML sees."""
    plain, pages = [], []
    for part in parts_of(letter):
        if part.get_content_disposition() == "attachment":
            continue
        if part.get_content_type() == "text/plain":
            plain.append(content_of(part))
        elif part.get_content_type() == "text/html":
            pages.append(content_of(part))
    if any(each.strip() for each in plain):
        return "\n".join(plain)[:_CHARACTERS]
    return "\n".join(line.strip() for line in page_text("\n".join(pages)[:_CHARACTERS]).splitlines())


def answer_in(text: str) -> str:
    """What somebody wrote above or between what they quote; all of it when that would be nothing."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if _QUOTES.match(line.strip()):
            break
        if not line.startswith(_MARK):
            lines.append(line.rstrip())
    said = _BLANKS.sub("\n\n", "\n".join(lines)).strip()
    return said or text.strip()
