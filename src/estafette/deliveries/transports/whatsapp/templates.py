"""Fetches the templates of a business account, page by page."""

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from estafette.base.brief import brief
from estafette.base.outgoing import NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.deliveries.models.transport import Account
from estafette.deliveries.models.whatsapp import TemplateSeen
from estafette.deliveries.transports.whatsapp.answers import read, shown
from estafette.deliveries.transports.whatsapp.requests import WhatsAppRequests

TIMEOUT: Final = 20.0  # seconds, for a page
PAGES: Final = 120  # of fifty; an account has at most 6,000
ANSWER_BYTES: Final = 2 * 1024 * 1024
MEDIA: Final = ("IMAGE", "VIDEO", "DOCUMENT")
_NAME: Final = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE: Final = re.compile(r"[A-Za-z_-]{2,20}")
_WORD: Final = re.compile(r"[A-Z_]{1,50}")
_PLACE: Final = re.compile(r"\{\{\s*(\w{1,100})\s*\}\}")


class NotFetched(Exception):
    """The templates could not be fetched, and why."""


class _Button(msgspec.Struct, frozen=True):
    type: str = ""
    url: str = ""


class _Component(msgspec.Struct, frozen=True):
    type: str = ""
    format: str = "TEXT"
    text: str = ""
    buttons: list[_Button] = []


class _Template(msgspec.Struct, frozen=True):
    name: str
    language: str
    status: str
    category: str = ""
    components: list[_Component] = []


class _Cursors(msgspec.Struct, frozen=True):
    after: str = ""


class _Paging(msgspec.Struct, frozen=True):
    cursors: _Cursors = _Cursors()
    next: str = ""


class _Page(msgspec.Struct, frozen=True):
    data: list[msgspec.Raw]
    paging: _Paging = _Paging()


async def fetch_templates(account: Account) -> Sequence[TemplateSeen]:
    """All templates of a gateway's account; raises NotFetched."""
    requests = WhatsAppRequests(account.settings, account.credentials)
    found: list[TemplateSeen] = []
    after = ""
    async with Outgoing(private_addresses=True, connections=1, answer_limit=ANSWER_BYTES) as outgoing:
        for _ in range(PAGES):
            page = await _page(outgoing, requests, after)
            found += [template for each in page.data if (template := seen(each)) is not None]
            # The address of the next page is theirs to choose, so only its cursor is heeded.
            if not page.paging.next or page.paging.cursors.after in ("", after):
                return found
            after = page.paging.cursors.after
    raise NotFetched("There are more templates than an account can have.")


async def _page(outgoing: Outgoing, requests: WhatsAppRequests, after: str) -> _Page:
    try:
        answer = await outgoing.get(requests.templates_url(after), requests.headers, timeout=TIMEOUT)
    except (NotConnected, NoAnswer, OutgoingRefused) as error:
        raise NotFetched(brief(f"No answer: {error}.")) from error
    if answer.status != 200:
        raise NotFetched(shown(answer, read(answer.body)))
    try:
        return msgspec.json.decode(answer.body, type=_Page)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotFetched(brief(f"The list is not understood: {error}")) from error


def seen(raw: msgspec.Raw) -> TemplateSeen | None:
    """A template from its entry in the list; None when it is none of a form that can be sent."""
    try:
        template = msgspec.json.decode(raw, type=_Template)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    parts: dict[str, Any] = {each.type.upper(): each for each in template.components}
    body, header = parts.get("BODY", _Component()), parts.get("HEADER")
    if not _NAME.fullmatch(template.name) or not _LANGUAGE.fullmatch(template.language):
        return None
    format_ = header.format.upper() if header is not None else None
    asks_for_text = format_ == "TEXT" and header is not None and _PLACE.search(header.text)
    asks_for_link = any(_PLACE.search(button.url) or button.type == "COPY_CODE" for button in _buttons(parts))
    known = format_ is None or format_ == "TEXT" or format_ in MEDIA
    return TemplateSeen(
        name=template.name,
        language=template.language,
        category=_word(template.category),
        state=_word(template.status),
        body=body.text[:4_096].replace("\0", ""),
        places=list(dict.fromkeys(_PLACE.findall(body.text))),
        header=_word(format_) if format_ is not None else None,
        sendable=known and not asks_for_text and not asks_for_link and "CAROUSEL" not in parts,
    )


def _word(text: str) -> str:
    return text if _WORD.fullmatch(text) else "UNKNOWN"


def _buttons(parts: dict[str, Any]) -> list[_Button]:
    return parts["BUTTONS"].buttons if "BUTTONS" in parts else []
