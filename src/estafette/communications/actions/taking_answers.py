"""Answers of clients: shown with who wrote them, heeded where they are a word such as STOP, and handed on."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from msgspec import Struct

from estafette import accounts, clients, conversations, deliveries, notifications
from estafette.base.database import Transaction
from estafette.base.errors import Problem
from estafette.base.ids import new_id
from estafette.base.languages import Language
from estafette.clients import Channel, Client
from estafette.communications.models.answers import AnswerSettings
from estafette.communications.rules.answers import Meaning, meaning_of
from estafette.communications.rules.matching import Match, Place, is_proved, match, place, places_of, sent_of
from estafette.communications.rules.preferences import without_keys
from estafette.communications.store import answers as store
from estafette.communications.store import responses
from estafette.communications.texts import STARTED, STOPPED
from estafette.deliveries import Inbound

SINCE: Final = timedelta(days=7)
"""How long after something was sent an answer is taken for an answer to it."""
SOURCE: Final = "answer"
_SAID: Final = 10_000  # characters of a message of a conversation
_CONFIRMED: Final = ("sms", "whatsapp")

_log = structlog.get_logger(__name__)


class _Taken(Struct, frozen=True):
    message: Inbound
    match: Match
    meaning: Meaning
    language: Language | None


async def take_answers(transaction: Transaction, inbound_ids: Sequence[UUID]) -> None:
    """Does with new inbound messages whatever is to be done with answers."""
    found = await deliveries.inbound(transaction, inbound_ids)
    taken = [
        _taken(message, each) for message, each in await _matched(transaction, [found[id_] for id_ in sorted(found)])
    ]
    settings = AnswerSettings(**await store.settings(transaction))
    await _heed(transaction, taken, settings)
    now = transaction.clock.now()
    rows: list[store.AnswerRow] = []
    for each in taken:
        conversation_id = await _hand_on(transaction, each, settings)
        rows.append(_row(each, conversation_id, now))
    if rows:
        await store.insert(transaction, rows)


async def forget_answers(transaction: Transaction, client_ids: Sequence[UUID]) -> None:
    """Removes what erased clients have written, and who they were that ended messages."""
    await responses.forget_of(transaction, client_ids)
    await deliveries.forget_inbound(transaction, await store.forget_of(transaction, client_ids))


async def _matched(transaction: Transaction, messages: Sequence[Inbound]) -> list[tuple[Inbound, Match]]:
    addresses: dict[Channel, set[str]] = defaultdict(set)
    for each in messages:
        addresses[each.channel] |= {each.sender, each.answered_address or each.sender}
    known: dict[Place, list[Client]] = defaultdict(list)
    all_ = await clients.clients_at(transaction, {channel: sorted(some) for channel, some in addresses.items()})
    for client in all_:
        for where in places_of(client):
            known[where].append(client)
    answered = [each.delivery_id for each in messages if each.delivery_id is not None]
    sent = sent_of(await store.last_sent(transaction, [each.id for each in all_], answered)) if all_ else []
    since = transaction.clock.now() - SINCE
    recent = await deliveries.created_since(transaction, [each.delivery_id for each in sent], since)
    return [(each, match(each, known, sent, recent)) for each in messages]


def _taken(message: Inbound, found: Match) -> _Taken:
    if message.automatic:
        return _Taken(message, found, "automatic", None)
    has_stopped = any(message.channel in each.refused for each in found.all)
    meaning, language = meaning_of(message.text, is_letter=message.channel == "email", has_stopped=has_stopped)
    if meaning == "start" and message.channel == "email" and not any(is_proved(message, each) for each in found.all):
        # Anybody can ask in the name of another that they be written to again.
        return _Taken(message, found, "message", None)
    return _Taken(message, found, meaning, language)


async def _heed(transaction: Transaction, taken: Sequence[_Taken], settings: AnswerSettings) -> None:
    """Notes what words such as STOP ask for, of whoever has the address; the last one counts."""
    choices: dict[UUID, dict[Channel, bool]] = defaultdict(dict)
    last: dict[Place, _Taken] = {}
    for each in taken:
        if each.meaning in ("stop", "start"):
            for client in each.match.all:
                choices[client.id][each.message.channel] = each.meaning == "start"
            last[place(each.message.channel, each.message.sender)] = each
    if not choices:
        return
    changed = await clients.note_choices(transaction, choices, SOURCE)
    ended = [
        (each.match.communication_id, each.message.channel, each.match.client.id)
        for each in taken
        if each.meaning == "stop"
        and each.match.communication_id is not None
        and each.match.client is not None
        and each.match.client.id in changed
    ]
    if ended:
        await responses.add_unsubscribes(transaction, ended, transaction.clock.now())
    confirmed: list[deliveries.NewDelivery] = []
    for each in last.values():
        if each.meaning == "start":
            await deliveries.lift(transaction, each.message.channel, each.message.sender)
        if (
            settings.confirms
            and each.message.channel in _CONFIRMED
            and any(one.id in changed for one in each.match.all)
        ):
            confirmed.append(_confirmation(each))
    for outcome in await deliveries.enqueue(transaction, confirmed) if confirmed else ():
        if isinstance(outcome, Problem):
            _log.warning("an answer cannot be confirmed", reason=outcome.code)


def _confirmation(taken: _Taken) -> deliveries.NewDelivery:
    client, message = taken.match.client, taken.message
    language = (client.language if client else None) or taken.language or "en"
    words = STARTED if taken.meaning == "start" else STOPPED
    return deliveries.NewDelivery(
        owner_id=notifications.SYSTEM_OWNER,
        channel=message.channel,
        # By the same way, and from whom it was asked; by WhatsApp that is the gateway's own number.
        sender=message.recipient if message.channel == "sms" else "",
        recipient=message.sender,
        text=words.say(language),
        urgency=0,
        key=f"answer:{message.id}",
        only_gateway_id=message.gateway_id,
    )


async def _hand_on(transaction: Transaction, taken: _Taken, settings: AnswerSettings) -> UUID | None:
    """Lets the chosen partner read it as a message of the person with the client's account; where, if it does."""
    client, message, partner_id = taken.match.client, taken.message, settings.partner_id
    text = without_keys(message.text.strip())[:_SAID]
    if taken.meaning != "message" or client is None or client.person_id is None or partner_id is None or not text:
        return None
    if not is_proved(message, client) or not await accounts.partner_exists(transaction, partner_id):
        return None
    conversation_id = await conversations.storefront_conversation(transaction, client.person_id, partner_id)
    draft = conversations.Draft(
        id=new_id(),
        conversation_id=conversation_id,
        person_id=client.person_id,
        text=text,
        key=f"answer:{message.id}",
    )
    [outcome] = await conversations.append(transaction, [draft])
    if isinstance(outcome, Problem):
        _log.warning("an answer cannot be handed on", reason=outcome.code)
        return None
    return conversation_id


def _row(taken: _Taken, conversation_id: UUID | None, now: datetime) -> store.AnswerRow:
    client = taken.match.client
    return store.AnswerRow(
        inbound_id=taken.message.id,
        client_id=client.id if client else None,
        channel=taken.message.channel,
        meaning=taken.meaning,
        communication_id=taken.match.communication_id,
        conversation_id=conversation_id,
        received_at=taken.message.received_at,
        # What was heeded needs nobody's attention.
        read_at=None if taken.meaning == "message" else now,
    )
