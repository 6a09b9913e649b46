"""In which language a page is first shown: the one the reader chose in this browser, else the browser's own."""

from typing import Final

from estafette.base.languages import LANGUAGES, Language, preferred
from estafette.http.asgi import Scope, header
from estafette.web.identity import cookie

COOKIE: Final = b"estafette_language"
"""Set by the web app when a language is chosen (`web/src/i18n/language.svelte.ts`); nobody can be told by it."""

VARIES: Final = b"accept-encoding, accept-language, cookie"
"""What a page in the reader's language depends on."""


def language_of(scope: Scope) -> Language:
    """The language to show a page in; the web app decides by the same rule."""
    chosen = cookie(scope, COOKIE)
    for language in LANGUAGES:
        if language == chosen:
            return language
    accepted = header(scope, b"accept-language")
    return preferred(accepted.decode("latin-1") if accepted else None)
