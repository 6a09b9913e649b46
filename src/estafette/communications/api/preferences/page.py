"""The page as HTML: whole in one answer, in the look of the product, by day and by night."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Final, Literal

from estafette.base.languages import LANGUAGES, Language, Sentence
from estafette.communications.actions.preferences import Missing, Preferences, Way
from estafette.communications.api.preferences import words
from estafette.communications.api.preferences.style import STYLE

Note = Literal["saved", "unsubscribed"]

SECURITY: Final = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
        "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    # The address itself is the key to the page.
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
_NOTES: Final[dict[Note, Sentence]] = {"saved": words.SAVED, "unsubscribed": words.UNSUBSCRIBED}
_NATIVE: Final[dict[Language, str]] = {"en": "English", "fr": "Français", "pt": "Português", "ru": "Русский"}


def preferences_page(found: Preferences, language: Language, note: Note | None) -> str:
    """What a client can choose."""
    said = f'<p class="done" role="status">{_say(_NOTES[note], language)}</p>' if note else ""
    # The way by which the link came stands first.
    ways = sorted(found.ways, key=lambda way: way.channel != found.came_by)
    form = _form(ways, language) if ways else f"<p>{_say(words.NO_WAY, language)}</p>"
    return _page(
        words.TITLE,
        found.organisation,
        language,
        f"{said}<h1>{_say(words.TITLE, language)}</h1><p>{_say(words.LEAD, language)}</p>{form}"
        f'<p class="foot">{_say(words.FOOT, language)}</p>',
    )


def nothing_page(why: Missing, host: str, language: Language) -> str:
    """Why there is nothing to choose."""
    title = words.MISSING_TITLES[why]
    return _page(title, host, language, f"<h1>{_say(title, language)}</h1><p>{_say(words.MISSING[why], language)}</p>")


def _form(ways: list[Way], language: Language) -> str:
    rows = "".join(_row(way, language) for way in ways)
    ticked = " ".join(way.channel for way in ways if way.is_on)
    return (
        f'<form method="post" action="?lang={language}"><input type="hidden" name="chosen" value="1">'
        f'<input type="hidden" name="ticked" value="{ticked}">'
        f"{rows}"
        f'<div class="buttons"><button class="first">{_say(words.SAVE, language)}</button>'
        f'<button name="none" value="1">{_say(words.NOTHING, language)}</button></div></form>'
    )


def _row(way: Way, language: Language) -> str:
    checked = " checked" if way.is_on else ""
    return (
        f'<label><input type="checkbox" name="{way.channel}"{checked}><span>'
        f"<b>{_say(words.NAMES[way.channel], language)}</b> <i>{escape(way.address)}</i>"
        f"<small>{_say(words.MEANINGS[way.channel], language)}</small></span></label>"
    )


def _page(title: Sentence, whose: str, language: Language, inner: str) -> str:
    others = " ".join(
        f'<span aria-current="true">{_NATIVE[each]}</span>'
        if each == language
        else f'<a href="?lang={each}" hreflang="{each}" lang="{each}">{_NATIVE[each]}</a>'
        for each in LANGUAGES
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{_say(title, language)}</title>'
        f'<link rel="icon" href="/favicon.svg"><style>{STYLE}</style></head><body>'
        f'<header><img src="/favicon.svg" alt="" width="24" height="24">{escape(whose)}</header>'
        f"<main>{inner}</main>"
        f'<nav aria-label="{_say(words.LANGUAGE, language)}">{others}</nav></body></html>'
    )


def _say(sentence: Sentence, language: Language) -> str:
    return escape(sentence.say(language))
