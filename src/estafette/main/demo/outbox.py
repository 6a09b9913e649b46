"""Messages that leave the demo: through a folder, so that they can be looked at and bother nobody."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from estafette import accounts, deliveries
from estafette.base.database import Database
from estafette.base.errors import Invalid
from estafette.base.settings import Settings
from estafette.base.vault import open_vault
from estafette.deliveries import GatewayInput, NewDelivery, NewSuppression
from estafette.main.demo.sending import send_communications, signed_in

SENDER: Final = "admin@example.com"
SUPPRESSED: Final = "nobody@example.com"

_AGO: Final = timedelta(days=20)
# Nothing carries MMS: such a message ends as it would in any installation without a gateway for it.
_GATEWAYS: Final = (
    GatewayInput(
        name="Demo texts", transport="folder", channels=["sms"], settings={"fails": 9}, segments_per_second=500
    ),
    GatewayInput(
        name="Demo letters",
        transport="folder",
        channels=["email"],
        settings={"delivers": False},
        receipts_expected=False,
        segments_per_second=500,
    ),
)


async def fill_outbox(database: Database, settings: Settings) -> None:
    """Gateways, and what the administrator of the demo sends; the worker carries it. Does nothing a second time."""
    sender = await accounts.find_by_email(database, SENDER)
    if sender is None or await deliveries.count(database, sender.id):
        return
    vault = open_vault(settings.data)
    # Before anything was sent, which was days ago.
    database.clock.move(-_AGO)
    for gateway in _GATEWAYS:
        with suppress(Invalid):  # a start that was cut off has made it
            await deliveries.make_gateway(database, vault, gateway)
    database.clock.move(_AGO)
    await send_communications(database, signed_in(sender), settings)
    await deliveries.suppress(database, NewSuppression(channel="email", recipient=SUPPRESSED), sender.id)
    acceptor = deliveries.Acceptor(database)
    now = database.clock.now()
    message = NewDelivery(owner_id=sender.id, channel="sms", sender="Estafette", recipient="", text="")
    texts = (
        ("+33639980001", "Votre visite est confirmée pour dimanche à 10 h. À bientôt au château !"),
        ("+447700900123", "Your books are ready for collection until Saturday, 6 pm."),
        ("+5511912345678", "Olá! A sua encomenda de pão de queijo sai do forno às 16h. Até já! 🥐"),
        ("+79991234567", "Ваша прогулка на лодке завтра в 12:00. Причал № 3, возьмите тёплую одежду."),
    )
    for number, text in texts:
        await acceptor.accept(replace(message, recipient=number, text=text))
    letter = replace(message, channel="email", sender="", subject="Candlelight evenings in June")
    for address in ("ana@example.com", SUPPRESSED):
        await acceptor.accept(replace(letter, recipient=address, text="Two thousand candles, every Saturday in June."))
    picture = replace(message, channel="mms", recipient="+33639980002", text="Le plan du jardin")
    await acceptor.accept(picture)
    later = replace(message, recipient="+33639980001", text="N’oubliez pas : votre visite est demain à 10 h.")
    await acceptor.accept(replace(later, send_at=now + timedelta(hours=20)))
    second = await acceptor.accept(replace(later, recipient="+33639980003", send_at=now + timedelta(hours=20)))
    await deliveries.cancel(database, sender.id, second.id)
