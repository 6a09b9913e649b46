"""The mailbox in which answers and bounces arrive, read by IMAP (RFC 3501). All of it blocks: it runs in a thread."""

import imaplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Final, Literal

import msgspec
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from estafette.base.brief import brief
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.mailboxes import Letters, MailPosition

SECONDS: Final = 15.0  # for each answer of the server
LETTERS: Final = 50  # at a time
LETTER_BYTES: Final = 1_048_576
"""What is read of a letter: its pictures are not needed to know what it says."""
PORTS: Final = {"tls": 993, "starttls": 143, "none": 143}
_SEEN: Final = "\\Seen"


class ImapMailbox(msgspec.Struct, frozen=True, kw_only=True):
    """How to get to a mailbox and who to be there."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str
    password: str
    folder: str
    archive: str
    tls: ssl.SSLContext

    @property
    def place(self) -> str:
        """What a position is valid in."""
        return f"{self.user}@{self.host}/{self.folder}"

    def open(self) -> "OpenImapMailbox":
        """Signs in; raises LinkRefused."""
        try:
            client = self._connected()
            try:
                sign_in = client.login if self.user.isascii() and self.password.isascii() else client.login_utf8
                sign_in(self.user, self.password, initial_folder=None)
                client.folder.set(self.folder)
            except BaseException:
                with suppress(OSError, imaplib.IMAP4.error):
                    client.client.shutdown()
                raise
        except MailboxLoginError as error:
            raise LinkRefused("sign_in", brief(f"The mailbox does not let us in: {error}")) from error
        except ssl.SSLError as error:
            raise LinkRefused("certificate", brief(f"The mailbox has no valid certificate: {error}")) from error
        except TimeoutError as error:
            raise LinkRefused("no_answer", "The server of the mailbox does not answer in time.") from error
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise LinkRefused("refused", brief(f"The server of the mailbox refuses: {error}")) from error
        except (OSError, ValueError) as error:
            raise LinkRefused("unreachable", brief(f"No connection to the mailbox: {error}")) from error
        return OpenImapMailbox(client, self.archive, _uid_validity(client))

    def _connected(self) -> BaseMailBox:
        match self.security:
            case "tls":
                return MailBox(self.host, self.port, timeout=SECONDS, ssl_context=self.tls)
            case "starttls":
                return MailBoxStartTls(self.host, self.port, timeout=SECONDS, ssl_context=self.tls)
            case "none":
                return MailBoxUnencrypted(self.host, self.port, timeout=SECONDS)


class OpenImapMailbox:
    """A folder that is open; every method raises LinkRefused when the connection breaks."""

    def __init__(self, client: BaseMailBox, archive: str, uid_validity: int) -> None:
        self._client, self._archive, self._uid_validity = client, archive, uid_validity

    def read(self, after: MailPosition | None, since: date) -> Letters:
        """The next letters behind a position; from the day `since` on where there is none, or numbers begin anew."""
        last = after.uid if after is not None and after.uid_validity == self._uid_validity else 0
        criteria = f"UID {last + 1}:*" if last else f"SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        with _refusals():
            # The last letter is always found, however small its number.
            uids = sorted(uid for each in self._client.uids(criteria, charset=None) if (uid := int(each)) > last)
            chosen = uids[:LETTERS]
            letters = [(uid, raw) for uid in chosen if (raw := self._raw(uid)) is not None]
        position = MailPosition(uid_validity=self._uid_validity, uid=chosen[-1] if chosen else last)
        return Letters(position=position, letters=letters, more=len(uids) > len(chosen))

    def finish(self, uids: list[int]) -> None:
        """Marks letters as read, and puts them away where that is asked for."""
        names = [str(uid) for uid in uids]
        if names:
            with _refusals():
                self._client.flag(names, _SEEN, value=True)
                if self._archive:
                    if not self._client.folder.exists(self._archive):
                        self._client.folder.create(self._archive)
                    self._client.move(names, self._archive)

    def close(self) -> None:
        """Says goodbye."""
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            self._client.logout()

    def _raw(self, uid: int) -> bytes | None:
        """The beginning of a letter; None when it was removed meanwhile."""
        _, found = self._client.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LETTER_BYTES}>)")
        return next((each[1] for each in found if isinstance(each, tuple)), None)


# As IMAP writes them, whatever the language of this machine.
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _uid_validity(client: BaseMailBox) -> int:
    """Whether the numbers of letters are still those of last time; servers tell it when a folder is opened."""
    _, told = client.client.response("UIDVALIDITY")
    return next((int(each) for each in told if each), 0)


@contextmanager
def _refusals() -> Generator[None]:
    """Turns what can go wrong with a connection into LinkRefused."""
    try:
        yield
    except TimeoutError as error:
        raise LinkRefused("no_answer", "The server of the mailbox does not answer in time.") from error
    except (imaplib.IMAP4.abort, OSError) as error:
        raise LinkRefused("interrupted", brief(f"The connection to the mailbox broke: {error}")) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise LinkRefused("refused", brief(f"The server of the mailbox refuses: {error}")) from error
