"""Clients who speak for themselves: by an answer, or on the page of their preferences."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from estafette.accounts import email_key
from estafette.base.database import Queries, Transaction
from estafette.clients.models.clients import CHANNELS, Channel, Client, NewConsent
from estafette.clients.rules.rows import row_of
from estafette.clients.store import reading, writing


async def find_client(queries: Queries, client_id: UUID) -> Client | None:
    """A client, whoever asks; None for one that is not in the register any more."""
    return await reading.get(queries, client_id)


async def clients_at(queries: Queries, addresses: Mapping[Channel, Sequence[str]]) -> list[Client]:
    """The clients that have one of these addresses on its channel, in the order of their ids."""
    email_keys = [email_key(each) for each in addresses.get("email", ())]
    return await reading.at(queries, email_keys, addresses.get("sms", ()), addresses.get("whatsapp", ()))


async def note_choices(
    transaction: Transaction, choices: Mapping[UUID, Mapping[Channel, bool]], source: str
) -> set[UUID]:
    """Notes by which channels clients wish to be written to; returns for whom that changed something."""
    now = transaction.clock.now()
    locked = await reading.lock_all(transaction, sorted(choices))
    changed: list[Client] = []
    consents: list[NewConsent] = []
    for client in locked:
        new = client
        for channel, given in choices[client.id].items():
            if channel in (new.consented if given else new.refused):
                continue
            new = _with(new, channel, given)
            consents.append(
                NewConsent(client_id=client.id, channel=channel, given=given, source=source, at=now, recorded_by=None)
            )
        if new is not client:
            changed.append(replace(new, revision=client.revision + 1, changed_at=now))
    if changed:
        await writing.update(transaction, [row_of(each, None) for each in changed])
        await writing.add_consents(transaction, consents)
    return {each.id for each in changed}


def _with(client: Client, channel: Channel, given: bool) -> Client:
    consented, refused = {*client.consented} - {channel}, {*client.refused} - {channel}
    (consented if given else refused).add(channel)
    return replace(
        client,
        consented=[each for each in CHANNELS if each in consented],
        refused=[each for each in CHANNELS if each in refused],
    )
