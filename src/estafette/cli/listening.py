"""The listening socket: bound once by the parent, shared by all web processes."""

import errno
import socket

from estafette.base.settings import Settings
from estafette.cli.sentences import Refusal

_BACKLOG = 2048
_UNREAD_MS = 60_000
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not bound


def listen(settings: Settings) -> socket.socket:
    """Listens on the address of the settings; raises Refusal with the reason and the way out."""
    host, port = settings.host, settings.port
    try:
        family, _, _, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        both = family == socket.AF_INET6 and host == "::" and socket.has_dualstack_ipv6()
        listener = socket.create_server(address[:2], family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    except socket.gaierror as error:
        raise Refusal(f"The address {host!r} is not known here: choose another one with --host.") from error
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"Port {port} on {host} is taken by another program: choose another one with --port.",
            errno.EACCES: f"This user may not listen on port {port}: choose one above 1023 with --port.",
            errno.EADDRNOTAVAIL: f"This machine does not have the address {host}: choose another one with --host.",
        }
        sentence = reasons.get(error.errno or 0, f"Listening on {host}:{port} failed: {error.strerror}.")
        raise Refusal(sentence) from error
    # Accepted sockets inherit it: who lives on but never reads what was sent is let go after a minute.
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MS)
    return listener


def local_address(listener: socket.socket) -> tuple[str, int]:
    """The address at which this machine itself reaches the socket."""
    host, port = str(listener.getsockname()[0]), int(listener.getsockname()[1])
    return _WILDCARDS.get(host, host), port
