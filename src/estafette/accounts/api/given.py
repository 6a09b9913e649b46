"""What the handlers of accounts share: the cookie's maker, the shape of lists, the bounds of a page."""

from typing import Annotated, Any, Final, Protocol

from litestar.datastructures import Cookie
from litestar.params import Parameter, SkipValidation

# What these answer with may be a credential: the edge never keeps it for a retry.
CREDENTIALS: Final[dict[str, Any]] = {"credentials": True}

Limit = Annotated[int, Parameter(ge=1, le=100, description="How many at most")]
Query = Annotated[str | None, Parameter(description="Words that must all be found")]
Cursor = Annotated[str | None, Parameter(description="`next` of the page before")]


class Cookies(Protocol):
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


# Litestar keeps the name `cookies` for those that a request brings.
SessionCookie = SkipValidation[Cookies]
