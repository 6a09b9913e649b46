"""Notices that people come over TLS while the public URL says they do not: nobody else would say so.

Cookies are then not Secure, and pages from another address than the public URL are refused their live connection.
"""

from typing import Final

import structlog

from estafette.base.settings import Settings

MEND: Final = "set --public-url to the https address that people use"

_log = structlog.get_logger(__name__)


class UnexpectedTls:
    """Counts such requests, and logs the first."""

    def __init__(self, settings: Settings) -> None:
        self.possible = not settings.secure
        """Whether the public URL does not say TLS."""
        self.seen = 0
        self._origin = settings.origin

    def saw(self) -> None:
        """A proxy that is trusted says that somebody came over TLS."""
        self.seen += 1
        if self.seen == 1:
            _log.warning("people come over TLS, and the public URL does not say so", public_url=self._origin, mend=MEND)
