"""Opens a link: connects, signs in, and says goodbye in the end."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final

from estafette.deliveries.models.link_faults import LinkFault, LinkRefused
from estafette.deliveries.models.transport import HandIn
from estafette.deliveries.transports.smpp import bodies, pdu
from estafette.deliveries.transports.smpp.inbox import Inbox
from estafette.deliveries.transports.smpp.link import SmppLink
from estafette.deliveries.transports.smpp.questions import Missing
from estafette.deliveries.transports.smpp.session import Session
from estafette.deliveries.transports.smpp.settings import Credentials, Settings
from estafette.deliveries.transports.smpp.statuses import fault_of_bind, refused_bind
from estafette.deliveries.transports.smpp.window import Window

CONNECTING: Final = 10.0  # seconds
GOODBYE: Final = 1.5  # seconds


@asynccontextmanager
async def opened(settings: Settings, credentials: Credentials, hand_in: HandIn) -> AsyncGenerator[SmppLink, None]:
    """A link that is bound as a transceiver; raises LinkRefused."""
    window = Window(settings.window)
    inbox = Inbox(hand_in, settings)
    session = await _connected(settings, window, inbox)
    receiving = asyncio.create_task(inbox.work(session))
    try:
        await _bind(session, settings, credentials)
        yield SmppLink(session, window, settings)
        await _say_goodbye(session, inbox)
    finally:
        receiving.cancel()
        with suppress(asyncio.CancelledError):
            await receiving
        session.end("The link was closed")
        session.drop()


async def _connected(settings: Settings, window: Window, inbox: Inbox) -> Session:
    loop = asyncio.get_running_loop()
    try:
        secure = ssl.create_default_context(cadata=settings.tls_authority) if settings.tls else None
        async with asyncio.timeout(CONNECTING):
            _, session = await loop.create_connection(
                lambda: Session(window, settings.response_timeout, settings.enquire_every, inbox.take),
                settings.host,
                settings.port,
                ssl=secure,
                server_hostname=settings.host if secure else None,
            )
    except TimeoutError as error:
        raise _unreachable(settings, "no_answer", f"no connection within {CONNECTING:.0f} seconds") from error
    except ssl.SSLCertVerificationError as error:
        raise _unreachable(settings, "certificate", f"its certificate is not valid: {error.verify_message}") from error
    except (OSError, ssl.SSLError, ValueError) as error:
        raise _unreachable(settings, "unreachable", str(getattr(error, "strerror", None) or error)) from error
    return session


async def _bind(session: Session, settings: Settings, credentials: Credentials) -> None:
    body = bodies.bind(credentials.system_id, credentials.password, settings.system_type)
    answer = await session.ask(pdu.BIND_TRANSCEIVER, body)
    if isinstance(answer, Missing):
        raise LinkRefused("no_answer", f"The gateway has not answered the bind. {answer.reason}")
    if answer.status != pdu.OK or answer.command == pdu.GENERIC_NACK:
        raise LinkRefused(fault_of_bind(answer.status), refused_bind(answer.status))


async def _say_goodbye(session: Session, inbox: Inbox) -> None:
    """Answers what has arrived, then unbinds, as long as the gateway plays along."""
    with suppress(TimeoutError):
        async with asyncio.timeout(GOODBYE):
            await inbox.emptied()
            await session.ask(pdu.UNBIND)


def _unreachable(settings: Settings, fault: LinkFault, why: str) -> LinkRefused:
    return LinkRefused(fault, f"The gateway {settings.host}:{settings.port} cannot be reached: {why[:200]}")
