"""From where a request comes: what a proxy says counts only when the operator trusts it."""

from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.web.addresses import Proxies, neighbourhood


def scope(client: str, *forwarded: str, proto: str | None = None) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", each.encode("latin-1")) for each in forwarded]
    if proto:
        headers.append((b"x-forwarded-proto", proto.encode()))
    return {"client": (client, 1), "scheme": "http", "headers": headers}


@pytest.mark.parametrize(
    ("trusted", "client", "forwarded", "address"),
    [
        ((), "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        (("10.0.0.0/8",), "203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        (("10.0.0.0/8",), "10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.1", ["1.1.1.1, 198.51.100.1, 10.0.0.7"], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.1", ["198.51.100.9:51234"], "198.51.100.9"),
        (("10.0.0.0/8",), "10.0.0.1", ["[2001:db8::9]:443"], "2001:db8::9"),
        (("10.0.0.0/8",), "10.0.0.1", ["[2001:db8::9]"], "2001:db8::9"),
        (("10.0.0.0/8",), "10.0.0.1", ["1.1.1.1, 198.51.100.9:51234, 10.0.0.7:80"], "198.51.100.9"),
        (("10.0.0.0/8",), "10.0.0.1", ["unknown"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["nonsense"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", [""], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["198.51.100.1,"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["198.51.100.1, nonsense"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["nonsense, 198.51.100.1"], "198.51.100.1"),
        (("10.0.0.0/8",), "10.0.0.1", ["198.51.100.1, unknown, 10.0.0.7"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["10.0.0.1:port"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", ["127.0.0.1]"], "unknown"),
        (("10.0.0.0/8",), "10.0.0.1", [], "10.0.0.1"),
        (("::1",), "::1", ["2001:db8::7"], "2001:db8::7"),
        (("127.0.0.1",), "::ffff:127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_rightmost_untrusted_address_counts(
    trusted: tuple[str, ...], client: str, forwarded: list[str], address: str
) -> None:
    assert Proxies(trusted).origin(scope(client, *forwarded))[0] == address


def test_a_proxy_that_is_trusted_says_whether_it_was_tls() -> None:
    assert Proxies(("10.0.0.1",)).origin(scope("10.0.0.1", proto="https"))[1]
    assert not Proxies(("10.0.0.1",)).origin(scope("10.0.0.1", proto="http"))[1]
    assert not Proxies(()).origin(scope("10.0.0.1", proto="https"))[1]


def test_what_comes_through_a_proxy_on_this_machine_is_not_local() -> None:
    assert Proxies(()).is_local(scope("127.0.0.1"))
    assert not Proxies(()).is_local(scope("127.0.0.1", "198.51.100.1"))
    assert not Proxies(()).is_local(scope("127.0.0.1", "127.0.0.1"))
    assert not Proxies(()).is_local(scope("198.51.100.1"))
    # One that says nothing may ask for anybody.
    assert not Proxies(("127.0.0.1",)).is_local(scope("127.0.0.1"))
    assert Proxies(("127.0.0.1",)).is_local(scope("127.0.0.2"))
    assert not Proxies(("127.0.0.1",)).is_local(scope("127.0.0.2", "127.0.0.2"))


@pytest.mark.parametrize(
    "name",
    [
        *("forwarded", "via", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"),
        *("x-client-ip", "cf-connecting-ip", "true-client-ip"),
    ],
)
def test_a_proxy_that_does_not_say_for_whom_it_asks_is_not_local(name: str) -> None:
    asked = scope("127.0.0.1")
    asked["headers"].append((name.encode(), b"anything"))
    assert not Proxies(()).is_local(asked)


@pytest.mark.parametrize("said", ["unknown", "nonsense", "", "127.0.0.1:99999999", "_hidden"])
def test_what_cannot_be_read_is_nobody(said: str) -> None:
    assert Proxies(("127.0.0.1",)).origin(scope("127.0.0.1", said))[0] == "unknown"


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_whatever_a_proxy_says_is_never_taken_for_the_proxy(said: str) -> None:
    address, _ = Proxies(("203.0.113.0/24",)).origin(scope("203.0.113.1", said))
    assert address == "unknown" or "203.0.113." in said or ip_address(address) not in ip_network("203.0.113.0/24")


def test_a_neighbourhood_is_what_one_customer_of_a_provider_has() -> None:
    assert neighbourhood("198.51.100.1") == "198.51.100.1"
    assert neighbourhood("2001:db8:1:2:3:4:5:6") == neighbourhood("2001:db8:1:2::9") == "2001:db8:1:2::"
