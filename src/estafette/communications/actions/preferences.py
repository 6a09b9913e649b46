"""Preferences of clients who have come by a link of a message: what they get, and what they wish to get."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from estafette import clients
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.clients import Channel, Client
from estafette.communications.actions.settings import organisation_name
from estafette.communications.rules.masking import masked
from estafette.communications.rules.preferences import VALID, Preference, PreferenceLinks
from estafette.communications.store import responses

PAGE: Final = "preference_page"
LINK: Final = "unsubscribe_link"
"""Where a client said it, as their consents tell."""

Missing = Literal["no_link", "too_old", "erased"]


class Way(Struct, frozen=True, kw_only=True):
    """A channel by which a client can be reached: the address as far as it is shown, and whether it is used."""

    channel: Channel
    address: str
    is_on: bool


class Preferences(Struct, frozen=True, kw_only=True):
    """What a client can choose; `came_by` is the channel of the message with the link."""

    organisation: str
    language: Language | None
    came_by: Channel
    ways: list[Way]


async def preferences_of(database: Database, links: PreferenceLinks, token: str) -> Preferences | Missing:
    """What a link shows, or why there is nothing to show."""
    found = await _found(database, links, token)
    if not isinstance(found, tuple):
        return found
    preference, client = found
    return Preferences(
        organisation=await organisation_name(database),
        language=client.language,
        came_by=preference.channel,
        ways=_ways(client),
    )


async def choose(
    database: Database, links: PreferenceLinks, token: str, wished: Mapping[Channel, bool]
) -> Preferences | Missing:
    """Notes what a client wishes, where it is something else than before: a box that nobody touched says nothing."""
    found = await _found(database, links, token)
    if not isinstance(found, tuple):
        return found
    preference, client = found
    changes: dict[Channel, bool] = {
        way.channel: wished[way.channel]
        for way in _ways(client)
        if way.channel in wished and wished[way.channel] != way.is_on
    }
    if changes:
        await _note(database, preference, changes, PAGE)
    return await preferences_of(database, links, token)


async def unsubscribe(database: Database, links: PreferenceLinks, token: str) -> Preferences | Missing:
    """Ends messages by the channel of a link (RFC 8058), however often it is asked for."""
    found = await _found(database, links, token)
    if not isinstance(found, tuple):
        return found
    preference, _ = found
    await _note(database, preference, {preference.channel: False}, LINK)
    return await preferences_of(database, links, token)


async def _note(database: Database, preference: Preference, changes: Mapping[Channel, bool], source: str) -> None:
    async with database.transaction() as transaction:
        changed = await clients.note_choices(transaction, {preference.client_id: changes}, source)
        ended = [
            (preference.communication_id, channel, preference.client_id)
            for channel, given in changes.items()
            if changed and not given
        ]
        if ended:
            await responses.add_unsubscribes(transaction, ended, transaction.clock.now())


async def _found(database: Database, links: PreferenceLinks, token: str) -> tuple[Preference, Client] | Missing:
    preference = links.read(token)
    if preference is None:
        return "no_link"
    if database.clock.now() - preference.at > VALID:
        return "too_old"
    client = await clients.find_client(database, preference.client_id)
    return "erased" if client is None else (preference, client)


def _ways(client: Client) -> list[Way]:
    addresses: dict[Channel, str | None] = {"email": client.email, "sms": client.phone, "whatsapp": client.whatsapp}
    return [
        Way(channel=channel, address=masked(channel, address), is_on=channel not in client.refused)
        for channel, address in addresses.items()
        if address
    ]
