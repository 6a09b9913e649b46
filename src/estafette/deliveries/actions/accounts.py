"""A gateway as its transport sees it: settings and credentials in the transport's own types."""

from collections.abc import Mapping

import msgspec

from estafette.base.vault import Vault
from estafette.deliveries.credentials import unsealed_as
from estafette.deliveries.models.engine import ActiveGateway, TransportEnvironment
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.transport import Account, Transport


def account_of(
    gateway: ActiveGateway, transports: Mapping[str, Transport], vault: Vault, environment: TransportEnvironment
) -> tuple[Transport, Account]:
    """The transport of a gateway and its account there; raises LinkRefused when what is stored does not fit it."""
    transport = transports.get(gateway.transport)
    if transport is None:
        raise LinkRefused("settings", f"This installation knows no transport {gateway.transport!r}.")
    try:
        settings = msgspec.convert(gateway.settings, transport.settings)
        credentials = unsealed_as(vault, gateway.id, gateway.credentials, transport.credentials)
    except ValueError as error:
        raise LinkRefused("settings", f"The settings cannot be used: {error}") from error
    account = Account(
        gateway_id=gateway.id,
        name=gateway.name,
        settings=settings,
        credentials=credentials,
        public_url=environment.public_url,
        data=environment.data,
        private_addresses=environment.private_addresses,
    )
    return transport, account
