"""Whether a request that a browser sends with its cookies comes from our own pages (CSRF, and the same for sockets).

Browsers say where a request comes from (Sec-Fetch-Site, Origin) and pages cannot forge it. What carries neither
header is no browser, so it holds no cookies of an unsuspecting person. A bearer token is never sent by itself and
needs no check.
"""

from estafette.base.settings import Settings
from estafette.http.asgi import Scope, header


class Origins:
    """The origins that are ours: the public URL's, and the one that the request itself was sent to."""

    def __init__(self, settings: Settings) -> None:
        self._public = settings.origin.encode()

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
