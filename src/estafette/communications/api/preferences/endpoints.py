"""Shows preferences and takes what was chosen."""

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import parse_qsl

from estafette.base.database import Database
from estafette.base.languages import LANGUAGES, Language
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.clients import Channel
from estafette.communications.actions import preferences
from estafette.communications.actions.preferences import Missing, Preferences
from estafette.communications.api.preferences.page import SECURITY, Note, nothing_page, preferences_page
from estafette.communications.rules.preferences import PreferenceLinks
from estafette.http import Query, Response, get, post

FORM_BYTES: Final = 4_096
FIELDS: Final = 20
CHOSEN: Final = "chosen"
"""The field that tells our own form from the request of a mail program."""
TICKED: Final = "ticked"
"""Names the channels whose boxes were ticked when the page was shown."""
NONE: Final = "none"

_CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "whatsapp")
_STATUS: Final[dict[Missing, int]] = {"no_link": 404, "too_old": 410, "erased": 410}
_HTML: Final = "text/html; charset=utf-8"

Said = Annotated[str | None, Query("What was done just now: `saved`")]
Wanted = Annotated[str | None, Query("Language of the page: en, fr, pt or ru")]


@get("/preferences/{token}", open=True, documented=False, media_type="text/html")
async def show_preferences(
    database: Database,
    vault: Vault,
    settings: Settings,
    language: Language,
    token: str,
    lang: Wanted = None,
    done: Said = None,
) -> Response:
    """By which channels a client is written to."""
    links = PreferenceLinks(settings.origin, vault)
    found = await preferences.preferences_of(database, links, token)
    return _page(settings, found, _language(lang, found, language), "saved" if done == "saved" else None)


@post("/preferences/{token}", open=True, documented=False, max_body=FORM_BYTES, media_type="text/html")
async def change_preferences(
    database: Database,
    vault: Vault,
    settings: Settings,
    language: Language,
    token: str,
    body: bytes,
    lang: Wanted = None,
) -> Response:
    """Our own form says by its boxes what a client wishes; any other request ends the channel of the link."""
    links = PreferenceLinks(settings.origin, vault)
    fields = _fields(body)
    if CHOSEN not in fields:
        # Whoever unsubscribes for somebody follows no redirection.
        found = await preferences.unsubscribe(database, links, token)
        return _page(settings, found, _language(lang, found, language), "unsubscribed")
    found = await preferences.choose(database, links, token, _wished(fields))
    if not isinstance(found, Preferences):
        return _page(settings, found, _language(lang, found, language), None)
    kept = f"&lang={lang}" if lang in LANGUAGES else ""
    return Response(status_code=303, headers={"location": f"/preferences/{token}?done=saved{kept}"})


def _wished(fields: Mapping[str, str]) -> dict[Channel, bool]:
    """What a form says: of a box that is as the page showed it nothing, whatever became of its channel since."""
    if NONE in fields:
        return dict.fromkeys(_CHANNELS, False)
    ticked = fields[TICKED].split() if TICKED in fields else None
    return {
        channel: channel in fields
        for channel in _CHANNELS
        if ticked is None or (channel in fields) != (channel in ticked)
    }


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS))
    except ValueError:
        return {}


def _language(wanted: str | None, found: Preferences | Missing, of_browser: Language) -> Language:
    for each in LANGUAGES:
        if each == wanted:
            return each
    return (found.language if isinstance(found, Preferences) else None) or of_browser


def _page(settings: Settings, found: Preferences | Missing, language: Language, note: Note | None) -> Response:
    if isinstance(found, Preferences):
        return Response(preferences_page(found, language, note), media_type=_HTML, headers=SECURITY)
    # Nobody's made-up link asks the database what the organisation is called.
    page = nothing_page(found, settings.origin.partition("://")[2], language)
    return Response(page, status_code=_STATUS[found], media_type=_HTML, headers=SECURITY)
