"""One connection to a mail server, over which letters go one after the other."""

import asyncio
import ssl
from contextlib import suppress
from time import monotonic
from typing import Final, Literal, Self

import aiosmtplib
import msgspec

from estafette.base.brief import brief
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Outcome, Refused, Unknown
from estafette.deliveries.transports.smtp.answers import refusal
from estafette.deliveries.transports.smtp.submitting import NothingTaken, answer, connection_lost, offer, pour
from estafette.deliveries.transports.smtp.writing import Letter

CONNECTING: Final = 15  # seconds, greeting and sign-in included
OFFERING: Final = 10  # seconds until the whole letter is written
ANSWERING: Final = 30  # seconds until the server answers for it; the three together are less than a minute
LETTERS: Final = 100  # over one connection: many servers allow no more
OLDEST: Final = 300.0  # seconds
LONGEST_IDLE: Final = 30.0  # seconds; servers commonly hang up after some minutes


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """How to get to the server and who to be there."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    hello: str | None
    user: str | None
    password: str | None
    tls: ssl.SSLContext


class Connection:
    """Signed in and ready; made by `open`."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client
        self._opened = self._used = monotonic()
        self._letters = 0
        self._between_letters = True

    @classmethod
    async def open(cls, server: MailServer) -> Self:
        """Connects and signs in; raises LinkRefused with the reason."""
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            local_hostname=server.hello,
            # Time limits are set around the calls: the library's own can swallow a cancellation.
            timeout=None,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            tls_context=server.tls,
        )
        try:
            async with asyncio.timeout(CONNECTING):
                await client.connect()
        except TimeoutError as error:
            raise LinkRefused("no_answer", "The mail server does not answer in time.") from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise LinkRefused("sign_in", brief(f"The sign-in was refused: {error.code} {error.message}")) from error
        except aiosmtplib.SMTPResponseException as error:
            raise LinkRefused("refused", brief(f"The mail server refuses: {error.code} {error.message}")) from error
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise LinkRefused("unreachable", brief(f"No connection: {error}")) from error
        return cls(client)

    @property
    def alive(self) -> bool:
        """Whether it can be spoken to."""
        return self._between_letters and self._client.is_connected

    @property
    def fit(self) -> bool:
        """Whether another letter may go over it."""
        now = monotonic()
        young = now - self._opened < OLDEST and now - self._used < LONGEST_IDLE
        return self.alive and young and self._letters < LETTERS

    async def carry(self, letter: Letter) -> Outcome:
        """Submits one letter; raises NothingTaken, and LinkRefused when the server wants somebody else."""
        self._letters += 1
        self._between_letters = False
        outcome = await self._offered(letter) or await self._answer(letter)
        self._between_letters = True
        self._used = monotonic()
        return outcome

    async def close(self) -> None:
        """Says goodbye, briefly."""
        if self.alive:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                async with asyncio.timeout(2):
                    await self._client.quit()
        self.drop()

    def drop(self) -> None:
        """Hangs up."""
        self._client.close()

    async def _offered(self, letter: Letter) -> Refused | None:
        """Hands the letter over, whole; a refusal when the server does not want it."""
        try:
            async with asyncio.timeout(OFFERING):
                refused = await offer(self._client, letter)
                if not refused:
                    await pour(self._client, letter.content)
                return refused
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            self.drop()
            reason = "The mail server does not answer in time." if isinstance(error, TimeoutError) else str(error)
            raise NothingTaken(connection_lost(reason)) from error

    async def _answer(self, letter: Letter) -> Outcome:
        """What the server makes of the letter."""
        try:
            async with asyncio.timeout(ANSWERING):
                code, text = await answer(self._client)
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            self.drop()
            return Unknown(reason="The whole letter was sent, and the connection was lost before an answer came.")
        if 200 <= code < 300:
            return Accepted(provider_ids=(letter.message_id,))
        if code == 421 or not 400 <= code < 600:
            self.drop()
        return refusal("DATA", code, text) if 400 <= code < 600 else Unknown(reason=brief(f"{code} {text}"))
