"""Mail servers for tests: an obedient one (aiosmtpd), and one that follows a script line by line."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class Mailbox:
    """What arrived, and what to answer at which step instead of 250: one answer after the other, the last for ever."""

    def __init__(self, **answers: list[str]) -> None:
        self.arrived: list[bytes] = []
        self.recipients: list[str] = []
        self.senders: list[str] = []
        self.connections = 0
        self._answers = answers

    def _answer(self, step: str, usual: str) -> str:
        left = self._answers.get(step, [])
        if not left:
            return usual
        return left.pop(0) if len(left) > 1 else left[0]

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=policy.default) for each in self.arrived]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks for these names
        self, _: SMTP, session: Session, __: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802
        answer = self._answer("mail", "250 OK")
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: N802
        answer = self._answer("rcpt", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer("data", "250 Queued")
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.arrived.append(envelope.content)
            self.senders.append(envelope.mail_from or "")
            self.recipients += envelope.rcpt_tos
        return answer


def authenticator(_: SMTP, __: Session, ___: Envelope, ____: str, login: Any) -> AuthResult:
    """Lets Ann in, with her password."""
    return AuthResult(success=(login.login, login.password) == (b"ann", b"open sesame"), handled=False)


@asynccontextmanager
async def server(
    mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, wrapped: bool = False, auth: bool = False
) -> AsyncGenerator[int, None]:
    """An obedient mail server, and its port; `wrapped`: encrypted from the first byte, else by STARTTLS."""

    def protocol() -> SMTP:
        return SMTP(
            mailbox,
            hostname="mail.example",
            tls_context=None if wrapped else tls,
            require_starttls=tls is not None and not wrapped,
            auth_required=auth,
            auth_require_tls=False,
            authenticator=authenticator if auth else None,
            enable_SMTPUTF8=False,
            loop=asyncio.get_running_loop(),
        )

    listener = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls if wrapped else None)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()


HANG_UP = "<hang up>"
SAY_NOTHING = "<say nothing>"
HANG_UP_INSIDE = "<hang up inside the letter>"


class Scripted:
    """Answers each command as told; counts connections and what it took."""

    def __init__(self, **answers: str) -> None:
        self._answers = {
            "greeting": "220 ready",
            "ehlo": "250 mail.example",
            "data": "354 go",
            "end": "250 ok",
            **answers,
        }
        self.connections = 0
        self.letters = 0
        self.most_at_once = 0
        self._now = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await self._serve(reader, writer)
        except ConnectionError:
            pass
        finally:
            self._now -= 1
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        step = "greeting"
        while True:
            answer = self._answers.get(step, "250 ok")
            if answer == HANG_UP:
                return
            if answer == SAY_NOTHING:
                # Until the other one hangs up.
                await reader.read()
                return
            if answer == HANG_UP_INSIDE:
                writer.write(b"354 go\r\n")
                await reader.read(10)
                writer.transport.abort()
                return
            writer.write(answer.encode() + b"\r\n")
            if answer.startswith("354"):
                await reader.readuntil(b"\r\n.\r\n")
                self.letters += 1
                step = "end"
                continue
            line = await reader.readline()
            if not line:
                return
            step = line[:4].decode().strip().lower()


@asynccontextmanager
async def scripted(script: Scripted) -> AsyncGenerator[int, None]:
    """A server that follows its script, and its port."""
    listener = await asyncio.start_server(script.serve, "127.0.0.1", 0)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()
