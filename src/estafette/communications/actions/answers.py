"""Answers for those who look at them, and what is done with them."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from estafette import accounts, deliveries
from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, write_cursor
from estafette.base.database import Database, Queries
from estafette.base.errors import Forbidden, invalid
from estafette.clients import UnknownClient, find_client, require_communications
from estafette.communications.actions.looking import existing
from estafette.communications.errors import UnknownAnswer
from estafette.communications.models.answers import Answer, Answers, AnswerSettings, ResponseCounts, Responses
from estafette.communications.rules.preferences import without_keys
from estafette.communications.store import answers as store
from estafette.communications.store import responses

COUNTED: Final = 1_000


async def list_answers(
    database: Database,
    who: SignedIn,
    *,
    client_id: UUID | None = None,
    communication_id: UUID | None = None,
    unread: bool = False,
    cursor: str | None = None,
    limit: int = 50,
) -> Answers:
    """Answers, newest first; raises Forbidden, Invalid, UnknownClient and UnknownCommunication."""
    require_communications(who)
    if client_id is not None and await find_client(database, client_id) is None:
        raise UnknownClient
    if communication_id is not None:
        await existing(database, communication_id)
    after = read_cursor(cursor)
    rows = await store.page(
        database, client_id, communication_id, unread=unread, before=after[1] if after else None, limit=limit + 1
    )
    items = await answers_of(database, rows[:limit])
    last = rows[limit - 1] if len(rows) > limit else None
    return Answers(
        items=items,
        unread=await store.count_unread(database, COUNTED),
        next=write_cursor((last["received_at"], last["inbound_id"]) if last else None),
    )


async def answers_of(queries: Queries, rows: Sequence[Any]) -> list[Answer]:
    """The answers of rows, with their words."""
    found = await deliveries.inbound(queries, [row["inbound_id"] for row in rows])
    return [_answer(row, found[row["inbound_id"]]) for row in rows if row["inbound_id"] in found]


async def response_counts(database: Database, who: SignedIn, communication_id: UUID) -> ResponseCounts:
    """How many answered a communication, and how many ended messages after it.

    Raises Forbidden and UnknownCommunication.
    """
    require_communications(who)
    await existing(database, communication_id)
    return ResponseCounts(items=[Responses(**row) for row in await responses.counted(database, communication_id)])


async def mark_read(database: Database, who: SignedIn, answer_id: UUID) -> None:
    """Notes that an answer was read; raises Forbidden and UnknownAnswer."""
    require_communications(who)
    if not await store.known(database, answer_id):
        raise UnknownAnswer
    async with database.transaction() as transaction:
        await store.mark_read(transaction, [answer_id], None, transaction.clock.now(), who.person_id)


async def mark_all_read(database: Database, who: SignedIn, client_id: UUID) -> None:
    """Notes that all that a client wrote was read; raises Forbidden and UnknownClient."""
    require_communications(who)
    if await find_client(database, client_id) is None:
        raise UnknownClient
    async with database.transaction() as transaction:
        await store.mark_read(transaction, None, client_id, transaction.clock.now(), who.person_id)


async def answer_settings(database: Database, who: SignedIn) -> AnswerSettings:
    """What is done with answers; raises Forbidden."""
    require_communications(who)
    return AnswerSettings(**await store.settings(database))


async def change_answer_settings(database: Database, who: SignedIn, given: AnswerSettings) -> AnswerSettings:
    """Says what is done with answers; raises Forbidden for all but administrators, and Invalid."""
    if not who.administrates:
        raise Forbidden
    if given.partner_id is not None and not await accounts.partner_exists(database, given.partner_id):
        raise invalid("partner_id", "unknown")
    async with database.transaction() as transaction:
        now = transaction.clock.now()
        await store.change_settings(transaction, given.partner_id, given.confirms, now, who.person_id)
    return given


def _answer(row: Any, message: deliveries.Inbound) -> Answer:
    return Answer(
        id=message.id,
        client_id=row["client_id"],
        client=row["client"],
        channel=message.channel,
        meaning=row["meaning"],
        sender=message.sender,
        sender_name=message.sender_name,
        recipient=message.recipient,
        subject=message.subject,
        # Mail programs repeat the letter that is answered.
        text=without_keys(message.text),
        attachments=len(message.media),
        communication_id=row["communication_id"],
        conversation_id=row["conversation_id"],
        received_at=row["received_at"],
        read_at=row["read_at"],
    )
