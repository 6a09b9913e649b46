"""What is too large or too slow before anybody is asked to sign in is refused, and the connection is closed."""

import asyncio
import inspect
from functools import partial
from typing import Any

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from estafette.web.addresses import Proxies
from estafette.web.bounded_http import BoundedHttp
from estafette.web.bounded_http.protocol import UNWANTED_BYTES
from estafette.web.peers import Peers
from estafette.web.throttle import Throttle
from tests.waiting import eventually, turns
from tests.web.served import served, wire

HEAD = b"POST /somewhere HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
MANY = b"".join(b"x%05d: y\r\n" % number for number in range(6_000))
NEVER_ENDING = {
    "a header": (HEAD + b"X-A: ", b"a" * 65_536),
    "an address": (b"GET /", b"a" * 65_536),
    "many headers": (HEAD, MANY),
    "empty lines": (b"", b"\r\n" * 32_768),
    "an extension of a chunk": (CHUNKED + b"1;", b"a" * 65_536),
    "extensions of chunks": (CHUNKED, b"1;" + b"a" * 1_000 + b"\r\n{\r\n"),
    "trailers": (CHUNKED + b"1\r\n{\r\n0\r\n", MANY),
}
# What the systems of both sides take in of a connection that nobody reads.
BUFFERED = 16_000_000


class Impatient(BoundedHttp):
    head_seconds = body_seconds = keep_alive_seconds = 0.2
    body_rate = 1.0


class App:
    """Reads a body, notes what it saw and answers."""

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, Any], bytes | None]] = []
        self.answers = asyncio.Event()
        self.answers.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.seen.append((scope, None))
                return
            body += message["body"]
            if not message["more_body"]:
                break
        await self.answers.wait()
        self.seen.append((scope, body))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


async def refusing(scope: Any, receive: Any, send: Any) -> None:
    """Answers before it has read anything."""
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"no"})


async def test_a_head_of_64_kilobytes_is_fine_and_a_larger_one_is_told_so() -> None:
    app = App()
    async with served(app) as port:
        async with wire(port) as fine:
            await fine.send(HEAD + b"X-A: " + b"a" * 65_000 + b"\r\n\r\n")
            assert await fine.answer() == (200, b"ok")
        async with wire(port) as large:
            await large.send(HEAD + b"X-A: " + b"a" * 66_000 + b"\r\n\r\n")
            assert await large.answer() == (431, b"Request Header Fields Too Large.\n")
            assert await large.rest() == b""
        async with wire(port) as many:
            await many.send(HEAD + MANY[: 12 * 300] + b"\r\n")
            assert (await many.answer())[0] == 431
    assert len(app.seen) == 1


@pytest.mark.parametrize("kind", NEVER_ENDING)
async def test_what_never_ends_is_cut_off(kind: str) -> None:
    app = App()
    begin, piece = NEVER_ENDING[kind]
    async with served(app) as port, wire(port) as endless:
        await endless.send(begin)
        assert await endless.flood(piece, 2 * BUFFERED) < BUFFERED
    # A handler that had begun learns that nobody is there any more.
    assert all(body is None for _, body in app.seen)


async def test_many_small_chunks_are_no_flood() -> None:
    app = App()
    async with served(app) as port, wire(port) as patient:
        await patient.send(CHUNKED, b"1\r\n{\r\n" * 50_000, b"0\r\n\r\n")
        assert await patient.answer() == (200, b"ok")
    assert app.seen[0][1] == b"{" * 50_000


async def test_trailers_do_not_become_headers() -> None:
    app = App()
    async with served(app) as port, wire(port) as sly:
        await sly.send(CHUNKED, b"1\r\n{\r\n0\r\nX-Forwarded-For: 10.0.0.1\r\nCookie: a=b\r\n\r\n")
        assert await sly.answer() == (200, b"ok")
    assert [name for name, _ in app.seen[0][0]["headers"]] == [b"host", b"transfer-encoding"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"", None), (b"\r\n", 408), (HEAD + b"X-A: ", 408), (HEAD + b"Content-Length: 9\r\n\r\n{", 408)],
)
async def test_what_does_not_come_in_its_time_is_let_go(sent: bytes, status: int | None) -> None:
    async with served(App(), Impatient) as port, wire(port) as slow:
        await slow.send(sent)
        said = await slow.rest()
    assert said.split()[1:2] == ([b"%d" % status] if status else [])


async def test_bytes_now_and_then_do_not_buy_a_head_more_time() -> None:
    async with served(App(), Impatient) as port, wire(port) as slow:
        said = asyncio.create_task(slow.rest())
        await slow.send(HEAD + b"X-A: ")
        await eventually(lambda: slow.send(b"a") if not said.done() else said)
    assert (await said).split()[1] == b"408"


async def test_a_body_that_the_server_does_not_read_is_not_its_senders_fault() -> None:
    read = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await read.wait()
        await App()(scope, receive, send)

    async with served(app, Impatient) as port, wire(port) as patient:
        sending = asyncio.create_task(patient.send(HEAD + b"Content-Length: 8000000\r\n\r\n", *[b"x" * 1_000_000] * 8))
        answer = asyncio.create_task(patient.answer())
        for _ in range(3):
            async with wire(port) as slow:
                # By the time that this one is let go, the other would have been, too.
                await slow.send(HEAD + b"Content-Length: 9\r\n\r\n")
                await slow.rest()
        assert not answer.done()
        read.set()
        await sending
        assert await answer == (200, b"ok")


@pytest.mark.parametrize("head", [b"POST / HTTP/1.0\r\n", HEAD + b"Connection: close\r\n"])
async def test_who_asks_once_and_sends_too_much_still_reads_why(head: bytes) -> None:
    async with served(refusing) as port, wire(port) as proxy:
        body = [b"x" * 1_000_000] * 30
        await proxy.send(head + b"Content-Length: 30000000\r\n\r\n", *body)
        said = await proxy.rest()
    assert said.startswith(b"HTTP/1.1 413 ")
    assert said.endswith(b"\r\n\r\nno")


async def test_a_body_that_is_not_wanted_ends_the_connection_with_its_end_and_hides_no_request() -> None:
    async with served(refusing) as port, wire(port) as sly:
        await sly.send(HEAD + b"Connection: close\r\nContent-Length: 9\r\n\r\n12345")
        assert await sly.answer() == (413, b"no")
        await sly.send(b"6789" + HEAD + b"\r\n")
        assert await sly.rest() == b""


async def test_a_body_that_is_not_wanted_is_not_read_for_ever() -> None:
    async with served(refusing) as port, wire(port) as endless:
        await endless.send(b"POST / HTTP/1.0\r\nContent-Length: 900000000\r\n\r\n")
        assert await endless.flood(b"x" * 1_000_000, 900_000_000) < UNWANTED_BYTES + BUFFERED
    async with served(refusing, Impatient) as port, wire(port) as silent:
        await silent.send(b"POST / HTTP/1.0\r\nContent-Length: 900000000\r\n\r\nx")
        assert (await silent.rest()).endswith(b"no")


async def test_a_connection_is_kept_for_the_next_request_and_closed_when_none_comes() -> None:
    async with served(App(), Impatient) as port, wire(port) as kept:
        for _ in range(3):
            await kept.send(HEAD + b"\r\n")
            assert await kept.answer() == (200, b"ok")
        assert await kept.rest() == b""


async def test_a_trusted_proxy_may_keep_its_connections_longer() -> None:
    class FirstIsProxy(Peers):
        def trusts(self, address: str) -> bool:
            asked.append(address)
            return len(asked) == 1

    asked: list[str] = []
    peers = FirstIsProxy(Proxies(()), Throttle())

    class Patient(Impatient):
        proxy_keep_alive_seconds = 60.0

    async with served(App(), partial(Patient, peers=peers)) as port, wire(port) as proxy, wire(port) as somebody:
        for each in (proxy, somebody):
            await each.send(HEAD + b"\r\n")
            await each.answer()
        assert await somebody.rest() == b""
        await proxy.send(HEAD + b"\r\n")
        assert await proxy.answer() == (200, b"ok")
    assert asked == ["127.0.0.1"] * 2


async def test_requests_that_wait_for_the_answer_before_them_are_few() -> None:
    app = App()
    app.answers.clear()
    async with served(app) as port, wire(port) as greedy:
        await greedy.send((HEAD + b"\r\n") * 100)
        assert await greedy.rest() == b""
        app.answers.set()
        await turns()
    async with served(app) as port, wire(port) as modest:
        await modest.send((HEAD + b"\r\n") * 20)
        assert [await modest.answer() for _ in range(20)] == [(200, b"ok")] * 20


async def test_what_goes_wrong_while_an_answer_is_given_ends_the_connection_without_another_one() -> None:
    begun = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"20")]})
        await send({"type": "http.response.body", "body": b"begun", "more_body": True})
        begun.set()
        while (await receive())["type"] != "http.disconnect":
            pass

    async with served(app) as port, wire(port) as sly:
        await sly.send(CHUNKED)
        await begun.wait()
        await sly.send(b"nonsense\r\n")
        said = await sly.rest()
    assert said.count(b"HTTP/1.1") == 1
    assert said.endswith(b"begun")


def test_uvicorn_still_has_what_is_built_upon() -> None:
    for name, parameters in {
        "connection_made": ["self", "transport"],
        "connection_lost": ["self", "exc"],
        "data_received": ["self", "data"],
        "handle_websocket_upgrade": ["self"],
        "on_message_begin": ["self"],
        "on_url": ["self", "url"],
        "on_header": ["self", "name", "value"],
        "on_headers_complete": ["self"],
        "on_body": ["self", "body"],
        "on_message_complete": ["self"],
        "send_400_response": ["self", "msg"],
        "_unset_keepalive_if_required": ["self"],
        "_should_upgrade": ["self"],
    }.items():
        assert list(inspect.signature(getattr(HttpToolsProtocol, name)).parameters) == parameters
    made = inspect.getsource(HttpToolsProtocol.__init__) + inspect.getsource(RequestResponseCycle.__init__)
    for attribute in (
        "self.app_state",
        "self.client",
        "self.cycle",
        "self.flow",
        "self.loop",
        "self.pipeline",
        "self.timeout_keep_alive",
        "self.timeout_keep_alive_task",
        "self.transport",
        "self.disconnected",
        "self.keep_alive",
        "self.message_event",
        "self.response_complete",
        "self.response_started",
    ):
        assert f"{attribute}:" in made or f"{attribute} =" in made, attribute
    assert "self.transport.close()" in inspect.getsource(RequestResponseCycle.send)
    assert "self.parser.feed_data(data)" in inspect.getsource(HttpToolsProtocol.data_received)
    assert "app_state=self.app_state" in inspect.getsource(HttpToolsProtocol.handle_websocket_upgrade)
    assert '"state": self.app_state.copy()' in inspect.getsource(HttpToolsProtocol.on_message_begin)
    assert "self.send_400_response(" in inspect.getsource(HttpToolsProtocol.data_received)
