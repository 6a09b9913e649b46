"""What the handlers of accounts share: the cookie's maker, the shape of lists, the bounds of a page."""

from typing import Annotated, Protocol

from estafette.accounts.models.credentials import NewSession
from estafette.accounts.models.people import Me
from estafette.http import Answer, Cookie, Query

Words = Annotated[str | None, Query("Words that must all be found")]


class SessionCookies(Protocol):
    """Makes the session cookie as this installation needs it."""

    def session(self, token: str) -> Cookie:
        """The cookie that signs in."""
        ...

    def device(self, token: str) -> Cookie:
        """The cookie of a device from which somebody has signed in."""
        ...

    def ended(self) -> Cookie:
        """The cookie that signs out."""
        ...


def entered(session: NewSession, cookies: SessionCookies) -> Answer[Me]:
    """What somebody gets who has just come in."""
    return Answer(
        session.me,
        201,
        cookies=[cookies.session(session.token), cookies.device(session.device)],
    )
