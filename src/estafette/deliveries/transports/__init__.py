"""Ways out of the house, a folder each; whoever adds one copies a folder and changes it.

Each folder is a package with a `TRANSPORT` (`models.transport.Transport`). A transport knows the nouns, the errors and
the alphabet of deliveries, and nothing else of them.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from estafette.deliveries.models.transport import Transport


@cache
def transports() -> Mapping[str, Transport]:
    """All transports there are, by name."""
    found = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__) if each.ispkg]
    return {transport.name: transport for transport in (cast("Transport", each.TRANSPORT) for each in found)}
