"""No request is read in two ways: whoever hides one in another gets 400, and nobody gets the answer to it.

A proxy in front and the server behind it must agree on where a request ends (RFC 9112, sections 5 to 7 and 11.2). What
a proxy might have read otherwise is refused, and the connection with all that came after it is closed.
"""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from tests.processes import Site, site
from tests.web.served import wire

POST = b"POST /api/v1/nowhere HTTP/1.1\r\nHost: x\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(HIDDEN)
CHUNKED = b"Transfer-Encoding: chunked\r\n"

AMBIGUOUS = {
    "a length and chunks": POST + LENGTH + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "chunks and a length": POST + CHUNKED + LENGTH + b"\r\n0\r\n\r\n" + HIDDEN,
    "two lengths": POST + b"Content-Length: 0\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "two lengths in one": POST + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +%d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a length below zero": POST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length that is no number": POST + b"Content-Length: 0x10\r\n\r\n" + HIDDEN,
    "a length beyond all numbers": POST + b"Content-Length: 18446744073709551616\r\n\r\n" + HIDDEN,
    "chunks and another coding": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "chunks twice": POST + CHUNKED + CHUNKED + b"\r\n0\r\n\r\n" + HIDDEN,
    "a coding that nobody knows": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a coding without chunks": POST + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a coding in quotes": POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n' + HIDDEN,
    "a coding after a vertical tab": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a chunk size that is no number": POST + CHUNKED + b"\r\nxyz\r\n" + HIDDEN,
    "a chunk size with a sign": POST + CHUNKED + b"\r\n+0\r\n\r\n" + HIDDEN,
    "a chunk size in another way": POST + CHUNKED + b"\r\n0x0\r\n\r\n" + HIDDEN,
    "a chunk size beyond all numbers": POST + CHUNKED + b"\r\n10000000000000000\r\n" + HIDDEN,
    "a chunk size that is missing": POST + CHUNKED + b"\r\n\r\n" + HIDDEN,
    "a chunk that is longer than it says": POST + CHUNKED + b"\r\n1\r\nab\r\n0\r\n\r\n" + HIDDEN,
    "a chunk size that ends with a bare line feed": POST + CHUNKED + b"\r\n0\n\r\n" + HIDDEN,
    "a chunk that ends with a bare line feed": POST + CHUNKED + b"\r\n1\r\na\n0\r\n\r\n" + HIDDEN,
    "a header that goes on in the next line": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a value that goes on in the next line": POST + b"X-A: b\r\n" + b" c\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "a first header that begins with a space": b"POST /x HTTP/1.1\r\n Host: x\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "headers that end with bare line feeds": POST.replace(b"\r\n", b"\n") + LENGTH + b"\r\n" + HIDDEN,
    "a head that ends with bare line feeds": POST + b"X-A: b\n\n" + HIDDEN,
    "a bare carriage return": POST + b"X-A: b\rContent-Length: 9\r\n\r\n" + HIDDEN,
    "a space before the colon": POST + b"Content-Length : %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a coding with a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + HIDDEN,
    "a name with a space": POST + b"Content Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "a header without a colon": POST + b"Content-Length\r\n\r\n" + HIDDEN,
    "a nul in a value": POST + b"X-A: b\0c\r\n\r\n" + HIDDEN,
    "another protocol": b"POST /x HTTP/1.1x\r\nHost: x\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "an address with a space": b"POST /x y HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN,
    "a length and another protocol": POST + b"Upgrade: h2c\r\nConnection: Upgrade\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "chunks and another protocol": POST + b"Upgrade: h2c\r\nConnection: Upgrade\r\n" + CHUNKED + b"\r\n" + HIDDEN,
}
"""Each followed by a request that another one sends over the same connection of a proxy."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def here(server: str) -> AsyncGenerator[Site, None]:
    """A real web process."""
    async with site(server, webs=1) as started:
        yield started


def statuses(said: bytes) -> list[int]:
    """Those of the answers on a connection."""
    return [int(each[:3]) for each in said.split(b"HTTP/1.1 ")[1:]]


@pytest.mark.parametrize("kind", AMBIGUOUS)
async def test_what_can_be_read_in_two_ways_is_refused_with_all_that_follows(here: Site, kind: str) -> None:
    async with wire(here.webs[0].port) as proxy:
        await proxy.send(AMBIGUOUS[kind] + NEXT)
        said = await proxy.rest()
    assert statuses(said) == [400]
    assert b"connection: close" in said.lower()


PLAIN = {
    "a body that looks like a request": (POST + LENGTH + b"\r\n" + HIDDEN, [404, 200]),
    "a chunk that looks like a request": (
        POST + CHUNKED + b"\r\n%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n0\r\n\r\n",
        [404, 200],
    ),
    "a body of a request that has none": (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + LENGTH + b"\r\n" + HIDDEN,
        [200, 200],
    ),
    "a coding that is written in capitals": (POST + b"TRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n", [404, 200]),
    "a length with spaces around it": (POST + b"Content-Length: \t0 \r\n\r\n", [404, 200]),
    "an address with the name of another server": (
        b"GET http://elsewhere.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        [200, 200],
    ),
    "two requests at once": (b"GET /api/v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n" * 2, [404, 404, 200]),
}


@pytest.mark.parametrize("kind", PLAIN)
async def test_what_can_be_read_in_one_way_only_is_read_so(here: Site, kind: str) -> None:
    sent, expected = PLAIN[kind]
    async with wire(here.webs[0].port) as proxy:
        await proxy.send(sent + NEXT)
        assert statuses(await proxy.rest()) == expected


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
async def test_nothing_is_read_after_a_request_that_ends_its_connection(here: Site, version: bytes) -> None:
    ends = POST.replace(b"1.1", version) + CHUNKED + b"Connection: close\r\n\r\n0\r\n\r\n"
    async with wire(here.webs[0].port) as proxy:
        await proxy.send(ends + HIDDEN + NEXT)
        assert statuses(await proxy.rest()) == [404]


async def test_who_asks_for_another_protocol_gets_this_one_and_nothing_is_read_after_it(here: Site) -> None:
    asks = b"GET /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"
    async with wire(here.webs[0].port) as proxy:
        await proxy.send(asks + b"\r\n")
        await proxy.send(HIDDEN + NEXT)
        said = await proxy.rest()
    assert statuses(said) == [200]
    assert b"connection: close" in said.lower()


async def test_a_body_that_comes_after_its_head_is_no_request_either(here: Site) -> None:
    async with wire(here.webs[0].port) as proxy:
        await proxy.send(POST + b"Upgrade: h2c\r\nConnection: Upgrade\r\n" + LENGTH + b"\r\n")
        assert (await proxy.answer())[0] == 400
        await proxy.send(HIDDEN + NEXT)
        assert await proxy.rest() == b""
