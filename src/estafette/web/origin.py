"""Whether a request that a browser sends with its cookies comes from our own pages (CSRF, and the same for sockets).

Browsers say where a request comes from (Sec-Fetch-Site, Origin) and pages cannot forge it. What carries neither
header is no browser, so it holds no cookies of an unsuspecting person. A bearer token is never sent by itself and
needs no check.
"""

from time import monotonic
from typing import Final

import structlog

from estafette.base.settings import Settings
from estafette.http.asgi import Scope, header

_BETWEEN_LINES: Final = 60.0

_log = structlog.get_logger(__name__)


class Origins:
    """The origins that are ours: the public URL's, and the one that the request itself was sent to."""

    def __init__(self, settings: Settings) -> None:
        self._public = settings.origin.encode()
        self._logged_at = -_BETWEEN_LINES

    def ours(self, scope: Scope) -> bool:
        """Whether a request comes from a page of ours, or from no page at all."""
        site = header(scope, b"sec-fetch-site")
        if site in (b"same-origin", b"none"):
            return True
        origin = header(scope, b"origin")
        if origin is None:
            return site is None
        # The scheme is left out of the second comparison: a proxy may have taken TLS off without telling.
        return origin == self._public or origin.partition(b"://")[2] == (header(scope, b"host") or b"\x00")

    def log_refusal(self, scope: Scope) -> None:
        """Says which origin was not ours, once in a minute: the first sign of a wrong public URL or proxy."""
        now = monotonic()
        if now - self._logged_at >= _BETWEEN_LINES:
            self._logged_at = now
            _log.warning(
                "refused a page that is none of ours",
                origin=(header(scope, b"origin") or b"").decode("latin-1")[:200],
                host=(header(scope, b"host") or b"").decode("latin-1")[:200],
                public_url=self._public.decode(),
            )
