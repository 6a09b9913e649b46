"""Cards: what the systems say to this reader of the documents to which links lead."""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.errors import invalid
from estafette.documents.actions.asking import Documents, Granted, Own
from estafette.documents.actions.connectors import Unreachable
from estafette.documents.errors import DocumentSystemUnreachable, EmailNotConfirmed, UnknownDocument
from estafette.documents.models.cards import DocumentCard
from estafette.documents.models.connector import GrantedDocument, Reader
from estafette.documents.models.systems import Origins, SystemRow
from estafette.documents.rules.patterns import LINK, read_pattern
from estafette.documents.rules.showing import found_in, shown
from estafette.documents.store import systems as store

LINKS: Final = 50


async def origins(documents: Documents, who: SignedIn) -> Origins:
    """Where links to documents lead; nowhere for whose address is not confirmed, since no system is asked for them."""
    systems = await store.all_(documents.database)
    if not systems or await documents.reader(who) is None:
        return Origins(origins=[])
    patterns = [read_pattern(each) for system in systems for each in system.patterns]
    return Origins(origins=sorted({each.origin for each in patterns}))


async def cards(documents: Documents, who: SignedIn, links: Sequence[str]) -> list[DocumentCard]:
    """A card for each link that leads to a registered system; raises Invalid."""
    if len(links) > LINKS:
        raise invalid("links", "too_many", max=LINKS)
    if any(len(each) > LINK for each in links):
        raise invalid("links", "too_long", max=LINK)
    systems = await store.all_(documents.database)
    found = {link: place for link in links if (place := found_in(systems, link))}
    if not found:
        return []
    reader = await documents.reader(who)
    if reader is None:
        return [
            DocumentCard(link=link, state="email_not_confirmed", system=system.name)
            for link, (system, _) in found.items()
        ]
    wanted: dict[UUID, list[str]] = {}
    for system, document in found.values():
        wanted.setdefault(system.id, []).append(document)
    asked = [each for each in systems if each.id in wanted]
    answers = await asyncio.gather(*(_granted(documents, reader, each, wanted[each.id]) for each in asked))
    by_system = {each.id: answer for each, answer in zip(asked, answers, strict=True)}
    own = await documents.own(who, [(system.id, document) for system, document in found.values()])
    return [_card(link, system, document, by_system[system.id], own) for link, (system, document) in found.items()]


async def granted(documents: Documents, who: SignedIn, link: str) -> tuple[SystemRow, GrantedDocument, Reader]:
    """The document to which a link leads, as its system grants it now.

    Raises UnknownDocument, EmailNotConfirmed and DocumentSystemUnreachable.
    """
    place = found_in(await store.all_(documents.database), link)
    if place is None:
        raise UnknownDocument
    system, document = place
    reader = await documents.reader(who)
    if reader is None:
        raise EmailNotConfirmed
    try:
        answer = (await documents.granted(reader, system, [document], fresh=True))[document]
    except Unreachable as failure:
        raise DocumentSystemUnreachable(reason=failure.reason) from None
    if answer is None:
        raise UnknownDocument
    return system, answer, reader


async def _granted(
    documents: Documents, reader: Reader, system: SystemRow, wanted: Sequence[str]
) -> Granted | Unreachable:
    try:
        return await documents.granted(reader, system, wanted)
    except Unreachable as failure:
        return failure


def _card(link: str, system: SystemRow, document: str, answer: Granted | Unreachable, own: Own) -> DocumentCard:
    if isinstance(answer, Unreachable):
        return DocumentCard(link=link, state="unreachable", system=system.name, reason=answer.reason)
    found = answer[document]
    if found is None:
        return DocumentCard(link=link, state="not_granted", system=system.name)
    mine = own.get((system.id, document, found.version))
    return DocumentCard(link=link, state="granted", system=system.name, document=shown(system, found, mine))
