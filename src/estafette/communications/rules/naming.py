"""How a communication is called that nobody gave a name: by what it says."""

import re
from typing import Final

from estafette.communications.models.content import Content, Texts

NAME: Final = 200
_SHOWN: Final = 60
_COUNTED: Final = re.compile(r"(.*) \((\d{1,4})\)", re.DOTALL)
_SPACES: Final = re.compile(r"\s+")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


def name_from(content: Content) -> str:
    """The subject, title or beginning of the text in the default language, or else in another; may be empty."""
    first = content.texts.get(content.default_language)
    for texts in [first, *content.texts.values()]:
        said = _SPACES.sub(" ", _UNSEEN.sub(" ", _said(texts))).strip() if texts else ""
        if said:
            return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1].rstrip()}…"
    return ""


def next_name(name: str) -> str:
    """How another one after a communication is called: `Spring fair`, then `Spring fair (2)`, `Spring fair (3)`."""
    if not name:
        return name
    counted = _COUNTED.fullmatch(name)
    first, number = (counted[1], int(counted[2])) if counted else (name, 1)
    ending = f" ({number + 1})"
    return first[: NAME - len(ending)] + ending


def _said(texts: Texts) -> str:
    if texts.email and texts.email.subject.strip():
        return texts.email.subject
    if texts.push and texts.push.title.strip():
        return texts.push.title
    if texts.sms and texts.sms.text.strip():
        return texts.sms.text
    if texts.whatsapp:
        return texts.whatsapp.text or texts.whatsapp.template or ""
    return texts.email.text if texts.email else ""
