"""Sessions and tokens: by what a person is recognised."""

from datetime import datetime
from uuid import UUID

import msgspec

from estafette.accounts.models.people import Me, Scope


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """From where somebody signs in. What limits strangers counts the neighbourhood: it is all one customer's.

    `token` is what the cookie of a device holds from which somebody signed in before.
    """

    address: str | None = None
    neighbourhood: str
    user_agent: str | None = None
    token: str | None = None


class NewSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session that has just begun: the values of its cookie and the device's, known only now, and whose it is."""

    token: str
    device: str
    me: Me


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One of a person's sessions."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    address: str | None
    user_agent: str | None
    current: bool


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A bearer token without its secret."""

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewToken(Token, frozen=True, kw_only=True):
    """A token that has just been made: the only time its secret is shown."""

    token: str
