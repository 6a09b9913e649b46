"""Encrypts a message so that only the browser can read it, not its push service (RFC 8291, RFC 8188)."""

import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD: Final = 4096  # bytes; push services need not take more
LAST: Final = b"\x02"  # marks the end of the last record


def encrypt(plain: bytes, p256dh: bytes, auth: bytes) -> bytes:
    """A body of content coding aes128gcm for a browser's keys; raises ValueError when its key is none."""
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), p256dh)
    return sealed(plain, theirs, auth, generate_private_key(SECP256R1()), os.urandom(16))


def sealed(
    plain: bytes, theirs: EllipticCurvePublicKey, auth: bytes, ours: EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """The same with a given key and salt; neither may be used for a second message."""
    their_point, our_point = point(theirs), point(ours.public_key())
    secret = derived(auth, ours.exchange(ECDH(), theirs), b"WebPush: info\0" + their_point + our_point, 32)
    key = derived(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derived(salt, secret, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + len(our_point).to_bytes(1) + our_point
    return head + AESGCM(key).encrypt(nonce, plain + LAST, None)


def derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 (RFC 5869)."""
    return HKDF(SHA256(), length, salt, info).derive(secret)


def point(key: EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
