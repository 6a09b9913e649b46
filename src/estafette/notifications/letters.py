"""E-mails as they look: one calm card, good in light, in dark and as plain text, with nothing from outside."""

from collections.abc import Iterator
from html import escape
from typing import Final

import msgspec

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


_STYLE: Final = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #121014 !important; }
  .card { background: #1d1a20 !important; border-color: #39333d !important; }
  .strong { color: #f6f2f7 !important; }
  .soft { color: #b9b0bd !important; }
  .quote { background: #28232c !important; border-color: #ec4899 !important; color: #f6f2f7 !important; }
  .line { border-color: #39333d !important; }
}
@media (max-width: 480px) { .card { padding: 24px 20px !important; } }
""".strip()

_FONT: Final = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def as_html(letter: Letter) -> str:
    """The letter for who sees pictures of text: everything that people wrote is escaped."""
    return (
        f'<!DOCTYPE html><html lang="{letter.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(letter.title)}</title><style>{_STYLE}</style></head>"
        f'<body class="page" style="margin:0;padding:0;background:#f6f4f7;{_FONT}">'
        '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"'
        ' style="padding:32px 12px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"'
        ' style="max-width:560px"><tr><td class="soft" style="padding:0 4px 16px;font-size:14px;color:#6b6270">'
        f"{_mark(letter)}</td></tr>"
        '<tr><td class="card" style="padding:32px;background:#ffffff;border:1px solid #e6e0e8;border-radius:16px">'
        f"{''.join(_content(letter))}</td></tr>"
        f'<tr><td class="soft" style="padding:20px 4px;font-size:13px;line-height:1.5;color:#6b6270">'
        f"{''.join(_foot(letter))}</td></tr></table></td></tr></table></body></html>"
    )


def _mark(letter: Letter) -> str:
    dot = '<span style="color:#ec4899">●</span>&nbsp; '
    return dot + escape(letter.place or "Estafette")


def _content(letter: Letter) -> Iterator[str]:
    yield (
        f'<h1 class="strong" style="margin:0;font-size:22px;line-height:1.3;color:#1f1a22">{escape(letter.title)}</h1>'
    )
    if letter.text:
        yield (
            '<p class="strong" style="margin:12px 0 0;font-size:16px;line-height:1.55;color:#1f1a22">'
            f"{_lines(letter.text)}</p>"
        )
    for passage in letter.passages:
        yield (
            f'<p class="soft" style="margin:20px 0 6px;font-size:13px;color:#6b6270">{escape(passage.head)}</p>'
            '<div class="quote" style="padding:10px 14px;background:#faf7fb;border-left:3px solid #ec4899;'
            'border-radius:0 8px 8px 0;font-size:16px;line-height:1.5;color:#1f1a22;overflow-wrap:anywhere">'
            f"{_lines(passage.text)}</div>"
        )
    if letter.facts:
        yield '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:20px">'
        for label, value in letter.facts:
            yield (
                '<tr><td class="soft line" valign="top" style="padding:8px 16px 8px 0;border-top:1px solid #eee8f0;'
                f'font-size:14px;color:#6b6270;white-space:nowrap">{escape(label)}</td>'
                '<td class="strong line" width="100%" style="padding:8px 0;border-top:1px solid #eee8f0;'
                f'font-size:15px;color:#1f1a22;overflow-wrap:anywhere">{_lines(value)}</td></tr>'
            )
        yield "</table>"
    yield (
        f'<p style="margin:28px 0 0"><a href="{escape(letter.url)}" style="display:inline-block;padding:12px 22px;'
        'background:#be185d;color:#ffffff;border-radius:10px;font-size:16px;font-weight:600;text-decoration:none">'
        f"{escape(letter.action)}</a></p>"
    )
    if letter.after:
        yield (
            '<p class="soft" style="margin:20px 0 0;font-size:14px;line-height:1.5;color:#6b6270">'
            f"{_lines(letter.after)}</p>"
        )


def _foot(letter: Letter) -> Iterator[str]:
    for words, address in letter.foot:
        shown = escape(words)
        if address:
            shown = f'<a class="soft" href="{escape(address)}" style="color:#6b6270">{shown}</a>'
        yield f'<p style="margin:0 0 6px">{shown}</p>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
