"""What a running web process is made of; `main` opens it, the edge hands it to the handlers that ask for it."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

import msgspec

from estafette import contact_requests, conversations, deliveries, notifications
from estafette.accounts import CarriesMail
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.documents import Documents
from estafette.files import MayFetch, Previews, Storage, Uploader
from estafette.realtime import Hub


class Parts(msgspec.Struct, kw_only=True):
    """The open parts of one process."""

    settings: Settings
    database: Database
    storage: Storage
    uploader: Uploader
    previews: Previews
    may_fetch: MayFetch
    quotas: Quotas
    vault: Vault
    sender: conversations.Sender
    acceptor: deliveries.Acceptor
    callbacks: deliveries.Callbacks
    request_acceptor: contact_requests.Acceptor
    documents: Documents
    renderers: notifications.Renderers
    carries_mail: CarriesMail
    hub: Hub
    listening: Callable[[], bool]
    """Whether the bus receives what other processes do."""
    events_dropped: Callable[[], int]
    """How many events of this process the bus has dropped since the start."""
    not_ready: Callable[[], Awaitable[list[str]]]
    """What keeps this process from serving, in stable words; nothing when it is ready."""


Opening = Callable[[], AbstractAsyncContextManager[Parts]]


class Process:
    """Holds the parts while the process runs."""

    def __init__(self) -> None:
        self._parts: Parts | None = None

    @property
    def parts(self) -> Parts:
        """The open parts; before the start and after the end there are none."""
        if self._parts is None:
            raise ConnectionError("this process is not running")
        return self._parts

    def set(self, parts: Parts | None) -> None:
        """Takes the parts into use, or none when the process ends."""
        self._parts = parts

    def database(self) -> Database:
        """The open database."""
        return self.parts.database
