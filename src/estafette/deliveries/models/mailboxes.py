"""Mailboxes of our own, in which answers and bounces arrive: how they are read."""

from datetime import date
from typing import Protocol

import msgspec


class MailPosition(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which letter a mailbox was read; another validity: its numbers have begun anew (RFC 3501, 2.3.1.1)."""

    uid_validity: int
    uid: int


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """The next letters with their numbers, the position behind them, and whether there are more."""

    position: MailPosition
    letters: list[tuple[int, bytes]]
    more: bool


class OpenMailbox(Protocol):
    """A mailbox that is signed in to; its methods block, and raise LinkRefused when the connection breaks."""

    def read(self, after: MailPosition | None, since: date) -> Letters:
        """The next letters behind a position; from the day `since` on where there is none, or numbers begin anew."""
        ...

    def finish(self, uids: list[int]) -> None:
        """Marks letters as handled."""
        ...

    def close(self) -> None:
        """Says goodbye."""
        ...


class Mailbox(Protocol):
    """Where a mailbox is and who to be there."""

    @property
    def place(self) -> str:
        """What a position is valid in."""
        ...

    def open(self) -> OpenMailbox:
        """Signs in, blocking; raises LinkRefused."""
        ...
