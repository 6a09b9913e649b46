"""The session cookie: 30 days, out of reach of scripts, and of other sites except when somebody follows a link."""

from typing import Final

from litestar.datastructures import Cookie

from estafette.base.settings import Settings

THIRTY_DAYS: Final = 30 * 24 * 3600


class Cookies:
    """Makes the session cookie as this installation needs it; over TLS its name binds it to host and path."""

    def __init__(self, settings: Settings) -> None:
        self._secure = settings.secure
        self.name = "__Host-estafette_session" if settings.secure else "estafette_session"

    def session(self, token: str) -> Cookie:
        """The cookie that signs in."""
        return self._cookie(token, THIRTY_DAYS)

    def ended(self) -> Cookie:
        """The cookie that signs out."""
        return self._cookie("", 0)

    def _cookie(self, value: str, seconds: int) -> Cookie:
        return Cookie(
            self.name, value=value, max_age=seconds, path="/", secure=self._secure, httponly=True, samesite="lax"
        )
