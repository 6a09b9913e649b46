"""From where a request really comes: proxies are believed only when the operator trusts them."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from estafette.http.asgi import Scope, header

UNKNOWN: Final = "unknown"
"""Who cannot be told: a stranger, with whom all others that cannot be told share their limits, and nobody else does."""
# Beside X-Forwarded-…, of which there are many.
_FORWARDING: Final = frozenset(
    {
        b"cf-connecting-ip",
        b"forwarded",
        b"true-client-ip",
        b"via",
        b"x-client-ip",
        b"x-original-forwarded-for",
        b"x-real-ip",
    }
)
# Some proxies add the port, as for `Forwarded` (RFC 7239, section 6): 198.51.100.9:51234, [2001:db8::9]:443.
_WITH_PORT: Final = re.compile(r"(?:\[(?P<v6>[^\[\]]+)\]|(?P<v4>[0-9.]+))(?::[0-9]{1,5})?")


class Proxies:
    """The proxies that the operator trusts to say where a request came from."""

    def __init__(self, trusted: tuple[str, ...]) -> None:
        self._networks = [ip_network(each, strict=False) for each in trusted]
        self.trusts = lru_cache(4096)(self._lies_in_a_trusted_network)
        """Whether an address is that of a trusted proxy."""

    def origin(self, scope: Scope) -> tuple[str, bool]:
        """The address of the client, and whether it came over TLS."""
        client = scope.get("client")
        peer = client[0] if client else UNKNOWN
        secure = scope.get("scheme") in ("https", "wss")
        if not self._networks or not self.trusts(peer):
            return peer, secure
        if protocol := header(scope, b"x-forwarded-proto"):
            secure = protocol.rsplit(b",", 1)[-1].strip().lower() in (b"https", b"wss")
        return self._rightmost_untrusted(scope, peer), secure

    def is_local(self, scope: Scope) -> bool:
        """Whether a request comes from this very machine, and through no proxy.

        A proxy on this machine that does not say for whom it asks may ask for anybody: so one that the operator told us
        of never counts as this machine, nor does one that shows itself by a header.
        """
        client = scope.get("client")
        peer = client[0] if client else UNKNOWN
        parsed = _parsed(peer)
        if parsed is None or not parsed.is_loopback or (self._networks and self.trusts(peer)):
            return False
        return not any(name in _FORWARDING or name.startswith(b"x-forwarded") for name, _ in scope["headers"])

    def _rightmost_untrusted(self, scope: Scope, peer: str) -> str:
        # Each proxy appends whom it was asked by; what stands left of the first address nobody vouches for is hearsay.
        hops = [
            hop.strip()
            for key, value in scope["headers"]
            if key == b"x-forwarded-for"
            for hop in value.decode("latin-1").split(",")
        ]
        address = peer
        for hop in reversed(hops):
            parsed = _parsed_hop(hop)
            if parsed is None:
                # A proxy was asked by somebody and we cannot read who: nobody we trust, least of all the proxy.
                return UNKNOWN
            address = str(parsed)
            if not self.trusts(address):
                break
        return address

    def _lies_in_a_trusted_network(self, address: str) -> bool:
        parsed = _parsed(address)
        return parsed is not None and any(parsed in network for network in self._networks)


def neighbourhood(address: str) -> str:
    """What one customer of a provider has: an IPv4 address, or the first 64 bits of an IPv6 address."""
    if ":" not in address:
        return address
    parsed = _parsed(address)
    return str(IPv6Address(int(parsed) >> 64 << 64)) if isinstance(parsed, IPv6Address) else address


def _parsed_hop(text: str) -> IPv4Address | IPv6Address | None:
    found = _WITH_PORT.fullmatch(text)
    return _parsed((found["v6"] or found["v4"]) if found else text)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
