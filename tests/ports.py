"""Ports for the servers that tests start, stop and start again."""

import os
import random
import socket

# Below those that the system gives to whoever connects: while a server is away, no client may sit on its port.
FIRST, EACH = 11_000, 2_000
WORKERS = 10


def free_port() -> int:
    """A port that nobody listens on, and that no other worker of this test run takes."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS
    while True:
        port = FIRST + worker * EACH + random.randrange(EACH)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
