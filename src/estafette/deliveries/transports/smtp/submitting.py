"""The steps in which a letter goes out, kept apart by what the server may have taken after each."""

import asyncio
from contextlib import suppress
from typing import cast

import aiosmtplib

from estafette.base.brief import brief
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Refused
from estafette.deliveries.transports.smtp.answers import Step, refusal
from estafette.deliveries.transports.smtp.writing import Letter


class NothingTaken(Exception):
    """The connection broke, or the server closes it, before the letter could have been taken."""

    def __init__(self, outcome: Refused) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


async def offer(client: aiosmtplib.SMTP, letter: Letter) -> Refused | None:
    """MAIL, RCPT, DATA, up to where the server asks for the letter; a refusal when it does not.

    Raises NothingTaken when the server closes the connection, LinkRefused when it wants somebody else.
    """
    step: Step = "MAIL"
    size = [f"size={len(letter.content)}"] if client.supports_extension("size") else []
    try:
        await client.mail(letter.sender, options=size)
        step = "RCPT"
        await client.rcpt(letter.recipient)
        step = "DATA"
        code, text = await client.execute_command(b"DATA")
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPRecipientRefused) as error:
        code, text = error.code, error.message
    if step == "DATA" and code == 354:
        return None
    if code in (530, 535, 538):
        client.close()
        raise LinkRefused("sign_in", brief(f"The mail server wants a sign-in: {code} {text}"))
    if not 400 <= code < 600:
        raise aiosmtplib.SMTPException(f"{code} {text}")
    if code == 421:
        client.close()
        raise NothingTaken(refusal(step, code, text))
    with suppress(aiosmtplib.SMTPResponseException):
        await client.rset()
    return refusal(step, code, text)


async def pour(client: aiosmtplib.SMTP, content: bytes) -> None:
    """Writes the letter, waits until it has left this process (or, encrypted, nearly has), and writes its end.

    When it returns the server may have taken the letter; when it raises, it has not.
    """
    protocol, transport = client.protocol, cast("asyncio.WriteTransport | None", client.transport)
    if protocol is None or transport is None:
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    protocol.write(dotted(content))
    while transport.get_write_buffer_size():  # noqa: ASYNC110 - a transport tells nobody that it is empty
        await asyncio.sleep(0.005)
    # Raises when the connection is gone, which empties the buffer too.
    protocol.write(b".\r\n")


async def answer(client: aiosmtplib.SMTP) -> aiosmtplib.SMTPResponse:
    """What the server says to the whole letter."""
    if client.protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    return await client.protocol.read_response()


def connection_lost(reason: str) -> Refused:
    """Nothing was taken, and it is not this message's fault."""
    return Refused(kind="gateway", permanent=False, code="connection_lost", reason=brief(reason))


def dotted(content: bytes) -> bytes:
    """A letter whose lines that begin with a dot begin with two (RFC 5321, 4.5.2); the first is a field's."""
    return content.replace(b"\r\n.", b"\r\n..")
