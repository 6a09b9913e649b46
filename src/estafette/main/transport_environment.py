"""What transports may know of this installation."""

from estafette.base.settings import Settings
from estafette.deliveries import TransportEnvironment


def transport_environment(settings: Settings) -> TransportEnvironment:
    """The address by which gateways report, the data folder, and whether URLs may lead into private networks."""
    return TransportEnvironment(
        public_url=settings.origin, data=settings.data.absolute(), private_addresses=settings.private_addresses
    )
