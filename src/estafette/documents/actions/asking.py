"""Asking systems for a reader: what is granted to them, what waits for them."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.documents.actions.connectors import Connectors
from estafette.documents.actions.recent import Recent
from estafette.documents.models.acknowledgements import AcknowledgementRow
from estafette.documents.models.connector import (
    CardsAnswer,
    CardsQuestion,
    GrantedDocument,
    Reader,
    WaitingAnswer,
    WaitingQuestion,
)
from estafette.documents.models.systems import SystemRow
from estafette.documents.rules.showing import taken
from estafette.documents.store import acknowledgements

WAITING: Final = 200
"""Of one system; what is more is left out."""
_WHOLE: Final = "waiting"

Granted = Mapping[str, GrantedDocument | None]
"""By document; None for one that is not granted, or is none."""
Own = Mapping[tuple[UUID, str, str], AcknowledgementRow]
"""What a reader has acknowledged, by system, document and version."""


class Documents:
    """What one process asks the systems for its readers."""

    def __init__(self, database: Database, connectors: Connectors) -> None:
        self.database, self.connectors = database, connectors
        self._cards: Recent[GrantedDocument | None] = Recent(database.clock)
        self._waiting: Recent[list[GrantedDocument]] = Recent(database.clock, size=len)

    async def reader(self, who: SignedIn) -> Reader | None:
        """Who asks, as systems know them; None without a confirmed address."""
        contact = (await accounts.contacts(self.database, [who.person_id])).get(who.person_id)
        return Reader(id=contact.id, email=contact.email) if contact and contact.email_confirmed else None

    async def own(self, who: SignedIn, documents: Sequence[tuple[UUID, str]]) -> Own:
        """What a reader has acknowledged of some documents."""
        rows = await acknowledgements.own(self.database, who.person_id, documents)
        return {(each.system_id, each.document, each.version): each for each in rows}

    async def granted(
        self, reader: Reader, system: SystemRow, documents: Sequence[str], *, fresh: bool = False
    ) -> Granted:
        """What a system grants of some of its documents, at most a minute old unless `fresh`; raises Unreachable."""

        async def ask(wanted: Sequence[str]) -> Granted:
            question = CardsQuestion(reader=reader, documents=[*wanted])
            answer = await self.connectors.ask(system, "cards", question, CardsAnswer)
            by_id = taken(answer.cards)
            return {each: by_id.get(each) for each in wanted}

        return await self._cards.get((system.id, system.changed_at, reader), documents, ask, fresh=fresh)

    async def waiting(self, reader: Reader, system: SystemRow) -> list[GrantedDocument]:
        """What waits for a reader in a system, at most a minute old; raises Unreachable."""

        async def ask(_: Sequence[str]) -> Mapping[str, list[GrantedDocument]]:
            answer = await self.connectors.ask(system, "waiting", WaitingQuestion(reader=reader), WaitingAnswer)
            return {_WHOLE: [*taken(answer.documents).values()][:WAITING]}

        return (await self._waiting.get((system.id, system.changed_at, reader), [_WHOLE], ask))[_WHOLE]
