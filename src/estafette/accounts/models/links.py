"""Links that travel in mails and prove that whoever opens them reads the mail of an address."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from estafette.base.languages import Language

Purpose = Literal[
    "password_reset",
    "email_confirmation",
    "email_changed",  # a notice without a link
    "email_change",
    "email_change_stop",
    "email_change_undo",
]


class IssuedLink(msgspec.Struct, frozen=True, kw_only=True):
    """All that the mail needs; `secret` is known only now, and a notice (`email_changed`) has none."""

    purpose: Purpose
    person_id: UUID
    email: str
    name: str
    language: Language
    time_zone: str
    secret: str | None
    expires_at: datetime


class OpenLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link whose time is not over, found by its secret."""

    id: UUID
    person_id: UUID
    purpose: Purpose
    email: str
    used_at: datetime | None


class ConfirmedEmail(msgspec.Struct, frozen=True, kw_only=True):
    """The address that a link has confirmed."""

    email: str
