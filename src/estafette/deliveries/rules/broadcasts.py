"""What may be broadcast, and how fast strangers may subscribe browsers to it."""

import re
from typing import Final
from urllib.parse import urlsplit

from estafette.base.errors import FieldError, Invalid
from estafette.base.visible import is_visible
from estafette.deliveries.models.broadcasts import BroadcastContent, BroadcastText
from estafette.deliveries.models.push_payload import LARGEST, payload
from estafette.deliveries.rules.checking import PUSH_TEXT, TITLE, is_path

RANGE: Final = 100
"""Subscriptions that a worker leases at once: so many are uncertain at most when it is killed."""

OF_NEIGHBOURHOOD: Final = 60
"""Subscriptions an hour from one address. Many people may be behind it, each with few browsers."""
OF_SERVICE: Final = 500
"""Subscriptions an hour at one push service that nobody knows: else a stranger could let us call whom he likes."""
# Those of the browsers that nearly everybody has.
_KNOWN: Final = ("fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com")
# PostgreSQL cannot store NUL, and half of a surrogate pair is no character.
_NOT_STORED: Final = re.compile("[\0\ud800-\udfff]")


def check_broadcast(content: BroadcastContent) -> None:
    """Raises Invalid with every wrong field, such as `texts.en.push.title`."""
    wrong: list[FieldError] = []
    if content.default_language not in content.texts:
        wrong.append(FieldError(f"texts.{content.default_language}.push", "required"))
    for language, text in content.texts.items():
        wrong += [
            FieldError(f"texts.{language}.push.{each.field}", each.code, each.values) for each in broadcast_faults(text)
        ]
    if wrong:
        raise Invalid(*wrong)


def broadcast_faults(said: BroadcastText) -> list[FieldError]:
    """What is wrong with the `title`, `text` or `url` of a text."""
    wrong: list[FieldError] = []
    for field, value, most in (("title", said.title, TITLE), ("text", said.text, PUSH_TEXT)):
        if _NOT_STORED.search(value):
            wrong.append(FieldError(field, "forbidden_character"))
        elif not is_visible(value):
            wrong.append(FieldError(field, "required"))
        elif len(value) > most:
            wrong.append(FieldError(field, "too_long", {"max": most}))
    if not is_path(said.url) or _NOT_STORED.search(said.url):
        wrong.append(FieldError("url", "path_invalid"))
    if not wrong and len(payload(said.title, said.text, said.url, "x" * 32)) > LARGEST:
        wrong.append(FieldError("text", "payload_too_large", {"max": LARGEST}))
    return wrong


def unknown_service(endpoint: str) -> str | None:
    """The host of a push service that is none of the well-known ones."""
    host = (urlsplit(endpoint).hostname or "").rstrip(".").lower()
    return None if any(host == each or host.endswith(f".{each}") for each in _KNOWN) else host
