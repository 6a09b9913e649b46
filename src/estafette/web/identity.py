"""Who asks: a session cookie or a bearer token, recognised from a short-lived cache that the bus invalidates."""

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from time import monotonic
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.bus import Bus
from estafette.base.database import Database
from estafette.http.asgi import Scope, header

SECONDS: Final = 30.0
ENTRIES: Final = 20_000


class Credential(NamedTuple):
    """What a request shows to be recognised by."""

    secret: str
    bearer: bool

    @property
    def digest(self) -> bytes:
        """What caches keep instead of the secret."""
        return sha256(b"%d%s" % (self.bearer, self.secret.encode("latin-1"))).digest()


class _Revoked(msgspec.Struct):
    person: UUID


def credential(scope: Scope, cookie_name: bytes) -> Credential | None:
    """The bearer token of a request, else its session cookie."""
    cookie = None
    for key, value in scope["headers"]:
        if key == b"authorization":
            scheme, _, secret = value.partition(b" ")
            return Credential(secret.strip().decode("latin-1"), True) if scheme.lower() == b"bearer" else None
        if key == b"cookie":
            for pair in value.split(b";"):
                name, _, secret = pair.strip().partition(b"=")
                if name == cookie_name:
                    cookie = secret
    return Credential(cookie.decode("latin-1"), False) if cookie else None


def cookie(scope: Scope, name: bytes) -> str | None:
    """What a cookie of a request holds."""
    for key, value in scope["headers"]:
        if key == b"cookie":
            for pair in value.split(b";"):
                found, _, secret = pair.strip().partition(b"=")
                if found == name and secret:
                    return secret.decode("latin-1")
    return None


def user_agent(scope: Scope) -> str | None:
    """How the client names itself, at most 300 characters."""
    value = header(scope, b"user-agent")
    return value.decode("latin-1")[:300] if value else None


class Identities:
    """Recognises credentials; what it found is believed for 30 seconds or until the bus says otherwise."""

    def __init__(self, database: Callable[[], Database]) -> None:
        self._database = database
        self._known: dict[bytes, tuple[float, SignedIn]] = {}
        self._digests: dict[UUID, set[bytes]] = {}
        # A look-up that began before a revocation must not be remembered after it.
        self._generation = 0

    def follow(self, bus: Bus) -> None:
        """Forgets whoever the bus names, and everyone after the bus was interrupted."""
        bus.on(accounts.IDENTITY, self.on_identity)
        bus.on_gap(self.forget_all)

    def on_identity(self, data: msgspec.Raw) -> None:
        """Forgets whom an event about identity names."""
        self.forget(msgspec.json.decode(data, type=_Revoked).person)

    def recall(self, credential: Credential) -> SignedIn | None:
        """Who shows this credential, as far as that is remembered."""
        known = self._known.get(credential.digest)
        return known[1] if known is not None and known[0] > monotonic() else None

    async def recognise(self, credential: Credential) -> SignedIn | None:
        """Who shows this credential; None when it is unknown, revoked or over."""
        remembered = self.recall(credential)
        if remembered is not None:
            return remembered
        digest, generation = credential.digest, self._generation
        look_up = accounts.by_token if credential.bearer else accounts.by_session
        signed_in = await look_up(self._database(), credential.secret)
        if signed_in is not None and generation == self._generation:
            self._remember(digest, signed_in)
        return signed_in

    def forget(self, person: UUID) -> None:
        """Looks a person's credentials up anew from now on."""
        self._generation += 1
        for digest in self._digests.pop(person, ()):
            self._known.pop(digest, None)

    def forget_all(self) -> None:
        """Looks everyone up anew from now on."""
        self._generation += 1
        self._known.clear()
        self._digests.clear()

    def _remember(self, digest: bytes, signed_in: SignedIn) -> None:
        seconds = SECONDS
        if signed_in.expires_at is not None:
            seconds = min(seconds, (signed_in.expires_at - datetime.now(UTC)).total_seconds())
        if len(self._known) >= ENTRIES:
            self._drop(next(iter(self._known)))
        self._known.pop(digest, None)
        self._known[digest] = (monotonic() + seconds, signed_in)
        self._digests.setdefault(signed_in.person_id, set()).add(digest)

    def _drop(self, digest: bytes) -> None:
        _, signed_in = self._known.pop(digest)
        digests = self._digests.get(signed_in.person_id, set())
        digests.discard(digest)
        if not digests:
            self._digests.pop(signed_in.person_id, None)
