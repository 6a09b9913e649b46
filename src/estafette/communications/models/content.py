"""What a communication says, by channel and language; texts have variables in Liquid."""

from typing import Final, Literal

from msgspec import Struct

from estafette.base.languages import Language

Channel = Literal["email", "sms", "whatsapp", "push"]
CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "whatsapp", "push")

MOST_CHARACTERS: Final = 100_000
"""Of one text with its variables."""


class EmailText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A letter: its text is Markdown without HTML, shown in a frame of ours and as plain text."""

    subject: str
    text: str


class SmsText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A short message."""

    text: str


class WhatsAppText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template that Meta has approved, with what stands in its places; or a text, for those who wrote within a day.

    With both, the text goes to those who may have it. `media` is the address of a picture, film or document.
    """

    template: str | None = None
    variables: list[str] = []
    text: str | None = None
    media: str | None = None


class PushText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A broadcast to browsers: without variables, since nobody is named. `url` is a path of this server."""

    title: str
    text: str
    url: str = "/"


class Texts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said in one language; a channel without a text says it in the default language."""

    email: EmailText | None = None
    sms: SmsText | None = None
    whatsapp: WhatsAppText | None = None
    push: PushText | None = None


class Content(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a communication says; the default language has a text for each of its channels."""

    default_language: Language
    texts: dict[Language, Texts]
