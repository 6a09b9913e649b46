"""Random secrets that stand for a person, and the digests of them that are stored instead."""

import hashlib
import secrets
from typing import Final

BEARER: Final = "est_"

# Longer values were never made here; hashing them would be work for nothing.
_LONGEST = 100


def new_session_token() -> str:
    """What a session cookie holds: 32 random bytes, base64url."""
    return secrets.token_urlsafe(32)


def new_device_token() -> str:
    """What the cookie of a device holds: 32 random bytes, base64url."""
    return secrets.token_urlsafe(32)


def new_bearer_token() -> str:
    """A bearer token: `est_` and 32 random bytes, base64url; the prefix lets scanners find leaked ones."""
    return BEARER + secrets.token_urlsafe(32)


def new_setup_code() -> str:
    """The code that lets the first administrator in: 18 random bytes, base64url."""
    return secrets.token_urlsafe(18)


def new_link_secret() -> str:
    """What a link in a mail ends with: 32 random bytes, base64url."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """SHA-256 of a token: with 256 random bits in it nothing slower is needed."""
    return hashlib.sha256(token[:_LONGEST].encode("utf-8", "surrogatepass")).digest()


def same(given: str, expected: str) -> bool:
    """Compares two secrets in a time that does not tell how much of them agrees."""
    return secrets.compare_digest(digest(given), digest(expected))
