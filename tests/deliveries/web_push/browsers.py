"""A browser and its push service, which checks who sends and reads what is sent with a programme that is not ours."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from time import time
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from estafette.deliveries.models.messages import Subscription

AUTH = b"0123456789abcdef"


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def new_private_key() -> str:
    """A VAPID key as a gateway keeps it."""
    return base64url(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big"))


class Browser:
    """Holds the other half of a subscription's key."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def subscription(self, endpoint: str) -> Subscription:
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(endpoint=endpoint, p256dh=point, auth=AUTH)

    def read(self, body: bytes) -> dict[str, Any]:
        return json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=AUTH, version="aes128gcm"))


class PushService:
    """Takes what is signed for its own address; answers as told."""

    def __init__(self, status: int = 201, headers: dict[str, str] | None = None, text: str = "") -> None:
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.claims: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self._status, self._headers, self._text = status, headers or {}, text

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.read())
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        claims = verified(request.headers["Authorization"])
        self.claims.append(claims)
        self.tokens.append(request.headers["Authorization"])
        if claims["aud"] != f"http://{request.host}":
            return web.Response(status=403, text="wrong audience")
        return web.Response(status=self._status, headers=self._headers, text=self._text)


def verified(authorization: str) -> dict[str, Any]:
    """The claims of a VAPID header; raises when it is not signed with the key that it names."""
    scheme, _, parameters = authorization.partition(" ")
    assert scheme == "vapid"
    found = dict(each.strip().split("=", 1) for each in parameters.split(","))
    head, claims, signature = found["t"].split(".")
    assert json.loads(from_base64url(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = from_base64url(signature)
    assert len(raw) == 64
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(found["k"]))
    numbers = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    key.verify(encode_dss_signature(*numbers), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    said = json.loads(from_base64url(claims))
    assert time() < said["exp"] <= time() + 86_400
    return said
