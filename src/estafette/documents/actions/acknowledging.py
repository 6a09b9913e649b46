"""Acknowledging: a reader takes note of a version of a document, once, and their system is told."""

from typing import Final
from uuid import UUID

from estafette import conversations
from estafette.accounts import Card, SignedIn
from estafette.base.bus import event
from estafette.base.errors import NotFound, invalid
from estafette.base.ids import new_id
from estafette.documents.actions.asking import Documents
from estafette.documents.actions.cards import granted
from estafette.documents.actions.telling import WAITING
from estafette.documents.errors import DocumentChanged, NothingToAcknowledge, UnknownDocument
from estafette.documents.models.cards import Acknowledgement, Acknowledger, Acknowledgers, NewAcknowledgement
from estafette.documents.rules.patterns import LINK
from estafette.documents.rules.showing import VERSION, found_in, links_in
from estafette.documents.store import acknowledgements as store
from estafette.documents.store import systems

PEOPLE: Final = 1_000


async def acknowledge(documents: Documents, who: SignedIn, given: NewAcknowledgement) -> Acknowledgement:
    """Keeps that the caller has taken note of the version that was shown; again, it says when that was.

    Raises Invalid, UnknownDocument, EmailNotConfirmed, DocumentSystemUnreachable, DocumentChanged and
    NothingToAcknowledge.
    """
    if len(given.link) > LINK:
        raise invalid("link", "too_long", max=LINK)
    if len(given.version) > VERSION:
        raise invalid("version", "too_long", max=VERSION)
    system, document, reader = await granted(documents, who, given.link)
    if document.version != given.version:
        raise DocumentChanged
    place = (system.id, document.document, document.version)
    own = (await documents.own(who, [place[:2]])).get(place)
    if own is None:
        if not document.acknowledge:
            raise NothingToAcknowledge
        async with documents.database.transaction() as transaction:
            now = transaction.clock.now()
            if await store.insert(transaction, new_id(), *place, who.person_id, reader.email, now):
                await systems.count_acknowledgement(transaction, system.id)
            transaction.announce(event(WAITING, None))
        own = (await documents.own(who, [place[:2]])).get(place)
        if own is None:
            # The system was removed meanwhile.
            raise UnknownDocument
    return Acknowledgement(acknowledged_at=own.acknowledged_at, told=own.told)


async def acknowledgers(
    documents: Documents, who: SignedIn, conversation_id: UUID, message_id: UUID, link: str
) -> Acknowledgers:
    """Who of those who read a conversation has taken note of a document, for the author of a message that links to it.

    At most 1,000. Raises what is not found for all others, EmailNotConfirmed and DocumentSystemUnreachable.
    """
    database = documents.database
    if not await conversations.may_read(database, who.person_id, conversation_id):
        raise NotFound
    ordinal = await conversations.ordinal_of(database, conversation_id, message_id)
    [message] = (await conversations.history(database, who.person_id, conversation_id, around=ordinal, limit=1)).items
    known = await systems.all_(database)
    place = found_in(known, link)
    if message.sender is None or message.sender.id != who.person_id or place is None:
        raise NotFound
    if place not in [found_in(known, each) for each in links_in(message.text)]:
        raise NotFound
    system, document, _ = await granted(documents, who, link)
    rows = await store.people(database, conversation_id, system.id, document.document, document.version, PEOPLE)
    return Acknowledgers(
        items=[
            Acknowledger(
                person=Card(id=row["id"], name=row["name"], picture=row["picture"]),
                acknowledged_at=row["acknowledged_at"],
            )
            for row in rows
        ]
    )
