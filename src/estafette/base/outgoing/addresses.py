"""Which addresses a URL that somebody else chose may lead to: the public internet, and nothing nearer."""

import errno
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Final
from urllib.parse import urlsplit

TRANSLATED: Final = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

# Python's own lists know these only in later versions: protocol assignments, and the relays of 6to4 (RFC 7526).
SPECIAL: Final = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
UNICAST: Final = IPv6Network("2000::/3")
"""All of the internet by IPv6 that was ever assigned."""


class OutgoingRefused(Exception):
    """This URL may not be called; the text says why, for whoever chose it."""


class NotPublic(OSError):
    """A name led to an address that is not public; all such have the same words, so that no address is told."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, "it leads to a private address")


def check_url(url: str, *, private_addresses: bool = False) -> None:
    """Raises OutgoingRefused unless it is an https URL without a name or password and not of a private address.

    A host name is looked up only when a connection is made, and checked again there. With `private_addresses`
    http and any address will do.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise OutgoingRefused("it is no URL") from error
    if not host or port == 0 or not url.isascii() or any(each.isspace() or not each.isprintable() for each in url):
        raise OutgoingRefused("it is no URL")
    if parts.username is not None or parts.password is not None:
        raise OutgoingRefused("it holds a user name or a password")
    if parts.scheme != "https" and not (private_addresses and parts.scheme == "http"):
        raise OutgoingRefused("it does not begin with https://")
    if private_addresses:
        return
    try:
        address = ip_address(host)
    except ValueError:
        return
    if not public(address):
        raise OutgoingRefused("it leads to a private address")


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address, and any that it carries inside, belongs to the public internet."""
    return all(
        each.is_global
        and (each in UNICAST if isinstance(each, IPv6Address) else not any(each in net for net in SPECIAL))
        and not (each.is_multicast or each.is_reserved or each.is_loopback or each.is_link_local or each.is_unspecified)
        for each in with_inner(address)
    )


def with_inner(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """The address, or the IPv4 addresses that it stands for: mapped, translated (NAT64), 6to4, Teredo."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
            return
        if address in TRANSLATED:
            yield IPv4Address(address.packed[-4:])
            return
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
    yield address


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for an address that was just looked up; raises NotPublic, so that nothing lies between check and use."""
    family, kind, protocol, _, sockaddr = info
    if not public(ip_address(str(sockaddr[0]).partition("%")[0])):
        raise NotPublic
    return socket.socket(family=family, type=kind, proto=protocol)
