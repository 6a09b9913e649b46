"""How the app is installed (W3C Web Application Manifest): its name and words in the reader's language."""

from typing import Any, Final

import msgspec

from estafette.base.languages import Language
from estafette.web.public_pages import texts

PATH: Final = "/manifest.webmanifest"
_ICONS: Final = [
    {"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
    {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "/icon-maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


def manifest(name: str, language: Language) -> bytes:
    """The manifest of an installation of this name."""
    described: dict[str, Any] = {
        "id": "/",
        "name": name,
        "short_name": name[:12],
        "description": texts.TEXT.say(language),
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": _ICONS,
    }
    return msgspec.json.encode(described)
