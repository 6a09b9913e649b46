"""What a push subscription must be like."""

import base64
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from estafette.base.errors import FieldError, Invalid
from estafette.base.outgoing import OutgoingRefused, check_url
from estafette.deliveries.models.messages import Subscription
from estafette.deliveries.models.push import NewSubscription

SUBSCRIPTIONS: Final = 20
ENDPOINT_CHARACTERS: Final = 2_000
LABEL_CHARACTERS: Final = 100
AUTH_BYTES: Final = 16


def check_subscription(given: NewSubscription, *, private_addresses: bool) -> tuple[Subscription, str]:
    """The subscription and its label; raises Invalid with every wrong field."""
    wrong: list[FieldError] = []
    label = " ".join(given.label.split())
    if len(label) > LABEL_CHARACTERS:
        wrong.append(FieldError("label", "too_long", {"max": LABEL_CHARACTERS}))
    elif not label.isprintable():
        wrong.append(FieldError("label", "forbidden_character"))
    if len(given.endpoint) > ENDPOINT_CHARACTERS:
        wrong.append(FieldError("endpoint", "too_long", {"max": ENDPOINT_CHARACTERS}))
    try:
        check_url(given.endpoint, private_addresses=private_addresses)
    except OutgoingRefused:
        wrong.append(FieldError("endpoint", "url_invalid"))
    p256dh, auth = decoded(given.keys.p256dh), decoded(given.keys.auth)
    if p256dh is None or not _is_point(p256dh):
        wrong.append(FieldError("keys.p256dh", "wrong_type"))
    if auth is None or len(auth) != AUTH_BYTES:
        wrong.append(FieldError("keys.auth", "wrong_type"))
    if wrong or p256dh is None or auth is None:
        raise Invalid(*wrong)
    return Subscription(endpoint=given.endpoint, p256dh=p256dh, auth=auth), label


def public_key_of(private_key: str) -> str | None:
    """The public key of a VAPID key pair (RFC 8292), base64url; the private one is its 32 bytes, base64url."""
    scalar = decoded(private_key)
    if scalar is None or len(scalar) != 32:
        return None
    try:
        key = derive_private_key(int.from_bytes(scalar), SECP256R1()).public_key()
    except ValueError:
        return None
    return (
        base64.urlsafe_b64encode(key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode().rstrip("=")
    )


def new_private_key() -> str:
    """The private key of a new VAPID key pair, base64url."""
    scalar = generate_private_key(SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(scalar.to_bytes(32)).decode().rstrip("=")


def decoded(text: str) -> bytes | None:
    """What base64url stands for, with or without its padding; None when it is none."""
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None


def _is_point(key: bytes) -> bool:
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key)
    except ValueError:
        return False
    return len(key) == 65
