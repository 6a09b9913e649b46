"""Starts and stops the embedded server."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from estafette.base.postgres.address import ServerAddress
from estafette.base.postgres.cluster import check_version, initialise, write_settings
from estafette.base.postgres.errors import CannotStart, FolderUnusable
from estafette.base.postgres.first_steps import prepare_database
from estafette.base.postgres.folder import FolderLock, hold
from estafette.base.postgres.identity import Identity, identity_for
from estafette.base.postgres.leftovers import clear_leftovers
from estafette.base.postgres.programs import program

_PATIENCE = 3.0  # seconds: between two words on a long recovery; of a kind stop before the rude one
_LARGEST_LOG = 10_000_000
# Set on the command line, so that no settings file opens the server to the network or to other users.
_PRIVATE = {"listen_addresses": "", "unix_socket_directories": ".", "unix_socket_permissions": "0700", "port": "5432"}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """One PostgreSQL server in one folder, for this process and its children; `fast` gives up durability for tests."""

    def __init__(
        self, folder: Path, *, major: int = 18, say: Callable[[str], None] = lambda _: None, fast: bool = False
    ) -> None:
        self.folder = folder.absolute()
        self._cluster = self.folder / "cluster"
        self._major, self._say, self._fast = major, say, fast
        self._lock: FolderLock | None = None
        self._address: ServerAddress | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> str:
        """Returns the connection string of the running server; raises CannotStart with a sentence for the operator.

        A server that has died may be started again: the connection string stays the same.
        """
        if self._process is not None and self._process.poll() is None and self._address is not None:
            return self._address.dsn()
        try:
            return await self._start()
        except BaseException as error:
            await self.stop()
            if isinstance(error, OSError):
                raise FolderUnusable(self.folder, error) from error
            raise

    async def start_again(self) -> None:
        """Starts a server that has died; raises CannotStart, and may be called until it does not.

        What its clients know it by is kept meanwhile, also when it fails: they have its connection string.
        """
        if self.pid is not None:
            return
        try:
            await self._start()
        except OSError as error:
            raise FolderUnusable(self.folder, error) from error

    async def stop(self, patience: float = _PATIENCE) -> None:
        """Ends the server, after `patience` seconds without its checkpoint, and gives the folder free."""
        process, self._process = self._process, None
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if process is None or process.poll() is not None:
                break
            process.send_signal(number)
            deadline = time.monotonic() + patience
            while process.poll() is None and time.monotonic() < deadline:  # noqa: ASYNC110 - no event tells it
                await asyncio.sleep(0.01)
        if self._address is not None:
            self._address.close()
            self._address = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    async def wait(self) -> None:
        """Returns when the server has ended, wanted or not."""
        while self._process is not None and self._process.poll() is None:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.1)

    @property
    def pid(self) -> int | None:
        """The number of the server's main process while it is running."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    async def _start(self) -> str:
        if self._lock is None:
            self._lock = hold(self.folder)
        self.folder.chmod(0o700)
        server = program("postgres", self._major)
        identity = await asyncio.to_thread(identity_for, self.folder, server)
        if self._cluster.exists():
            check_version(self._cluster, self._major)
            await asyncio.to_thread(identity.own_all, self._cluster)
            await asyncio.to_thread(clear_leftovers, self._cluster, self._say)
            write_settings(self._cluster, identity)
        else:
            self._say("Making a new database")
            await asyncio.to_thread(initialise, self.folder, identity, self._major, durable=not self._fast)
        if self._address is None:
            self._address = ServerAddress(self.folder)
        seen = self._launch(server, identity)
        await self._until_ready(seen)
        await prepare_database(self._address)
        return self._address.dsn()

    def _launch(self, server: Path, identity: Identity) -> int:
        log = self.folder / "server.log"
        if log.exists() and log.stat().st_size > _LARGEST_LOG:
            log.rename(self.folder / "server.log.1")
        settings = _PRIVATE | (_CARELESS if self._fast else {})
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = identity.command(self._cluster, server, "-D", self._cluster, *options, guarded=True)
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            seen = os.fstat(descriptor).st_size
            # A session of its own: Ctrl-C in the terminal must not reach it before its clients are done.
            self._process = subprocess.Popen(  # noqa: S603 - a program of ours, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,
                env={"LC_ALL": "C"},
            )
        finally:
            os.close(descriptor)
        return seen

    async def _until_ready(self, seen: int) -> None:
        process = self._process
        assert process is not None  # noqa: S101 - `start` has just set it
        begun = said = time.monotonic()
        while not self._is_ready(process.pid):
            if process.poll() is not None:
                raise CannotStart(f"The database did not start; its last words: {self._last_words(seen)}")
            now = time.monotonic()
            if now - said >= _PATIENCE:
                said = now
                self._say(f"The database is recovering what the last run left unfinished ({now - begun:.0f} s so far)")
            await asyncio.sleep(0.01)

    def _is_ready(self, pid: int) -> bool:
        try:
            lines = (self._cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _last_words(self, seen: int) -> str:
        text = (self.folder / "server.log").read_bytes()[seen:].decode(errors="replace")
        return " / ".join(text.strip().splitlines()[-5:]) or "(none)"
