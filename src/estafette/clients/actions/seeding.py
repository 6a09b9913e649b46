"""Many clients at once, by whoever already knows that they are right."""

from collections.abc import Sequence

from msgspec.structs import replace

from estafette.accounts import Form, SignedIn
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.clients.actions.attributes import known_attributes
from estafette.clients.models.clients import CHANNELS, NewClient, NewConsent
from estafette.clients.rules import fields
from estafette.clients.rules.attributes import read_values
from estafette.clients.rules.permissions import require_communications
from estafette.clients.rules.rows import new_client, row_of
from estafette.clients.store import writing


async def add_clients(database: Database, who: SignedIn, many: Sequence[NewClient]) -> None:
    """Adds clients in two statements, however many; raises Forbidden and Invalid, and adds nobody then."""
    require_communications(who)
    known = await known_attributes(database)
    now = database.clock.now()
    rows, consents = [], []
    for each in many:
        with Form() as form:
            read = fields.read_fields(form, each, who.language, who.time_zone)
            values = read_values(form, each.attributes, known)
        given = {key: value for key, value in values.items() if value is not None}
        client = new_client(new_id(), replace(read, attributes=given), now)
        client = replace(
            client,
            consented=[name for name in CHANNELS if name in each.consents and each.consents[name].given],
            refused=[name for name in CHANNELS if name in each.consents and not each.consents[name].given],
        )
        rows.append(row_of(client, who.person_id))
        consents += [
            NewConsent(
                client_id=client.id,
                channel=channel,
                given=said.given,
                source=said.source,
                at=said.at or now,
                recorded_by=who.person_id,
            )
            for channel, said in each.consents.items()
        ]
    async with database.transaction() as transaction:
        await writing.insert(transaction, rows)
        if consents:
            await writing.add_consents(transaction, consents)
