"""What a reader sees of what a connector said: no signs that turn or break a line, no links that lead elsewhere."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category

from msgspec.structs import replace

from estafette.base.brief import brief
from estafette.base.visible import is_visible
from estafette.documents.models.acknowledgements import AcknowledgementRow
from estafette.documents.models.cards import Document
from estafette.documents.models.connector import GrantedDocument
from estafette.documents.models.systems import SystemRow
from estafette.documents.rules.patterns import (
    LINK,
    document_in,
    is_document,
    link_to,
    origin_of,
    read_link,
    read_pattern,
)

TITLE: Final = 300
NUMBER: Final = 60
VERSION: Final = 100
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`()\[\]]+", re.IGNORECASE)
_AFTER: Final = ".,:;!?…*_~»”’"
# Emoji and the letters of some scripts are held together by them.
_JOINERS: Final = frozenset("\u200c\u200d")


def taken(given: Iterable[GrantedDocument]) -> dict[str, GrantedDocument]:
    """What is taken of an answer, by document, and of each no more than can be shown.

    What cannot be named or kept is left out like what is not granted.
    """
    return {each.document: _cut(each) for each in given if _is_document(each)}


def shown(system: SystemRow, given: GrantedDocument, own: AcknowledgementRow | None) -> Document:
    """A document as its reader sees it, with what they did about this version."""
    patterns = [read_pattern(each) for each in system.patterns]
    link = link_to(patterns[0], given.document)
    deeper = given.url is not None and origin_of(given.url) in {each.origin for each in patterns}
    return Document(
        document=given.document,
        title=given.title if is_visible(given.title) else given.document,
        number=given.number,
        status=given.status,
        deadline=given.deadline,
        version=given.version,
        link=link,
        url=given.url if deeper and given.url else link,
        acknowledge=given.acknowledge,
        acknowledged_at=own.acknowledged_at if own else None,
        told=own is not None and own.told,
    )


def found_in(systems: Iterable[SystemRow], text: str) -> tuple[SystemRow, str] | None:
    """To which document of which system a link leads."""
    link = read_link(text)
    if link is None:
        return None
    for system in systems:
        for pattern in system.patterns:
            document = document_in(read_pattern(pattern), link)
            if document is not None:
                return system, document
    return None


def links_in(text: str) -> list[str]:
    """The web addresses in a message, without what belongs to the sentence around them."""
    return [each.rstrip(_AFTER) for each in _ADDRESS.findall(text)]


def _is_document(given: GrantedDocument) -> bool:
    return is_document(given.document) and len(given.version) <= VERSION and "\0" not in given.version


def _cut(given: GrantedDocument) -> GrantedDocument:
    url = given.url if given.url is not None and len(given.url) <= LINK else None
    return replace(given, title=_plain(given.title, TITLE), number=_plain(given.number, NUMBER), url=url)


def _plain(text: str, longest: int) -> str:
    return brief("".join(each for each in text if category(each) != "Cf" or each in _JOINERS), longest)
