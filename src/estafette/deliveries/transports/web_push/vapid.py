"""Says to push services who sends (VAPID, RFC 8292), with one token for each service for half a day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from time import time
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from estafette.deliveries.transports.web_push.encryption import point

LIFE: Final = 12 * 3600  # seconds; the RFC allows 24 hours, and clocks differ
RENEWED: Final = 3600  # seconds before its end
SERVICES: Final = 1000  # endpoints are chosen by strangers: what is kept for them has a limit


class Vapid:
    """Signs for one key pair, and says whom to turn to: an e-mail address or an https URL.

    Raises ValueError when the key is not 32 bytes of base64url.
    """

    def __init__(self, private_key: str, contact: str) -> None:
        scalar = urlsafe_b64decode(private_key + "=" * (-len(private_key) % 4))
        if len(scalar) != 32:
            raise ValueError("a private key has 32 bytes")
        self._key = derive_private_key(int.from_bytes(scalar), SECP256R1())
        self._subject = subject(contact)
        self.public_key = base64url(point(self._key.public_key()))
        self._tokens: dict[str, tuple[float, str]] = {}

    def authorization(self, endpoint: str) -> str:
        """The Authorization header for an endpoint."""
        service, now = origin(endpoint), time()
        ends, token = self._tokens.get(service, (0.0, ""))
        if ends - RENEWED < now:
            if len(self._tokens) >= SERVICES:
                self._tokens.clear()
            ends = int(now) + LIFE
            token = self._signed({"aud": service, "exp": ends, **self._subject})
            self._tokens[service] = ends, token
        # Without a space, which not every push service expects.
        return f"vapid t={token},k={self.public_key}"

    def _signed(self, claims: dict[str, str | int]) -> str:
        """A JWT with ES256: the signature is its two numbers side by side (RFC 7518, 3.4)."""
        parts = ".".join(base64url(msgspec.json.encode(each)) for each in ({"typ": "JWT", "alg": "ES256"}, claims))
        first, second = decode_dss_signature(self._key.sign(parts.encode(), ECDSA(SHA256())))
        return f"{parts}.{base64url(first.to_bytes(32) + second.to_bytes(32))}"


def subject(contact: str) -> dict[str, str]:
    """The claim about whom to turn to, when it is one (RFC 8292, 2.1)."""
    if "://" not in contact and "@" in contact:
        return {"sub": f"mailto:{contact.removeprefix('mailto:')}"}
    return {"sub": contact} if contact.startswith("https://") else {}


def origin(url: str) -> str:
    """Scheme, host and port of a URL, without a port that goes without saying (RFC 6454)."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{shown}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


def base64url(data: bytes) -> str:
    """Base64 for URLs, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()
