"""How texts call the organisation, and what messages cost."""

from decimal import Decimal, InvalidOperation
from typing import Final

from babel.numbers import is_currency

from estafette.accounts import Form, SignedIn, Wrong, line
from estafette.base.database import Database, Queries
from estafette.clients import require_administrator, require_communications
from estafette.communications.models.previews import CommunicationSettings, Price
from estafette.communications.store import settings as store

UNNAMED: Final = "Estafette"
NAME: Final = 80
PLACES: Final = 6
HIGHEST: Final = 10_000
_name = line(NAME)


async def organisation_name(queries: Queries) -> str:
    """As texts to clients call the organisation."""
    return await store.organisation(queries) or UNNAMED


async def get_settings(queries: Queries, who: SignedIn) -> CommunicationSettings:
    """The name and the prices; raises Forbidden."""
    require_communications(who)
    return CommunicationSettings(organisation=await organisation_name(queries), prices=await store.prices(queries))


async def put_settings(database: Database, who: SignedIn, new: CommunicationSettings) -> CommunicationSettings:
    """Another name and other prices; raises Forbidden and Invalid."""
    require_administrator(who)
    with Form() as form:
        name = form.read("organisation", _name, new.organisation)
        prices = [form.read(f"prices[{number}].price", _price, each) for number, each in enumerate(new.prices)]
        for number, each in enumerate(new.prices):
            if not is_currency(each.currency):
                form.refuse(f"prices[{number}].currency", "currency_unknown")
        if len({each.channel for each in new.prices}) < len(new.prices):
            form.refuse("prices", "channel_twice")
    async with database.transaction() as transaction:
        await store.put_organisation(transaction, name, who.person_id, transaction.clock.now())
        await store.put_prices(transaction, prices)
    return await get_settings(database, who)


def _price(given: Price) -> Price:
    try:
        value = Decimal(given.price[:40])
    except InvalidOperation:
        raise Wrong("number_invalid") from None
    if not value.is_finite() or not 0 <= value <= HIGHEST or round(value, PLACES) != value:
        raise Wrong("out_of_range", min=0, max=HIGHEST)
    return Price(channel=given.channel, currency=given.currency, price=f"{value:f}")
