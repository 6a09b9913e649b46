"""The kinds of gateways, a folder each; whoever adds one copies a folder, changes it, and names it here.

Each folder is a package with a `TRANSPORT` (`models.transport.Transport`). A transport knows the nouns, the errors and
the alphabet of deliveries, and nothing else of them.
"""

from collections.abc import Mapping
from typing import Final

from estafette.deliveries.models.transport import Transport
from estafette.deliveries.transports import folder, kannel, smpp, smtp, twilio, web_push, whatsapp

_ALL: Final[tuple[Transport, ...]] = (
    folder.TRANSPORT,
    kannel.TRANSPORT,
    smpp.TRANSPORT,
    smtp.TRANSPORT,
    twilio.TRANSPORT,
    web_push.TRANSPORT,
    whatsapp.TRANSPORT,
)

TRANSPORTS: Final[Mapping[str, Transport]] = {each.name: each for each in _ALL}
