"""The cookies: out of reach of scripts, and of other sites except when somebody follows a link.

A session's lasts 30 days; that of a device, which signs nobody in, as long as browsers keep one (RFC 6265bis).
"""

from typing import Final

from estafette.base.settings import Settings
from estafette.http import Cookie

THIRTY_DAYS: Final = 30 * 24 * 3600
FOUR_HUNDRED_DAYS: Final = 400 * 24 * 3600


class Cookies:
    """Makes the cookies as this installation needs them; over TLS their names bind them to host and path."""

    def __init__(self, settings: Settings) -> None:
        self._secure = settings.secure
        prefix = "__Host-" if settings.secure else ""
        self.name = f"{prefix}estafette_session"
        self.device_name = f"{prefix}estafette_device"

    def session(self, token: str) -> Cookie:
        """The cookie that signs in."""
        return self._cookie(self.name, token, THIRTY_DAYS)

    def device(self, token: str) -> Cookie:
        """The cookie by which a device is known that has signed somebody in."""
        return self._cookie(self.device_name, token, FOUR_HUNDRED_DAYS)

    def ended(self) -> Cookie:
        """The cookie that signs out."""
        return self._cookie(self.name, "", 0)

    def _cookie(self, name: str, value: str, seconds: int) -> Cookie:
        return Cookie(name=name, value=value, max_age=seconds, secure=self._secure)
