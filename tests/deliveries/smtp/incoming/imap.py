"""A mailbox on an IMAP server that is not ours (pymap)."""

import asyncio
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from imap_tools import BaseMailBox, MailBoxUnencrypted

from tests.ports import free_port
from tests.waiting import eventually

USER, PASSWORD = "bounces", "open sesame"


class ImapServer:
    """The server, and what is put into its mailbox or found there by another program."""

    def __init__(self, port: int) -> None:
        self.port = port

    def put(self, *letters: bytes) -> None:
        """Letters arrive."""
        with self._opened() as client:
            for letter in letters:
                client.append(letter)

    def flags(self, folder: str = "INBOX") -> list[tuple[str, ...]]:
        """The flags of each letter of a folder."""
        with self._opened() as client:
            client.folder.set(folder)
            return [tuple(sorted(set(each.flags) - {"\\Recent"})) for each in client.fetch(mark_seen=False)]

    def remove_folder(self, folder: str) -> None:
        """Takes a folder away; one of the same name has another validity."""
        with self._opened() as client:
            client.folder.delete(folder)

    def _opened(self) -> BaseMailBox:
        return MailBoxUnencrypted("127.0.0.1", self.port, timeout=10).login(USER, PASSWORD)


@asynccontextmanager
async def imap_server() -> AsyncGenerator[ImapServer, None]:
    """A server with one empty mailbox."""
    port = free_port()
    arguments = ("--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "managesieve")
    user = ("--demo-user", USER, "--demo-password", PASSWORD)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from pymap.main import main; main()", *arguments, "dict", *user),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await eventually(lambda: listens(port))
        yield ImapServer(port)
    finally:
        process.kill()
        await process.wait()


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
