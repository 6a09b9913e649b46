"""What transports may know of this installation."""

from estafette.base.settings import Settings
from estafette.deliveries import Surroundings


def surroundings(settings: Settings) -> Surroundings:
    """The address by which gateways report, the data folder, and whether URLs may lead into private networks."""
    return Surroundings(
        public_url=settings.origin, data=settings.data.absolute(), private_addresses=settings.private_addresses
    )
