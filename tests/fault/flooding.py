"""Somebody who floods one server of this machine, as a program of its own.

`python -m tests.fault.flooding KIND PORT`, with what the kind needs in the environment: FLOOD_TOKEN, FLOOD_PATH.

It says "flooding" once it does and goes on until it is ended; stopped and continued by signals, it makes pauses. Its
bytes are made beforehand, so that it costs the machine little beside what it makes the server do. It comes from an
address of its own on the loopback network, which each kind of flood has.
"""

import json
import os
import socket
import struct
import sys
import threading
import time
import zlib
from collections.abc import Callable
from functools import cache

# The whole attack, whatever becomes of the test that began it.
SECONDS = 110.0
HANDSHAKE = (
    "GET /api/v1/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer {token}\r\n\r\n"
)


def frame(opcode: int, payload: bytes, *, fin: bool = True) -> bytes:
    """A short frame of a client (RFC 6455, section 5.2) with a mask that changes nothing."""
    return bytes((fin << 7 | opcode, 0x80 | len(payload), 0, 0, 0, 0)) + payload


FRAMES = {
    "heartbeats": (b"", frame(1, b'{"type":"beat"}')),
    "pings": (b"", frame(9, b"x")),
    "empty fragments": (frame(1, b"{", fin=False), frame(0, b"", fin=False)),
}
PATHS = {
    "refused requests": "/api/v1/instance",
    "pages": "/",
    "documents": "/docs",
    "readiness": "/readyz",
    "unknown addresses": "/api/v1/nowhere",
    "made-up credentials": "/api/v1/me",
}

BODIES = {"messages": "application/json", "pictures": "application/octet-stream"}
KINDS = [*FRAMES, *PATHS, *BODIES, "heads"]
CONNECTIONS = dict.fromkeys(PATHS, 100) | dict.fromkeys(BODIES, 20) | {"heads": 10}


def connect(port: int) -> socket.socket:
    signed_in = bool(os.environ.get("FLOOD_TOKEN"))
    address = f"127.0.{8 + signed_in}.{10 + KINDS.index(sys.argv[1])}"
    return socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(address, 0))


def on_a_socket(kind: str, port: int, token: str) -> None:
    """Frames as fast as they are taken; cut off, it comes again."""
    begin, piece = FRAMES[kind]
    with connect(port) as one:
        one.sendall(HANDSHAKE.format(token=token).encode())
        one.recv(4_096)
        threading.Thread(target=drain, args=(one,), daemon=True).start()
        one.sendall(begin)
        while True:
            one.sendall(piece * (65_536 // len(piece)))


def drain(one: socket.socket) -> None:
    try:
        while one.recv(65_536):
            pass
    except OSError:
        pass


def with_requests(kind: str, port: int, token: str) -> None:
    """The same request again and again."""
    signed = f"Authorization: Bearer {token}\r\n" if token else ""
    one_after_the_other(port, f"GET {PATHS[kind]} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n{signed}\r\n".encode())


def with_bodies(kind: str, port: int, token: str) -> None:
    """The same message or picture again and again."""
    body = body_of(kind)
    head = (
        f"POST {os.environ['FLOOD_PATH']} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: {BODIES[kind]}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    one_after_the_other(port, head.encode() + body)


@cache
def body_of(kind: str) -> bytes:
    """A message as long as one may be, or a picture of 120 MB in 120 kB: it is within the limits and all decoded."""
    if kind == "messages":
        return json.dumps({"text": "\N{FIRE}" * 10_000}, ensure_ascii=False).encode()
    width, height = 8_000, 5_000
    packed = zlib.compress(bytes((1 + 3 * width) * height))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def one_after_the_other(port: int, request: bytes) -> None:
    """A request, its answer, and again, on a connection that is kept while it is."""
    with connect(port) as one:
        while True:
            one.sendall(request)
            head = bytearray()
            while b"\r\n\r\n" not in head:
                piece = one.recv(65_536)
                if not piece:
                    return
                head += piece
            left = length(head) - (len(head) - head.index(b"\r\n\r\n") - 4)
            while left > 0:
                left -= len(one.recv(65_536)) or left


def length(head: bytearray) -> int:
    for line in bytes(head).split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def with_heads(_: str, port: int, token: str) -> None:
    """A head of small headers that never ends."""
    piece = b"".join(b"x%05d: y\r\n" % number for number in range(6_000))
    with connect(port) as one:
        one.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
        while True:
            one.sendall(piece)


def again_and_again(flood: Callable[[str, int, str], None], kind: str, port: int, token: str) -> None:
    while True:
        try:
            flood(kind, port, token)
        except OSError:
            time.sleep(0)


def main() -> None:
    kind, port, token = sys.argv[1], int(sys.argv[2]), os.environ.get("FLOOD_TOKEN", "")
    os.nice(5)  # it is somewhere else, with a machine of its own
    floods = {on_a_socket: FRAMES, with_requests: PATHS, with_bodies: BODIES}
    flood = next((each for each, kinds in floods.items() if kind in kinds), with_heads)
    if kind in BODIES:
        body_of(kind)
    # Said before it begins: with so many threads at work this one would not come to say it.
    print("flooding", flush=True)
    for _ in range(CONNECTIONS.get(kind, 1)):
        threading.Thread(target=again_and_again, args=(flood, kind, port, token), daemon=True).start()
    threading.Event().wait(SECONDS)


if __name__ == "__main__":
    main()
