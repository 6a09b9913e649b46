"""E-mail through a mail server that relays for us: text and HTML, signed, with one-click unsubscribing.

What comes back (answers, bounces, complaints) is read from a mailbox, or handed over by a signed request.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from estafette.base.brief import brief
from estafette.base.mailboxes import on_the_wire
from estafette.deliveries.models.inbound import Told
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Channel, ClaimedMessage
from estafette.deliveries.models.transport import Account, Callback, HandIn, Transport
from estafette.deliveries.transports.smtp.connection import Connection, MailServer
from estafette.deliveries.transports.smtp.dkim import Signer
from estafette.deliveries.transports.smtp.incoming import ImapMailbox, check_signature, read_letter
from estafette.deliveries.transports.smtp.incoming.mailbox import PORTS as MAILBOX_PORTS
from estafette.deliveries.transports.smtp.link import SmtpLink
from estafette.deliveries.transports.smtp.writing import Letter, write

Pem = Annotated[str, Meta(max_length=50_000)]
# It stands in the signature as it is.
DomainName = Annotated[str, Meta(max_length=253, pattern=r"^[A-Za-z0-9._-]*$")]
LONG: Final = 20_000
"""Characters of a letter that is written in a thread."""
PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the mail server is and who writes."""

    host: Annotated[str, Meta(min_length=1, max_length=253)]
    port: Annotated[int, Meta(ge=1, le=65_535)] | None = None  # None: 587, 465 or 25, as the security asks
    security: Literal["starttls", "tls", "none"] = "starttls"
    certificate_authority: Pem = ""  # for a server whose certificate is not of a public authority
    hello: Annotated[str, Meta(max_length=253, pattern=r"^[A-Za-z0-9.:\[\]-]*$")] = ""  # in EHLO; empty: our own name
    pool: Annotated[int, Meta(ge=1, le=100)] = 5  # connections at once
    sender: Annotated[str, Meta(max_length=254)] = ""  # the address for messages that name none
    dkim_domain: DomainName = ""  # empty: the sender's
    dkim_selector: DomainName = ""
    return_path: Annotated[str, Meta(max_length=254)] = ""  # the address that bounces go to; empty: the sender's
    mailbox_host: Annotated[str, Meta(max_length=253)] = ""  # IMAP server on which answers and bounces arrive
    mailbox_port: Annotated[int, Meta(ge=1, le=65_535)] | None = None  # None: 993 or 143, as the security asks
    mailbox_security: Literal["tls", "starttls", "none"] = "tls"
    mailbox_folder: Annotated[str, Meta(min_length=1, max_length=200)] = "INBOX"
    mailbox_archive: Annotated[str, Meta(max_length=200)] = ""  # the folder for what was read; empty: it stays

    def __post_init__(self) -> None:
        if self.return_path and on_the_wire(self.return_path) is None:
            raise ValueError("return_path is no e-mail address that can be written from")
        if self.sender and on_the_wire(self.sender) is None:
            raise ValueError("sender is no e-mail address that can be written from")


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What to sign in, to sign letters and to read the mailbox with; empty: not at all."""

    user: Annotated[str, Meta(max_length=1_000)] = ""
    password: Annotated[str, Meta(max_length=1_000)] = ""
    dkim_private_key: Pem = ""  # RSA or Ed25519
    mailbox_user: Annotated[str, Meta(max_length=1_000)] = ""
    mailbox_password: Annotated[str, Meta(max_length=1_000)] = ""
    letters_secret: Annotated[str, Meta(max_length=255)] = ""  # of who hands over letters that come back, by HTTP

    def __post_init__(self) -> None:
        if 0 < len(self.letters_secret) < 16:
            raise ValueError("letters_secret has fewer than 16 characters")


class SmtpTransport:
    """Hands letters to a mail server (RFC 5321); its acceptance says SENT, and only failures are told later."""

    name: str = "smtp"
    channels: frozenset[Channel] = frozenset({"email"})
    settings: type[Struct] = Settings
    credentials: type[Struct] = Credentials
    receipts: bool = False
    callbacks: bool = True  # so that administrators are shown where letters can be handed over

    @asynccontextmanager
    async def open(self, account: Account, hand_in: HandIn) -> AsyncGenerator[SmtpLink, None]:
        """A link with one connection that is signed in; raises LinkRefused."""
        settings: Settings = account.settings
        signer = signer_of(settings, account.credentials)
        server = await asyncio.to_thread(server_of, settings, account.credentials)

        async def letter_of(claimed: ClaimedMessage) -> Letter:
            made = partial(write, claimed, account.gateway_id, settings.sender, signer, settings.return_path)
            # A thread costs as much as a letter of usual length; signing and long ones would hold up all others.
            long = len(claimed.text) + len(claimed.html or "") > LONG
            return await asyncio.to_thread(made) if long or signer is not None else made()

        link = SmtpLink(server, letter_of, await Connection.open(server), settings.pool)
        sweeping = asyncio.create_task(link.sweep())
        try:
            yield link
        finally:
            sweeping.cancel()
            await link.close()

    def read_callback(self, account: Account, callback: Callback) -> Sequence[Told]:
        """The letter that a program hands over; raises CallbackRefused when it is not signed, or some time ago."""
        check_signature(callback.headers, callback.body, account.credentials.letters_secret, callback.received_at)
        return [read_letter(callback.body)]

    def names_mailbox(self, settings: Mapping[str, Any]) -> bool:
        """Whether settings name a server with a mailbox."""
        return bool(settings.get("mailbox_host"))

    def mailbox(self, account: Account) -> ImapMailbox:
        """Where answers and bounces arrive; raises LinkRefused."""
        settings: Settings = account.settings
        return ImapMailbox(
            host=settings.mailbox_host,
            port=settings.mailbox_port or MAILBOX_PORTS[settings.mailbox_security],
            security=settings.mailbox_security,
            user=account.credentials.mailbox_user,
            password=account.credentials.mailbox_password,
            folder=settings.mailbox_folder,
            archive=settings.mailbox_archive,
            tls=tls_of(settings),
        )

    def read_letter(self, raw: bytes) -> Told:
        """What a letter says that came back."""
        return read_letter(raw)


def signer_of(settings: Settings, credentials: Credentials) -> Signer | None:
    """Who signs letters, if somebody is to; raises LinkRefused."""
    if not credentials.dkim_private_key:
        return None
    if not settings.dkim_selector:
        raise LinkRefused("settings", "There is a DKIM key, and no selector to find its other half by.")
    try:
        return Signer(settings.dkim_domain, settings.dkim_selector, credentials.dkim_private_key)
    except ValueError as error:
        raise LinkRefused("settings", brief(f"No letter can be signed: {error}.")) from error


def server_of(settings: Settings, credentials: Credentials) -> MailServer:
    """How to get there; reads certificates. Raises LinkRefused."""
    return MailServer(
        host=settings.host,
        port=settings.port or PORTS[settings.security],
        security=settings.security,
        hello=settings.hello or None,
        user=credentials.user or None,
        password=credentials.password or None,
        tls=tls_of(settings),
    )


def tls_of(settings: Settings) -> ssl.SSLContext:
    """Whose certificates are believed; raises LinkRefused."""
    try:
        return ssl.create_default_context(cadata=settings.certificate_authority or None)
    except (ValueError, OSError) as error:
        raise LinkRefused("settings", "The certificate authority is no certificate in PEM form.") from error


TRANSPORT: Final[Transport] = SmtpTransport()
