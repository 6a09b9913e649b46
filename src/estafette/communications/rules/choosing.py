"""Which of its texts a communication says to whom."""

from collections.abc import Iterable

from estafette.base.languages import Language
from estafette.communications.models.content import (
    Channel,
    Content,
    EmailText,
    PushText,
    SmsText,
    WhatsAppText,
)

Text = EmailText | SmsText | WhatsAppText | PushText


def text_of(content: Content, language: Language, channel: Channel) -> Text | None:
    """What is said in a language by a channel; None when nothing is."""
    texts = content.texts.get(language)
    return getattr(texts, channel) if texts else None


def language_for(content: Content, channel: Channel, language: Language | None) -> Language:
    """In which language a client is written to by a channel: in its own where there is a text, else in the default."""
    if language is not None and text_of(content, language, channel) is not None:
        return language
    return content.default_language


def languages_of(content: Content, channel: Channel) -> list[Language]:
    """The languages in which something is said by a channel."""
    return [language for language in content.texts if text_of(content, language, channel) is not None]


def sources(text: Text) -> Iterable[tuple[str, str]]:
    """The templates of a text, each with the name of its field."""
    match text:
        case EmailText():
            return [("subject", text.subject), ("text", text.text)]
        case SmsText():
            return [("text", text.text)]
        case WhatsAppText():
            said = [("text", text.text)] if text.text else []
            return [*((f"variables[{number}]", each) for number, each in enumerate(text.variables)), *said]
        case PushText():
            return []
