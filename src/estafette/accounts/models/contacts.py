"""How people are reached: for capabilities that have to tell them something."""

from uuid import UUID

import msgspec

from estafette.base.languages import Language


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person as somebody who is to be told something; `phone` is E.164, `picture` a file id."""

    id: UUID
    name: str
    email: str
    email_confirmed: bool
    phone: str | None
    language: Language
    time_zone: str
    picture: UUID | None
